"""Reading units and their functions."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload, selectinload

from cchc_portal.accounts.models import Unit, UnitFunction, User
from cchc_portal.accounts.queries.accounts import require_administrator
from cchc_portal.core.clock import today
from cchc_portal.core.db import db
from cchc_portal.core.errors import NotFound
from cchc_portal.core.text import sort_key


def units(*, on: date | None = None) -> list[Unit]:
    """Return the units that exist on a day (today if none is given), in the order of the alphabet."""
    query = select(Unit).where(Unit.valid(on or today())).options(selectinload(Unit.functions))
    return sorted(db.session.scalars(query), key=lambda unit: sort_key(unit.name))


def units_taking_part() -> list[Unit]:
    """Return the units that answer letters and adopt models today, in the order of the alphabet."""
    query = select(Unit).where(Unit.takes_part, Unit.valid(today()))
    return sorted(db.session.scalars(query), key=lambda unit: sort_key(unit.name))


def unit_tree(*, to: User) -> list[tuple[int, Unit, int]]:
    """Return every unit of every period with its depth and its number of active people.

    Units follow the one they belong to; closed ones come last among their sisters.

    Raises:
        NotFound: the person does not administer units.
    """
    require_administrator(to)
    people = select(User.unit_id, func.count()).where(User.disabled_at.is_(None)).group_by(User.unit_id)
    counts = {row[0]: row[1] for row in db.session.execute(people)}
    below: dict[int | None, list[Unit]] = {}
    for unit in db.session.scalars(select(Unit).options(joinedload(Unit.successor))):
        below.setdefault(unit.parent_id, []).append(unit)
    return [(depth, unit, counts.get(unit.id, 0)) for depth, unit in _descend(below, None, 0)]


def get_unit(unit_id: int, *, to: User) -> Unit:
    """Return a unit; everybody who is signed in may see it."""
    unit = db.session.get(Unit, unit_id)
    if unit is None or to is None:
        raise NotFound
    return unit


def get_function(function_id: int, *, to: User) -> UnitFunction:
    """Return a line of work, for administrators.

    Raises:
        NotFound: there is none, or the person does not administer units.
    """
    require_administrator(to)
    function = db.session.get(UnitFunction, function_id)
    if function is None:
        raise NotFound
    return function


def unit_by_code(code: str) -> Unit | None:
    """Return the unit with a code, whatever its case."""
    return db.session.scalar(select(Unit).where(func.upper(Unit.code) == code.upper()))


def _descend(
    below: Mapping[int | None, Sequence[Unit]], parent_id: int | None, depth: int
) -> Iterator[tuple[int, Unit]]:
    sisters = sorted(
        below.get(parent_id, ()), key=lambda unit: (unit.valid_to is not None, sort_key(unit.name))
    )
    for unit in sisters:
        yield depth, unit
        yield from _descend(below, unit.id, depth + 1)
