"""Lines of work inside a unit."""

from collections.abc import Sequence
from datetime import date

from cchc_portal import audit
from cchc_portal.accounts.models import Unit, UnitFunction, User
from cchc_portal.accounts.rules import can_administer
from cchc_portal.core.db import db
from cchc_portal.core.errors import Invalid, InvalidState, require
from cchc_portal.core.i18n import N_
from cchc_portal.core.text import fold_name


def add_function(
    unit: Unit, *, by: User, name: str, aliases: Sequence[str] = (), since: date | None = None
) -> UnitFunction:
    """Add a line of work to a unit; since the unit's first day unless told otherwise.

    Raises:
        InvalidState: the unit is closed.
        Invalid: it has this line of work already.
    """
    require(can_administer(by))
    if unit.valid_to is not None:
        raise InvalidState(N_("Bộ phận này đã kết thúc hoạt động."))
    _require_own_name(unit, name, but=None)
    function = UnitFunction(name=name, aliases=list(aliases), valid_from=since or unit.valid_from)
    unit.functions.append(function)
    db.session.flush()
    audit.record("unit.function_added", on=unit, by=by, function_id=function.id)
    return function


def correct_function(function: UnitFunction, *, by: User, name: str, aliases: Sequence[str]) -> UnitFunction:
    """Write the names of a line of work anew.

    Raises:
        Invalid: the unit has another of this name.
    """
    require(can_administer(by))
    _require_own_name(function.unit, name, but=function)
    function.name, function.aliases = name, list(aliases)
    audit.record("unit.function_corrected", on=function.unit, by=by, function_id=function.id)
    return function


def end_function(function: UnitFunction, *, by: User, on: date) -> UnitFunction:
    """End a line of work; the given day is its last, letters that named it keep it.

    Raises:
        InvalidState: it has ended already.
        Invalid: the day lies before its first.
    """
    require(can_administer(by))
    if function.valid_to is not None:
        raise InvalidState(N_("Mảng việc này đã kết thúc."))
    if on < function.valid_from:
        raise Invalid({"on": N_("Ngày kết thúc phải từ ngày bắt đầu trở đi.")})
    function.valid_to = on
    audit.record("unit.function_ended", on=function.unit, by=by, function_id=function.id)
    return function


def _require_own_name(unit: Unit, name: str, *, but: UnitFunction | None) -> None:
    for other in unit.functions:
        if other is not but and other.valid_to is None and fold_name(other.name) == fold_name(name):
            raise Invalid({"name": N_("Bộ phận đã có mảng việc này.")})
