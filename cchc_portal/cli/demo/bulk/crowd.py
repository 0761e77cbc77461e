"""Many people in many units, named by number."""

from collections.abc import Sequence
from typing import Any, NamedTuple

from sqlalchemy import func, insert, select

from cchc_portal.accounts import demo, passwords
from cchc_portal.accounts.models import Role, RoleGrant, Unit, User
from cchc_portal.cli.demo import people
from cchc_portal.core.db import db

PER_GROUP = 100  # people per residential group beyond the ward's own units
EVERY = {Role.DEPT_HEAD: 40, Role.REVIEWER: 90, Role.OFFICE: 200, Role.LEADER: 1000}
CHUNK = 1000


class Person(NamedTuple):
    """As much of an account as texts, votes and comments need."""

    id: int
    name: str
    unit_id: int


def open_accounts(count: int, *, seed: int) -> int:
    """Add the accounts that are missing, with their units and roles; return how many.

    They share the demonstration password, which works in demonstrations only.
    """
    units = _units(count)
    known = db.session.scalar(select(func.count()).where(User.username.startswith(_prefix(seed)))) or 0
    secret = passwords.hashed(demo.PASSWORD)  # one hash for all: argon2 is slow on purpose
    for first in range(known + 1, count + 1, CHUNK):
        _open(range(first, min(first + CHUNK, count + 1)), seed, units, secret)
    return max(0, count - known)


def people_of(seed: int) -> list[Person]:
    """Return the people of a seed by their number."""
    query = select(User.id, User.full_name, Unit.id).join(Unit, Unit.id == User.unit_id)
    query = query.where(User.username.startswith(_prefix(seed))).order_by(User.username)
    return [Person(*row) for row in db.session.execute(query)]


def _open(numbers: range, seed: int, units: Sequence[int], secret: str) -> None:
    rows = [_account(number, seed, units, secret) for number in numbers]
    ids = db.session.scalars(insert(User).returning(User.id, sort_by_parameter_order=True), rows)
    grants = [
        {"user_id": user_id, "unit_id": row["unit_id"], "role": role, "valid_from": people.SINCE}
        for user_id, number, row in zip(ids, numbers, rows, strict=True)
        for role in _roles(number)
    ]
    db.session.execute(insert(RoleGrant), grants)


def _account(number: int, seed: int, units: Sequence[int], secret: str) -> dict[str, Any]:
    return {
        "username": f"{_prefix(seed)}{number:06}",
        "full_name": f"Cán bộ {number:05}",
        "unit_id": units[number % len(units)],
        "password_hash": secret,
        "must_change_password": False,
    }


def _roles(number: int) -> list[Role]:
    return [Role.STAFF, *(role for role, every in EVERY.items() if number % every == 0)]


def _prefix(seed: int) -> str:
    return f"canbo.{seed}."


def _units(count: int) -> list[int]:
    """Return the ids of the ward's units and of one residential group per hundred people."""
    people.load_units()
    codes = {f"TDP{number:03}": number for number in range(1, count // PER_GROUP + 1)}
    known = set(db.session.scalars(select(Unit.code).where(Unit.code.in_(codes))))
    db.session.add_all(_group(number) for code, number in codes.items() if code not in known)
    db.session.flush()
    wanted = [*people.WORKING_UNITS, *codes]
    return list(db.session.scalars(select(Unit.id).where(Unit.code.in_(wanted)).order_by(Unit.code)))


def _group(number: int) -> Unit:
    return Unit(
        code=f"TDP{number:03}",
        name=f"Tổ dân phố số {number}",
        short_name=f"TDP {number}",
        valid_from=people.SINCE,
        takes_part=False,
    )
