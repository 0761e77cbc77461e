"""Tables: letters with what was recognised in them, citations, items and who has to answer them, the book of letters."""

from cchc_portal.directives.models.book import (
    AddressedUnit,
    ArrivalCounter,
    DirectiveFile,
    DirectiveVersion,
    Receipt,
)
from cchc_portal.directives.models.citations import Citation
from cchc_portal.directives.models.items import Assignment, Item, ReformField
from cchc_portal.directives.models.letters import Directive
from cchc_portal.directives.models.states import (
    LEADING_ON,
    TRANSITIONS,
    URGENCIES,
    Direction,
    Part,
    Relation,
    State,
)

__all__ = [
    "LEADING_ON",
    "TRANSITIONS",
    "URGENCIES",
    "AddressedUnit",
    "ArrivalCounter",
    "Assignment",
    "Citation",
    "Direction",
    "Directive",
    "DirectiveFile",
    "DirectiveVersion",
    "Item",
    "Part",
    "Receipt",
    "ReformField",
    "Relation",
    "State",
]
