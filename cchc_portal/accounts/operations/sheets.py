"""Importing sheets of accounts: a dry run is kept, then imported once."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from cchc_portal import audit
from cchc_portal.accounts import passwords
from cchc_portal.accounts.fates import Fate, Verdict, judge
from cchc_portal.accounts.models import AccountSheet, User
from cchc_portal.accounts.operations.accounts import correct_account, keep_account, new_account
from cchc_portal.accounts.operations.roles import grant_role
from cchc_portal.accounts.rules import can_administer
from cchc_portal.accounts.sheets import Row
from cchc_portal.core.clock import now
from cchc_portal.core.db import db, let_others_write
from cchc_portal.core.errors import InvalidState, require
from cchc_portal.core.i18n import N_


@dataclass(frozen=True)
class Imported:
    """What an import did.

    Args:
        verdicts: every row as it was judged at the moment of the import.
        opened: the new accounts, each with the password to hand out; it is kept nowhere.
    """

    verdicts: Sequence[Verdict]
    opened: Sequence[tuple[User, str]]


def keep_sheet(rows: Sequence[Row], *, by: User, file_name: str) -> AccountSheet:
    """Keep the rows of a sheet between its dry run and its import."""
    require(can_administer(by))
    sheet = AccountSheet(file_name=file_name[:200], rows=[row.as_json() for row in rows], created_by=by)
    db.session.add(sheet)
    audit.record("account.sheet_kept", on=sheet, by=by, rows=len(rows))
    return sheet


def import_sheet(sheet: AccountSheet, *, by: User) -> Imported:
    """Import a kept sheet.

    Raises:
        InvalidState: it has been imported; passwords are shown only once.
    """
    require(can_administer(by) and sheet.created_by_id == by.id)
    if sheet.imported_at is not None:
        raise InvalidState(N_("Bảng này đã được nhập. Mật khẩu lần đầu chỉ hiện một lần."))
    rows = [Row.from_json(kept) for kept in sheet.rows]
    done = import_rows(rows, by=by)
    sheet.imported_at = now()
    audit.record("account.sheet_imported", on=sheet, by=by, opened=len(done.opened))
    return done


def import_rows(rows: Sequence[Row], *, by: User | None) -> Imported:
    """Open the new accounts of a sheet and correct the changed ones; rows in error are passed over.

    Doing it again changes nothing. Roles are added, never taken; empty cells change nothing.
    """
    require(by is None or can_administer(by))
    fresh = _fresh_passwords(sum(verdict.fate is Fate.NEW for verdict in judge(rows)))
    verdicts = judge(rows)
    opened = []
    for verdict in verdicts:
        if verdict.fate is Fate.NEW:
            password, hashed = next(fresh)
            opened.append((_open(verdict, hashed, by=by), password))
        elif verdict.fate is Fate.CHANGED:
            _correct(verdict, by=by)
    return Imported(verdicts, opened)


def _fresh_passwords(count: int) -> Iterator[tuple[str, str]]:
    """Yield passwords and what is stored of them, the expected number prepared beforehand.

    Hashing hundreds of them takes seconds, in which others must be able to write.
    """
    let_others_write()
    prepared = [_fresh_password() for _ in range(count)]

    def hand_out() -> Iterator[tuple[str, str]]:
        yield from prepared
        while True:
            yield _fresh_password()

    return hand_out()


def _fresh_password() -> tuple[str, str]:
    password = passwords.generated()
    return password, passwords.hashed(password)


def _open(verdict: Verdict, hashed: str, *, by: User | None) -> User:
    user = new_account(
        verdict.username,
        full_name=verdict.row.values["full_name"],
        unit=verdict.unit,
        job_title=verdict.row.values.get("job_title", ""),
        email=verdict.row.values.get("email", ""),
        roles=verdict.roles,
    )
    user.password_hash = hashed
    return keep_account(user, by=by)


def _correct(verdict: Verdict, *, by: User | None) -> None:
    user, values = verdict.user, verdict.row.values
    if user is None:
        return
    correct_account(
        user,
        by=by,
        full_name=values.get("full_name") or user.full_name,
        job_title=values.get("job_title") or user.job_title,
        email=values.get("email") or user.email,
        unit=verdict.unit,
    )
    for role in verdict.roles:
        if not user.has_role(role):  # moving to another unit has made staff of staff
            grant_role(user, role, by=by, unit=verdict.unit)
