"""Sheets of accounts: reading, and what importing them would do."""

import io
import unicodedata
from collections.abc import Sequence
from pathlib import Path

import openpyxl
import pytest

from cchc_portal.accounts import operations, passwords, sheets
from cchc_portal.accounts.fates import Fate, Verdict, judge
from cchc_portal.accounts.models import Role
from cchc_portal.accounts.sheets import Row
from cchc_portal.core.clock import today
from cchc_portal.core.db import db, unit_of_work
from cchc_portal.core.errors import Invalid, InvalidState, NotAllowed
from tests.factories.accounts import make_unit, make_user
from tests.factories.storage import docx_bytes, xlsx_bytes

HEADS = ("Tên đăng nhập", "Họ và tên", "Chức danh", "Thư điện tử", "Bộ phận", "Vai trò")


def read(content: bytes, tmp_path: Path, name: str = "ds.xlsx") -> list[Row]:
    path = tmp_path / "upload"
    path.write_bytes(content)
    return sheets.read(path, name)


def read_rows(rows: Sequence[Sequence[object]], tmp_path: Path) -> list[Row]:
    return read(xlsx_bytes(rows), tmp_path)


def row(number: int = 2, **values: str) -> Row:
    given = {"username": "binh", "full_name": "Trần Thị Bình"} | values
    return Row(
        number, given, {name: f"{letter}{number}" for letter, name in zip("ABCDEF", given, strict=False)}
    )


def one(**values: str) -> Verdict:
    return judge([row(**values)])[0]


@pytest.mark.parametrize(
    "heads",
    [
        ("Tên đăng nhập", "Họ và tên"),
        ("TEN DANG NHAP", "ho va ten"),
        ("  tên  đăng nhập: ", "Họ, tên"),
        ("Username", "Full name"),
        tuple(unicodedata.normalize("NFD", head) for head in ("Tên đăng nhập", "Họ và tên")),
    ],
)
def test_heads_are_recognised_however_they_are_written(heads: tuple[str, str], tmp_path: Path) -> None:
    rows = read_rows([heads, ("binh", "Trần Thị Bình")], tmp_path)

    assert [(found.number, dict(found.values)) for found in rows] == [
        (2, {"username": "binh", "full_name": "Trần Thị Bình"}),
    ]


def test_titles_above_the_heads_empty_rows_and_other_columns_are_passed_over(tmp_path: Path) -> None:
    rows = read_rows(
        [
            ("DANH SÁCH CÁN BỘ",),
            (),
            ("STT", "Họ tên", "Ghi chú", "Tài khoản"),
            (1, "Trần Thị Bình", "mới", "binh"),
            (None, None, None, None),
            (2, "Lê Văn An", None, "an"),
        ],
        tmp_path,
    )

    assert [(found.number, found.values["username"], found.cells["username"]) for found in rows] == [
        (4, "binh", "D4"),
        (6, "an", "D6"),
    ]


def test_text_is_composed_and_clean(tmp_path: Path) -> None:
    name = unicodedata.normalize("NFD", " Trần\u200b  Thị\nBình ")

    rows = read_rows([HEADS[:2], ("binh", name)], tmp_path)

    assert rows[0].values["full_name"] == "Trần Thị Bình"


