"""People and units."""

from datetime import date
from itertools import count

from cchc_portal.accounts import passwords
from cchc_portal.accounts.models import Role, RoleGrant, Unit, UnitFunction, User
from cchc_portal.core.db import db

_numbers = count(1)
LONG_AGO = date(2020, 1, 1)
PASSWORD = "mot cau de nho"


def make_unit(code: str = "", *, name: str = "", functions: tuple[str, ...] = (), **columns: object) -> Unit:
    """Make a unit that has existed for long."""
    number = next(_numbers)
    unit = Unit(
        code=code or f"BP{number}", name=name or f"Bộ phận {number}", **{"valid_from": LONG_AGO, **columns}
    )
    unit.functions = [UnitFunction(name=function, valid_from=unit.valid_from) for function in functions]
    db.session.add(unit)
    db.session.commit()
    return unit


def make_user(
    *roles: Role, unit: Unit | None = None, username: str = "", password: str = "", **columns: object
) -> User:
    """Make a person with roles (staff if none are given) in a unit; without a password unless given."""
    number = next(_numbers)
    user = User(
        username=username or f"nguoi{number}",
        full_name=columns.pop("full_name", f"Cán bộ {number}"),
        unit=unit or make_unit(),
        password_hash=passwords.hashed(password) if password else "",
        **{"must_change_password": False, **columns},
    )
    user.grants = [
        RoleGrant(role=role, unit=user.unit, valid_from=LONG_AGO) for role in roles or (Role.STAFF,)
    ]
    db.session.add(user)
    db.session.commit()
    return user
