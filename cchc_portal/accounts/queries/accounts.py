"""Reading accounts, roles and sheets of accounts."""

from collections.abc import Collection, Sequence

from sqlalchemy import ColumnElement, select, tuple_
from sqlalchemy.orm import joinedload, selectinload

from cchc_portal.accounts.models import AccountSheet, Role, RoleGrant, Unit, User
from cchc_portal.accounts.rules import can_administer
from cchc_portal.core.clock import today
from cchc_portal.core.db import db
from cchc_portal.core.errors import NotFound
from cchc_portal.core.i18n import N_
from cchc_portal.core.labels import Labelled
from cchc_portal.core.text import fold_name

MOST_WORDS = 8  # of a name that is looked for


class AccountState(Labelled):
    """What administrators look for among accounts."""

    ACTIVE = "active", N_("Đang hoạt động")
    LOCKED = "locked", N_("Đã khóa")
    WAITING = "waiting", N_("Chưa đổi mật khẩu lần đầu")
    UNHOUSED = "unhoused", N_("Chưa có bộ phận, hoặc bộ phận đã đóng")

    @property
    def condition(self) -> ColumnElement[bool]:
        """Return it as a condition on accounts."""
        is_active = User.disabled_at.is_(None)
        housed = User.unit_id.in_(select(Unit.id).where(Unit.valid(today())))
        return {
            AccountState.ACTIVE: is_active,
            AccountState.LOCKED: ~is_active,
            AccountState.WAITING: is_active & User.must_change_password,
            AccountState.UNHOUSED: is_active & (User.unit_id.is_(None) | ~housed),
        }[self]


def by_username(username: str) -> User | None:
    """Return the account of that name, whatever its case."""
    return db.session.scalar(select(User).where(User.username == username.strip().lower()))


def by_usernames(usernames: Collection[str]) -> dict[str, User]:
    """Return the accounts of these names, by name, with units and roles."""
    query = select(User).where(User.username.in_(usernames))
    found = db.session.scalars(query.options(joinedload(User.unit), selectinload(User.grants)))
    return {user.username: user for user in found}


def usernames(user_ids: Collection[int]) -> dict[int, str]:
    """Return the names of accounts by their numbers."""
    rows = db.session.execute(select(User.id, User.username).where(User.id.in_(user_ids)))
    return {row.id: row.username for row in rows}


def members(unit: Unit) -> Sequence[User]:
    """Return the active people of a unit, sorted by given name."""
    query = select(User).where(User.unit_id == unit.id, User.disabled_at.is_(None))
    return db.session.scalars(query.order_by(User.name_order, User.id)).all()


def people(*, active: bool = True) -> Sequence[User]:
    """Return the people, sorted by given name; without disabled accounts unless asked."""
    query = select(User).options(joinedload(User.unit)).order_by(User.name_order, User.id)
    if active:
        query = query.where(User.disabled_at.is_(None))
    return db.session.scalars(query).all()


def colleagues(q: str, *, limit: int = 8) -> Sequence[User]:
    """Return active people by what was typed of their name, with units, sorted by given name.

    Args:
        q: beginnings of words of the name or of the account's name, with or without diacritics;
            nothing finds nobody.
        limit: people at most.
    """
    words = fold_name(q).split()[:MOST_WORDS]
    if not words:
        return []
    query = select(User).options(joinedload(User.unit)).where(User.disabled_at.is_(None))
    for word in words:
        named = (" " + User.name_folded).contains(f" {word}")
        query = query.where(named | ("." + User.username).contains(f".{word}"))
    return db.session.scalars(query.order_by(User.name_order, User.id).limit(limit)).all()


def by_ids(user_ids: Collection[int]) -> dict[int, User]:
    """Return people by their numbers, with units; also those whose account is disabled."""
    if not user_ids:
        return {}
    query = select(User).options(joinedload(User.unit)).where(User.id.in_(user_ids))
    return {user.id: user for user in db.session.scalars(query)}


def accounts(
    *,
    to: User,
    q: str = "",
    unit_id: int | None = None,
    role: Role | None = None,
    state: AccountState | None = None,
    after: tuple[str, int] | None = None,
    limit: int = 50,
) -> Sequence[User]:
    """Return accounts with units and roles, sorted by given name, for administrators.

    Args:
        to: who asks.
        q: words of the name or the account's name, with or without diacritics.
        unit_id: only of this unit.
        role: only who holds it today.
        state: only accounts of which this is true.
        after: name order and id of the last row of the page before.
        limit: rows at most.

    Raises:
        NotFound: the person does not administer accounts.
    """
    require_administrator(to)
    query = select(User).options(joinedload(User.unit), selectinload(User.grants).joinedload(RoleGrant.unit))
    for word in fold_name(q).split():
        query = query.where(User.name_folded.contains(word) | User.username.contains(word))
    if unit_id is not None:
        query = query.where(User.unit_id == unit_id)
    if role is not None:
        query = query.where(User.grants.any((RoleGrant.role == role) & RoleGrant.valid(today())))
    if state is not None:
        query = query.where(state.condition)
    if after is not None:
        query = query.where(tuple_(User.name_order, User.id) > after)
    return db.session.scalars(query.order_by(User.name_order, User.id).limit(limit)).all()


def get_account(user_id: int, *, to: User) -> User:
    """Return an account, for its owner and for administrators.

    Raises:
        NotFound: there is none, or the person may not see it.
    """
    user = db.session.get(User, user_id)
    if user is None or (user.id != to.id and not can_administer(to)):
        raise NotFound
    return user


def holding(*roles: Role, unit_id: int | None = None) -> Sequence[User]:
    """Return active people who hold one of the roles today, within a unit if one is given."""
    held = RoleGrant.role.in_(roles) & RoleGrant.valid(today())
    if unit_id is not None:
        held &= RoleGrant.unit_id == unit_id
    query = select(User).where(User.grants.any(held), User.disabled_at.is_(None))
    return db.session.scalars(query.order_by(User.name_order, User.id)).all()


def lock_administrators() -> Sequence[User]:
    """Return who administers today and for good; they stay as they are until the commit."""
    held = (RoleGrant.role == Role.ADMIN) & RoleGrant.valid(today()) & RoleGrant.valid_to.is_(None)
    query = select(User).where(User.grants.any(held), User.disabled_at.is_(None)).order_by(User.id)
    return db.session.scalars(query.with_for_update(of=User)).all()


def get_sheet(sheet_id: int, *, to: User) -> AccountSheet:
    """Return a sheet of accounts to whoever uploaded it.

    Raises:
        NotFound: there is none, or it is somebody else's.
    """
    sheet = db.session.get(AccountSheet, sheet_id)
    if sheet is None or sheet.created_by_id != to.id or not can_administer(to):
        raise NotFound
    return sheet


def get_grant(grant_id: int, *, to: User) -> RoleGrant:
    """Return a role grant, for administrators.

    Raises:
        NotFound: there is none, or the person does not administer accounts.
    """
    require_administrator(to)
    grant = db.session.get(RoleGrant, grant_id)
    if grant is None:
        raise NotFound
    return grant


def require_administrator(user: User) -> None:
    """Hide what administrators alone may look through.

    Raises:
        NotFound: the person is none.
    """
    if not can_administer(user):
        raise NotFound
