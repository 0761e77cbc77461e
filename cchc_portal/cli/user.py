"""`flask user`: accounts from the command line."""

from collections.abc import Sequence
from pathlib import Path

import click

from cchc_portal.accounts import operations, queries, sheets
from cchc_portal.accounts.fates import Fate, Verdict, judge
from cchc_portal.accounts.models import Role, User
from cchc_portal.cli.refusals import Group, refusals_in_words
from cchc_portal.core.db import unit_of_work
from cchc_portal.core.errors import NotFound
from cchc_portal.core.text import clean_line

group = Group("user", help="Accounts: add, import, disable, password.")


@group.command("add")
@click.argument("username")
@click.option("--name", "full_name", required=True, help="Full name.")
@click.option("--unit", "unit_code", default="", help="Code of the unit, e.g. VPTK.")
@click.option(
    "--role", "roles", multiple=True, type=click.Choice([role.value for role in Role]), default=["staff"]
)
@click.option("--password", prompt=True, hide_input=True, confirmation_prompt=True)
@refusals_in_words
def add(username: str, full_name: str, unit_code: str, roles: tuple[str, ...], password: str) -> None:
    """Open an account.

    Example: flask --app wsgi user add canbo01 --name "Cán bộ một cửa" --unit VPTK --role staff
    """
    with unit_of_work():
        unit = queries.unit_by_code(unit_code) if unit_code else None
        if unit_code and unit is None:
            raise NotFound(f"Không có bộ phận nào mang mã {unit_code}.")
        operations.open_account(
            username,
            by=None,
            full_name=clean_line(full_name),
            password=password,
            unit=unit,
            roles=[Role(role) for role in roles],
        )
    click.echo(f"Đã mở tài khoản {username}.")


@group.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--dry-run", is_flag=True, help="Show each row's fate, save nothing.")
@refusals_in_words
def import_(file: Path, *, dry_run: bool) -> None:
    """Open and correct accounts from a sheet (XLSX or CSV); doing it again makes no doubles.

    Prints each row's fate, then the first passwords of new accounts, which are kept nowhere.
    Rows in error are passed over and make the exit status 1.

    Example: flask --app wsgi user import danh-sach.xlsx --dry-run
    """
    rows = sheets.read(file, file.name)
    if dry_run:
        _report(judge(rows))
        return
    with unit_of_work():
        imported = operations.import_rows(rows, by=None)
        passwords = [f"{user.username}\t{password}" for user, password in imported.opened]
    for line in passwords:
        click.echo(line)
    _report(imported.verdicts)


@group.command("disable")
@click.argument("username")
@refusals_in_words
def disable(username: str) -> None:
    """Close an account; what the person did stays.

    Example: flask --app wsgi user disable canbo01
    """
    with unit_of_work():
        operations.disable(_account(username), by=None)
    click.echo(f"Đã khóa tài khoản {username}.")


@group.command("password")
@click.argument("username")
@click.option("--password", prompt=True, hide_input=True, confirmation_prompt=True)
@refusals_in_words
def password_(username: str, password: str) -> None:
    """Give an account another password, to be changed at the next sign-in.

    Example: flask --app wsgi user password canbo01
    """
    with unit_of_work():
        operations.reset_password(_account(username), by=None, new=password)
    click.echo(f"Đã đặt lại mật khẩu của {username}; người dùng phải đổi khi đăng nhập.")


def _report(verdicts: Sequence[Verdict]) -> None:
    for verdict in verdicts:
        details = [f"{cell}: {why}" for cell, why in verdict.errors.items()]
        details += [f"{label}: {old} → {new}" for label, old, new in verdict.changes]
        line = f"{verdict.row.number}\t{verdict.fate.label}\t{verdict.username}\t{'; '.join(details)}"
        click.echo(line.rstrip())
    if wrong := sum(verdict.fate is Fate.ERROR for verdict in verdicts):
        raise click.ClickException(f"{wrong} dòng có lỗi, không được nhập.")


def _account(username: str) -> User:
    user = queries.by_username(username)
    if user is None:
        raise NotFound(f"Không có tài khoản {username}.")
    return user