@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_csv_is_read_with_each_usual_separator_and_encoding(
    separator: str, encoding: str, tmp_path: Path
) -> None:
    text = f'Tên đăng nhập{separator}Họ và tên\r\nbinh{separator}"Trần Thị Bình"\r\n'

    rows = read(text.encode(encoding), tmp_path, "ds.csv")

    assert dict(rows[0].values) == {"username": "binh", "full_name": "Trần Thị Bình"}


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (b"", "ds.xlsx"),
        (b"PK\x03\x04 no zip", "ds.xlsx"),
        (docx_bytes("Tên đăng nhập"), "ds.xlsx"),
        (docx_bytes("Tên đăng nhập"), "ds.docx"),
        (xlsx_bytes([("Số", "Tiền"), (1, 2)]), "ds.xlsx"),
        (xlsx_bytes([HEADS]), "ds.xlsx"),
        (xlsx_bytes([HEADS, *[(f"u{number}", "Tên") for number in range(501)]]), "ds.xlsx"),
        (xlsx_bytes([*[("",)] * 10, HEADS, ("binh", "Trần Thị Bình")]), "ds.xlsx"),
        ("Tên đăng nhập,Họ và tên\nbinh,Bình\n".encode("cp1258", "replace"), "ds.csv"),
    ],
)
def test_what_is_no_sheet_of_accounts_is_refused(content: bytes, name: str, tmp_path: Path) -> None:
    with pytest.raises(Invalid) as refused:
        read(content, tmp_path, name)

    assert refused.value.errors[""] != ""


def test_template_can_be_filled_in_and_read_back(app: object, tmp_path: Path) -> None:
    make_unit("VPTK", name="Văn phòng - Thống kê")
    book = openpyxl.load_workbook(
        io.BytesIO(sheets.template(["Văn phòng - Thống kê"], [role.label for role in Role]))
    )
    book.worksheets[0].append(
        ["binh", "Trần Thị Bình", "Công chức", "", "Văn phòng - Thống kê", "Trưởng bộ phận"]
    )
    target = io.BytesIO()
    book.save(target)

    verdicts = judge(read(target.getvalue(), tmp_path))

    assert [(verdict.fate, verdict.roles) for verdict in verdicts] == [(Fate.NEW, [Role.DEPT_HEAD])]


def test_password_list_holds_text_never_formulas() -> None:
    content = sheets.password_list([("=HYPERLINK(1)", "binh", "+k7mp-x2rt")])

    cells = openpyxl.load_workbook(io.BytesIO(content)).worksheets[0][2]
    assert [(cell.value, cell.data_type) for cell in cells] == [
        ("=HYPERLINK(1)", "s"),
        ("binh", "s"),
        ("+k7mp-x2rt", "s"),
    ]


def test_new_account_is_staff_of_its_unit_unless_told_otherwise(app: object) -> None:
    unit = make_unit("VPTK")

    verdict = one(unit="vptk")

    assert (verdict.fate, verdict.unit, verdict.roles) == (Fate.NEW, unit, [Role.STAFF])


@pytest.mark.parametrize(
    ("text", "roles"),
    [
        ("Trưởng bộ phận", [Role.DEPT_HEAD]),
        ("truong bo phan; van phong", [Role.DEPT_HEAD, Role.OFFICE]),
        ("Lãnh đạo UBND, admin", [Role.LEADER, Role.ADMIN]),
        ("Cán bộ;", [Role.STAFF]),
    ],
)
def test_roles_are_recognised_by_label_and_code(text: str, roles: list[Role], app: object) -> None:
    make_unit("VPTK")

    assert one(unit="VPTK", roles=text).roles == roles


@pytest.mark.parametrize(
    ("values", "cell"),
    [
        ({"username": "Trần Bình"}, "A2"),
        ({"username": ""}, "A2"),
        ({"username": "=A1"}, "A2"),
        ({"full_name": ""}, "B2"),
        ({"full_name": "=HYPERLINK(1)"}, "B2"),
        ({"unit": "Không có"}, "C2"),
        ({"unit": ""}, "C2"),
        ({"unit": "VPTK", "email": "sai"}, "D2"),
        ({"unit": "VPTK", "roles": "Vua"}, "D2"),
    ],
)
def test_error_names_its_cell(values: dict[str, str], cell: str, app: object) -> None:
    make_unit("VPTK")

    verdict = one(**{"unit": "VPTK"} | values)

    assert verdict.fate is Fate.ERROR
    assert list(verdict.errors) == [cell]


def test_closed_unit_is_no_unit(app: object) -> None:
    make_unit("VPTK", valid_to=today().replace(year=2022))

    assert one(unit="VPTK").fate is Fate.ERROR


