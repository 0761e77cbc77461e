"""The reader of Vietnamese official letters; knows text alone, no database and no HTTP."""

from cchc_portal.directives.reading.deadlines import read_timing
from cchc_portal.directives.reading.letter import read_letter
from cchc_portal.directives.reading.marks import marks_of
from cchc_portal.directives.reading.parts import (
    Certainty,
    Citation,
    Deadline,
    Foot,
    Found,
    Head,
    Item,
    Letter,
    Mark,
    PartialDate,
    Span,
    Timing,
)
from cchc_portal.directives.reading.shape import as_json

__all__ = [
    "Certainty",
    "Citation",
    "Deadline",
    "Foot",
    "Found",
    "Head",
    "Item",
    "Letter",
    "Mark",
    "PartialDate",
    "Span",
    "Timing",
    "as_json",
    "marks_of",
    "read_letter",
    "read_timing",
]
