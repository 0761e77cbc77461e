"""To whom an issued letter is addressed, and that they have taken note of it."""

from cchc_portal import audit
from cchc_portal.accounts.models import User
from cchc_portal.accounts.queries import units
from cchc_portal.core.db import db, insert_once
from cchc_portal.core.errors import require
from cchc_portal.directives import queries, rules
from cchc_portal.directives.models import AddressedUnit, Directive, Receipt
from cchc_portal.directives.naming import meant


def acknowledge(directive: Directive, *, by: User) -> Receipt:
    """Take note of a letter ("Đã tiếp nhận"); doing so again changes nothing.

    Raises:
        NotAllowed: the letter is not addressed to the person's unit.
    """
    require(rules.can_acknowledge(by, directive, addressed=queries.is_addressed(directive, by)))
    row = {"directive_id": directive.id, "user_id": by.id, "unit_id": by.unit_id}
    if insert_once(Receipt, row):
        audit.record("directive.acknowledged", on=directive, by=by, unit=by.unit_id)
    return db.session.get_one(Receipt, (directive.id, by.id))


def address(directive: Directive) -> None:
    """Add the units a letter is addressed to: those its items name or its salutation means.

    "Các bộ phận" are the units that take part, "cán bộ, công chức" everybody of every unit.
    """
    db.session.flush()
    insert_once(
        AddressedUnit,
        *({"directive_id": directive.id, "unit_id": unit_id} for unit_id in sorted(_unit_ids(directive))),
    )


def _unit_ids(directive: Directive) -> set[int]:
    ours = units()
    named = [one for item in directive.items for one in item.assignments]
    greeted = [meant(words, ours) for words in directive.addressees]
    chosen = {one.unit_id for one in named} | {one.unit.id for one in greeted if one.unit}
    if any(one.to_everybody for one in (*named, *greeted)):
        chosen |= {unit.id for unit in ours}
    if any(one.to_all_units for one in (*named, *greeted)):
        chosen |= {unit.id for unit in ours if unit.takes_part}
    return {unit_id for unit_id in chosen if unit_id is not None}
