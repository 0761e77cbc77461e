"""Accounts from the command line."""

from pathlib import Path

import click.testing
import pytest
from flask import Flask

from cchc_portal.accounts import passwords, queries
from cchc_portal.accounts.models import Role
from cchc_portal.core.db import db
from tests.factories.accounts import PASSWORD, make_unit, make_user
from tests.factories.storage import xlsx_bytes

HEADS = ("Tên đăng nhập", "Họ và tên", "Bộ phận")


def run(app: Flask, *args: str) -> click.testing.Result:
    result = app.test_cli_runner().invoke(args=["user", *args])
    db.session.expire_all()
    return result


def test_add_opens_an_account(app: Flask) -> None:
    make_unit("VPTK")

    result = run(
        app,
        "add",
        "canbo01",
        "--name",
        "Cán bộ  một cửa",
        "--unit",
        "vptk",
        "--role",
        "staff",
        "--password",
        PASSWORD,
    )

    user = queries.by_username("canbo01")
    assert (result.exit_code, result.output) == (0, "Đã mở tài khoản canbo01.\n")
    assert user is not None
    assert (user.full_name, user.roles) == ("Cán bộ một cửa", {Role.STAFF})


@pytest.mark.parametrize(
    "args",
    [
        ("add", "canbo01", "--name", "Cán bộ", "--unit", "KHONG", "--password", PASSWORD),
        ("add", "canbo01", "--name", "Cán bộ", "--password", PASSWORD),
        ("add", "Tên Dấu", "--name", "Cán bộ", "--role", "admin", "--password", PASSWORD),
        ("add", "canbo01", "--name", "Cán bộ", "--role", "admin", "--password", "12345678"),
        ("disable", "nobody"),
        ("password", "nobody", "--password", PASSWORD),
    ],
)
def test_bad_input_is_one_line_on_standard_error(app: Flask, args: tuple[str, ...]) -> None:
    result = run(app, *args)

    assert result.exit_code == 1
    assert result.stdout == ""
    assert result.stderr.startswith("Error: ")
    assert result.stderr.count("\n") == 1


def test_disable_closes_an_account(app: Flask) -> None:
    user = make_user(username="canbo01")

    result = run(app, "disable", "CanBo01")

    assert result.exit_code == 0
    assert not user.is_active


def test_disable_refuses_the_last_administrator(app: Flask) -> None:
    admin = make_user(Role.ADMIN, username="quantri")

    result = run(app, "disable", "quantri")

    assert result.exit_code == 1
    assert "người quản trị cuối cùng" in result.stderr
    assert admin.is_active


def test_password_must_be_changed_at_the_next_sign_in(app: Flask) -> None:
    user = make_user(username="canbo01")

    result = run(app, "password", "canbo01", "--password", PASSWORD)

    assert result.exit_code == 0
    assert passwords.matches(PASSWORD, user.password_hash)
    assert user.must_change_password


def test_import_prints_passwords_and_fates(app: Flask, tmp_path: Path) -> None:
    make_unit("VPTK", name="Văn phòng")
    file = tmp_path / "ds.xlsx"
    file.write_bytes(xlsx_bytes([HEADS, ("binh", "Trần Thị Bình", "VPTK"), ("sai", "Lê Văn Sai", "XYZ")]))

    result = run(app, "import", str(file))

    first, *fates = result.stdout.splitlines()
    username, password = first.split("\t")
    user = queries.by_username("binh")
    assert user is not None
    assert (username, passwords.matches(password, user.password_hash)) == ("binh", True)
    assert fates == [
        "2\tMới\tbinh",
        "3\tLỗi\tsai\tC3: Không có bộ phận nào đang hoạt động có mã hoặc tên này.",
    ]
    assert (result.exit_code, result.stderr) == (1, "Error: 1 dòng có lỗi, không được nhập.\n")


def test_import_again_changes_nothing(app: Flask, tmp_path: Path) -> None:
    make_unit("VPTK")
    file = tmp_path / "ds.csv"
    file.write_text("Ho va ten;TEN DANG NHAP;Đơn vị\nTrần Thị Bình;binh;VPTK\n", "utf-8")
    run(app, "import", str(file))

    result = run(app, "import", str(file))

    assert (result.exit_code, result.stdout) == (0, "2\tKhông đổi\tbinh\n")


def test_dry_run_saves_nothing(app: Flask, tmp_path: Path) -> None:
    make_unit("VPTK")
    file = tmp_path / "ds.xlsx"
    file.write_bytes(xlsx_bytes([HEADS, ("binh", "Trần Thị Bình", "VPTK")]))

    result = run(app, "import", str(file), "--dry-run")

    assert (result.exit_code, result.stdout) == (0, "2\tMới\tbinh\n")
    assert queries.by_username("binh") is None


@pytest.mark.parametrize("name", ["ds.txt", "ds.xls", "ds.xlsx", "ds.csv"])
def test_import_of_no_sheet_fails_in_one_line(app: Flask, tmp_path: Path, name: str) -> None:
    file = tmp_path / name
    file.write_text("xin chào", "utf-8")

    result = run(app, "import", str(file))

    assert result.exit_code == 1
    assert result.stderr.count("\n") == 1


@pytest.mark.parametrize("command", ["add", "import", "disable", "password"])
def test_help_shows_an_example(app: Flask, command: str) -> None:
    result = run(app, command, "--help")

    assert result.exit_code == 0
    assert f"Example: flask --app wsgi user {command}" in result.output
