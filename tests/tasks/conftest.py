"""People around a task."""

from collections.abc import Callable
from dataclasses import dataclass

import pytest
from flask import Flask

from cchc_portal.accounts.models import Role, Unit, User
from tests.factories.accounts import make_unit, make_user


@dataclass(frozen=True)
class Cast:
    """Everybody who could act on a task of a unit; `reporter` is of the Office."""

    unit: Unit
    member: User
    named: User
    head: User
    stranger: User
    stranger_head: User
    office: User
    reporter: User
    leader: User
    admin: User


@pytest.fixture
def cast(app: Flask) -> Cast:
    """Give a unit and the people around it."""
    unit = make_unit()
    return Cast(
        unit=unit,
        member=make_user(unit=unit),
        named=make_user(),  # named, but moved to another unit since
        head=make_user(Role.DEPT_HEAD, Role.STAFF, unit=unit),
        stranger=make_user(),
        stranger_head=make_user(Role.DEPT_HEAD),
        office=make_user(Role.OFFICE, Role.STAFF),
        reporter=make_user(Role.OFFICE),
        leader=make_user(Role.LEADER),
        admin=make_user(Role.ADMIN, unit=unit),
    )


Act = Callable[[User], object]