def test_second_row_of_an_account_is_an_error(app: object) -> None:
    make_unit("VPTK")

    verdicts = judge([row(2, unit="VPTK"), row(3, unit="VPTK", username="BINH")])

    assert [verdict.fate for verdict in verdicts] == [Fate.NEW, Fate.ERROR]
    assert list(verdicts[1].errors) == ["A3"]


def test_changes_are_named_with_old_and_new(app: object) -> None:
    old, new = make_unit(name="Văn phòng"), make_unit(name="Tư pháp")
    make_user(username="binh", full_name="Trần Bình", unit=old)

    verdict = one(unit="Tư pháp", roles="Trưởng bộ phận")

    assert verdict.fate is Fate.CHANGED
    assert verdict.unit == new
    assert list(verdict.changes) == [
        ("Họ và tên", "Trần Bình", "Trần Thị Bình"),
        ("Bộ phận", "Văn phòng", "Tư pháp"),
        ("Vai trò", "", "Trưởng bộ phận"),
    ]


def test_empty_cells_and_missing_columns_change_nothing(app: object) -> None:
    make_user(username="binh", full_name="Trần Thị Bình", job_title="Công chức", email="b@a.vn")

    assert one(job_title="", unit="").fate is Fate.UNCHANGED


def test_import_opens_accounts_with_their_passwords(app: object) -> None:
    make_unit("VPTK")

    with unit_of_work():
        imported = operations.import_rows([row(unit="VPTK", job_title="Công chức")], by=make_user(Role.ADMIN))

    ((user, password),) = imported.opened
    assert passwords.matches(password, user.password_hash)
    assert (user.job_title, user.must_change_password, user.roles) == ("Công chức", True, {Role.STAFF})


def test_import_twice_makes_no_doubles(app: object) -> None:
    make_unit("VPTK")
    admin = make_user(Role.ADMIN)
    rows = [row(unit="VPTK", roles="Cán bộ; Văn phòng")]
    with unit_of_work():
        operations.import_rows(rows, by=admin)

    with unit_of_work():
        again = operations.import_rows(rows, by=admin)

    assert again.opened == []
    assert [verdict.fate for verdict in again.verdicts] == [Fate.UNCHANGED]


def test_import_corrects_moves_and_adds_roles_but_takes_none(app: object) -> None:
    new = make_unit("TPHT")
    user = make_user(Role.STAFF, Role.REVIEWER, username="binh", full_name="Trần Bình")

    with unit_of_work():
        operations.import_rows([row(unit="TPHT", roles="Cán bộ; Trưởng bộ phận")], by=None)

    db.session.expire_all()
    assert (user.full_name, user.unit) == ("Trần Thị Bình", new)
    assert user.roles == {Role.STAFF, Role.REVIEWER, Role.DEPT_HEAD}
    assert user.heads(new.id)
    assert [verdict.fate for verdict in judge([row(unit="TPHT", roles="Cán bộ; Trưởng bộ phận")])] == [
        Fate.UNCHANGED
    ]


def test_import_passes_rows_in_error_over(app: object) -> None:
    make_unit("VPTK")

    with unit_of_work():
        imported = operations.import_rows([row(2, unit="?"), row(3, username="an", unit="VPTK")], by=None)

    assert [user.username for user, _password in imported.opened] == ["an"]


def test_kept_sheet_is_imported_once_and_by_its_owner_alone(app: object) -> None:
    make_unit("VPTK")
    admin, other = make_user(Role.ADMIN), make_user(Role.ADMIN)
    with unit_of_work():
        sheet = operations.keep_sheet([row(unit="VPTK")], by=admin, file_name="ds.xlsx")

    with pytest.raises(NotAllowed):
        operations.import_sheet(sheet, by=other)
    with unit_of_work():
        assert len(operations.import_sheet(sheet, by=admin).opened) == 1
    with pytest.raises(InvalidState):
        operations.import_sheet(sheet, by=admin)
