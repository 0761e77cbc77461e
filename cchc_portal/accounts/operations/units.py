"""Founding, correcting and closing units."""

from collections.abc import Sequence
from datetime import date

from cchc_portal import audit
from cchc_portal.accounts import queries
from cchc_portal.accounts.models import Unit, UnitFunction, User
from cchc_portal.accounts.operations.roles import move
from cchc_portal.accounts.rules import can_administer
from cchc_portal.core.clock import today
from cchc_portal.core.db import db
from cchc_portal.core.errors import Conflict, Invalid, InvalidState, require
from cchc_portal.core.i18n import N_


def found_unit(
    code: str, *, by: User | None, name: str, functions: Sequence[str] = (), **columns: object
) -> Unit:
    """Add a unit with its functions.

    Args:
        code: short and unique for all times.
        by: the administrator; None for commands on the server.
        name: full name.
        functions: lines of work that letters may address.
        columns: further columns of `Unit`.

    Raises:
        Invalid: the code is taken, or another unit of these days bears one of the names.
    """
    require(by is None or can_administer(by))
    if queries.unit_by_code(code):
        raise Invalid({"code": N_("Mã bộ phận này đã được dùng.")})
    unit = Unit(**{"valid_from": today(), "aliases": [], **columns, "code": code.upper(), "name": name})
    _require_own_names(unit)
    unit.functions = [UnitFunction(name=function, valid_from=unit.valid_from) for function in functions]
    db.session.add(unit)
    audit.record("unit.founded", on=unit, by=by)
    return unit


def correct_unit(
    unit: Unit,
    *,
    by: User,
    name: str,
    short_name: str,
    aliases: Sequence[str],
    parent: Unit | None,
    takes_part: bool,
) -> Unit:
    """Write a unit's data anew, where they were wrong; a renamed unit is closed and has a successor.

    Raises:
        Invalid: another unit of these days bears one of the names, or the parent stands below.
    """
    require(can_administer(by))
    _require_no_ring(unit, parent)
    unit.name, unit.short_name, unit.aliases = name, short_name, list(aliases)
    unit.parent, unit.takes_part = parent, takes_part
    _require_own_names(unit)
    audit.record("unit.corrected", on=unit, by=by)
    return unit


def close_unit(unit: Unit, *, by: User, on: date, successor: Unit | None = None) -> Unit:
    """End a unit: the given day is its last. Its people stay until they are moved.

    Raises:
        InvalidState: it is closed already.
        Invalid: the day lies before its first, or the successor does not exist then.
    """
    require(can_administer(by))
    if unit.valid_to is not None:
        raise InvalidState(N_("Bộ phận này đã kết thúc hoạt động."))
    if on < unit.valid_from:
        raise Invalid({"on": N_("Ngày kết thúc phải từ ngày thành lập trở đi.")})
    if successor is not None and (successor.id == unit.id or _ends_by(successor, on)):
        raise Invalid({"successor": N_("Bộ phận kế thừa phải là bộ phận khác, còn hoạt động sau ngày này.")})
    unit.valid_to, unit.successor = on, successor
    for function in unit.functions_on(on):
        function.valid_to = on
    audit.record("unit.closed", on=unit, by=by, successor_id=successor.id if successor else None)
    return unit


def move_members(unit: Unit, *, by: User) -> list[User]:
    """Move everybody of a closed unit to its successor; return them.

    Raises:
        Conflict: it has no successor, or that does not exist today.
    """
    require(can_administer(by))
    if unit.successor is None:
        raise Conflict(N_("Bộ phận này chưa có bộ phận kế thừa."))
    moved = [move(member, unit.successor, by=by) for member in queries.members(unit)]
    audit.record("unit.members_moved", on=unit, by=by, count=len(moved))
    return moved


def _ends_by(unit: Unit, day: date) -> bool:
    return unit.valid_to is not None and unit.valid_to <= day


def _require_no_ring(unit: Unit, parent: Unit | None) -> None:
    above = parent
    while above is not None:
        if above.id == unit.id:
            raise Invalid({"parent": N_("Bộ phận cấp trên không thể nằm dưới chính bộ phận này.")})
        above = above.parent


def _require_own_names(unit: Unit) -> None:
    with db.session.no_autoflush:
        others = [other for other in queries.units(on=unit.valid_from) if other is not unit]
    for other in others:
        if shared := sorted(unit.names & other.names):
            message = N_("Tên, tên viết tắt hoặc tên gọi khác trùng với một bộ phận đang hoạt động.")
            raise Invalid({"name": message}, f"{message} ({other.code}: {', '.join(shared)})")
