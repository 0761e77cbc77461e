"""What importing a sheet of accounts would do to each of its rows."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from cchc_portal.accounts import queries
from cchc_portal.accounts.checks import check_person
from cchc_portal.accounts.models import UNIT_ROLES, Role, Unit, User
from cchc_portal.accounts.sheets import HEADS, Row
from cchc_portal.core.clock import today
from cchc_portal.core.errors import Invalid
from cchc_portal.core.i18n import N_
from cchc_portal.core.labels import Labelled
from cchc_portal.core.text import fold_name


class Fate(Labelled):
    """What becomes of a row."""

    NEW = "new", N_("Mới")
    CHANGED = "changed", N_("Thay đổi")
    UNCHANGED = "unchanged", N_("Không đổi")
    ERROR = "error", N_("Lỗi")


@dataclass(frozen=True)
class Verdict:
    """A row and what importing it does.

    Args:
        row: the row.
        fate: what becomes of it.
        errors: cell such as "C5" -> why it cannot be imported.
        changes: label, old and new text, for accounts that exist.
        user: the account that exists.
        unit: its unit from then on.
        roles: the roles it gets in addition.
    """

    row: Row
    fate: Fate
    errors: Mapping[str, str] = field(default_factory=dict)
    changes: Sequence[tuple[str, str, str]] = ()
    user: User | None = None
    unit: Unit | None = None
    roles: Sequence[Role] = ()

    @property
    def username(self) -> str:
        """The account the row speaks of."""
        return username_of(self.row)


FORMULA = N_("Ô chứa công thức. Hãy dán lại dưới dạng giá trị.")
NEEDS_UNIT = N_("Vai trò này cần một bộ phận.")
TWICE = N_("Tên đăng nhập này đã có ở một dòng phía trên.")
UNKNOWN_ROLE = N_("Không có vai trò nào tên như vậy. Xem danh mục vai trò trong tệp mẫu.")
UNKNOWN_UNIT = N_("Không có bộ phận nào đang hoạt động có mã hoặc tên này.")

_ROLES = {fold_name(name): role for role in Role for name in (role.value, role.label)} | {
    "can bo": Role.STAFF,
    "cong chuc": Role.STAFF,
    "nguoi lao dong": Role.STAFF,
    "van phong": Role.OFFICE,
    "hoi dong": Role.REVIEWER,
    "lanh dao": Role.LEADER,
    "quan tri": Role.ADMIN,
}


def judge(rows: Sequence[Row]) -> list[Verdict]:
    """Say for each row what importing it would do, in the order of the sheet."""
    units = {name: unit for unit in queries.units() for name in unit.names}
    known = queries.by_usernames([username_of(row) for row in rows])
    first: dict[str, int] = {}
    for row in rows:
        first.setdefault(username_of(row), row.number)
    return [_Judge(row, units, known.get(username_of(row))).verdict(first) for row in rows]


def username_of(row: Row) -> str:
    """Return the account a row speaks of."""
    return row.values.get("username", "").lower()


class _Judge:
    """The judging of one row: finds what its cells name and collects what is wrong with them."""

    def __init__(self, row: Row, units: Mapping[str, Unit], user: User | None) -> None:
        self.row, self.user = row, user
        self.errors = {name: FORMULA for name, text in row.values.items() if text.startswith("=")}
        self.unit = self._unit(units)
        self.roles = self._roles()

    def verdict(self, first: Mapping[str, int]) -> Verdict:
        """Return the verdict, knowing the line in which each account stands first."""
        self._check_person()
        self._check_unit()
        if first[username_of(self.row)] != self.row.number:
            self.errors["username"] = TWICE
        if self.errors:
            return Verdict(self.row, Fate.ERROR, errors=self._by_cell(), user=self.user)
        if self.user is None:
            return Verdict(self.row, Fate.NEW, unit=self.unit, roles=self.roles)
        changes = self._changes(self.user)
        fate = Fate.CHANGED if changes else Fate.UNCHANGED
        return Verdict(self.row, fate, changes=changes, user=self.user, unit=self.unit, roles=self.roles)

    def _unit(self, units: Mapping[str, Unit]) -> Unit | None:
        named = self.row.values.get("unit", "")
        if not named:
            return self.user.unit if self.user else None
        found = units.get(fold_name(named))
        if found is None:
            self.errors.setdefault("unit", UNKNOWN_UNIT)
        return found

    def _roles(self) -> list[Role]:
        """Return the roles the row adds: a new account is staff unless it says otherwise."""
        words = [word for word in _words(self.row.values.get("roles", "")) if word]
        roles = [_ROLES[word] for word in words if word in _ROLES]
        if len(roles) < len(words):
            self.errors.setdefault("roles", UNKNOWN_ROLE)
        if self.user is None:
            return roles or [Role.STAFF]
        return [role for role in roles if not _holds(self.user, role, self.unit)]

    def _check_person(self) -> None:
        values = {name: self._value(name) for name in ("full_name", "job_title", "email")}
        try:
            check_person(username_of(self.row), **values)
        except Invalid as refused:
            self.errors = {**refused.errors, **self.errors}

    def _check_unit(self) -> None:
        if self.unit is None and UNIT_ROLES & set(self.roles):
            self.errors.setdefault("unit", NEEDS_UNIT)

    def _changes(self, user: User) -> list[tuple[str, str, str]]:
        names = ("full_name", "job_title", "email")
        texts = [(HEADS[name], getattr(user, name), self._value(name)) for name in names]
        units = (HEADS["unit"], user.unit.name if user.unit else "", self.unit.name if self.unit else "")
        roles = [(HEADS["roles"], "", role.label) for role in self.roles]
        return [*(change for change in (*texts, units) if change[1] != change[2]), *roles]

    def _value(self, name: str) -> str:
        """Return what the row says; an empty cell leaves an account as it is."""
        return self.row.values.get(name) or (getattr(self.user, name) if self.user else "")

    def _by_cell(self) -> dict[str, str]:
        return {self.row.cells.get(name, f"A{self.row.number}"): why for name, why in self.errors.items()}


def _words(text: str) -> list[str]:
    return [fold_name(word) for word in text.replace(",", ";").split(";")]


def _holds(user: User, role: Role, unit: Unit | None) -> bool:
    return any(
        grant.role is role
        and grant.is_valid(today())
        and (role not in UNIT_ROLES or (unit is not None and grant.unit_id == unit.id))
        for grant in user.grants
    )
