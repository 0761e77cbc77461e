"""Units and one account per role."""

from dataclasses import dataclass
from datetime import date

from cchc_portal.accounts import operations, passwords, queries
from cchc_portal.accounts.demo import PASSWORD
from cchc_portal.accounts.models import Role, Unit

SINCE = date(2021, 7, 1)


@dataclass(frozen=True)
class DemoUnit:
    """A unit of the ward in 2023 (Nghị định 34/2019/NĐ-CP and the letter)."""

    code: str
    name: str
    short_name: str
    aliases: tuple[str, ...] = ()
    functions: tuple[str, ...] = ()
    takes_part: bool = True


@dataclass(frozen=True)
class DemoAccount:
    """An account named by its role."""

    username: str
    full_name: str
    unit: str
    roles: tuple[Role, ...]


UNITS = (
    DemoUnit("LD", "Lãnh đạo UBND phường", "Lãnh đạo", ("Lãnh đạo UBND",), takes_part=False),
    DemoUnit("VPTK", "Văn phòng - Thống kê", "VP-TK", ("VP", "Văn phòng Thống kê", "Văn phòng")),
    DemoUnit(
        "DCXD",
        "Địa chính - Xây dựng - Đô thị và Môi trường",
        "ĐC-XD",
        ("Địa chính - Xây dựng", "Địa chính xây dựng"),
    ),
    DemoUnit("TCKT", "Tài chính - Kế toán", "TC-KT", ("Tài chính Kế toán",)),
    DemoUnit("TPHT", "Tư pháp - Hộ tịch", "TP-HT", ("Tư pháp Hộ tịch",)),
    DemoUnit(
        "VHXH",
        "Văn hóa - Xã hội",
        "VH-XH",
        ("Văn hóa Xã hội",),
        ("Văn hóa thông tin", "Lao động - Thương binh và Xã hội"),
    ),
    DemoUnit("BCHQS", "Ban Chỉ huy Quân sự", "BCHQS", ("Quân sự",)),
    DemoUnit("CAP", "Công an phường", "CA", ("Công an",)),
    DemoUnit("MC", "Bộ phận Tiếp nhận và Trả kết quả", "Một cửa", ("Bộ phận một cửa",), takes_part=False),
)
WORKING_UNITS = ("VPTK", "DCXD", "TCKT", "TPHT", "VHXH", "BCHQS", "CAP")
COUNCIL = (
    "Chủ tịch Hội đồng sáng kiến",
    "Thư ký Hội đồng sáng kiến",
    "Ủy viên Hội đồng sáng kiến 1",
    "Ủy viên Hội đồng sáng kiến 2",
    "Ủy viên Hội đồng sáng kiến 3",
)
COUNCIL_UNITS = ("LD", "VPTK", "TPHT", "TCKT", "VHXH")


def load() -> int:
    """Add the units and accounts that are missing; return how many."""
    return load_units() + sum(_add_account(account) for account in _accounts())


def load_units() -> int:
    """Add the units that are missing; return how many."""
    return sum(_add_unit(unit) for unit in UNITS)


def summary() -> list[str]:
    """Return the accounts by role, a line each."""
    codes = " ".join(code.lower() for code in WORKING_UNITS)
    return [
        "chutich, phochutich: lãnh đạo UBND phường",
        "vptk: Văn phòng - Thống kê",
        f"truong.<mã>, canbo.<mã>: phụ trách và cán bộ bộ phận, mã: {codes}",
        "hoidong1 … hoidong5: Hội đồng sáng kiến",
        "quantri: quản trị hệ thống",
    ]


def _accounts() -> list[DemoAccount]:
    names = {unit.code: unit.name for unit in UNITS}
    heads = [
        DemoAccount(f"truong.{code.lower()}", f"Phụ trách {names[code]}", code, (Role.STAFF, Role.DEPT_HEAD))
        for code in WORKING_UNITS
    ]
    staff = [
        DemoAccount(f"canbo.{code.lower()}", f"Cán bộ {names[code]}", code, (Role.STAFF,))
        for code in WORKING_UNITS
    ]
    council = [
        DemoAccount(f"hoidong{number}", title, unit, (Role.STAFF, Role.REVIEWER))
        for number, (title, unit) in enumerate(zip(COUNCIL, COUNCIL_UNITS, strict=True), start=1)
    ]
    return [
        DemoAccount("chutich", "Chủ tịch UBND phường", "LD", (Role.LEADER,)),
        DemoAccount("phochutich", "Phó Chủ tịch UBND phường", "LD", (Role.LEADER,)),
        DemoAccount("vptk", "Văn thư Văn phòng - Thống kê", "VPTK", (Role.OFFICE, Role.STAFF)),
        *heads,
        *staff,
        *council,
        DemoAccount("quantri", "Quản trị hệ thống", "VPTK", (Role.ADMIN,)),
    ]


def _add_unit(unit: DemoUnit) -> int:
    if queries.unit_by_code(unit.code):
        return 0
    operations.found_unit(
        unit.code,
        by=None,
        name=unit.name,
        functions=unit.functions,
        short_name=unit.short_name,
        aliases=list(unit.aliases),
        takes_part=unit.takes_part,
        valid_from=SINCE,
    )
    return 1


def _add_account(account: DemoAccount) -> int:
    if queries.by_username(account.username):
        return 0
    unit: Unit | None = queries.unit_by_code(account.unit)
    user = operations.open_account(
        account.username,
        by=None,
        full_name=account.full_name,
        password=passwords.generated(),
        unit=unit,
        job_title=account.full_name,
        roles=account.roles,
        must_change_password=False,
    )
    user.password_hash = passwords.hashed(PASSWORD)  # which nobody may choose
    for grant in user.grants:
        grant.valid_from = SINCE
    return 1
