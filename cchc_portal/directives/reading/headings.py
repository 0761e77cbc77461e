"""Who acts by the heading over what has to be done: "Đối với X:", "1. X:"."""

import re

from cchc_portal.directives.reading.assignments import sentences
from cchc_portal.directives.reading.bodies import KnownUnits, bodies_in, is_agent, is_body, is_subject
from cchc_portal.directives.reading.orders import Order
from cchc_portal.directives.reading.source import Source
from cchc_portal.directives.reading.words import LOWER, UPPER, VERBS, any_of

_HEADING = re.compile(
    r"(?:Đối với|Về phía|(?:Trách nhiệm|Nhiệm vụ) (?:của|cụ thể của)|Phần việc của|Giao|Yêu cầu|Đề nghị)? ?(?P<who>[^:.\n]{3,300}?)(?: có trách nhiệm| có nhiệm vụ)?:?$",
    re.IGNORECASE,
)
# "Đối với các phòng: Nội vụ, Tư pháp" names them all.
_IN_FULL = re.compile(r"\b[Cc]ác (?:Sở|sở|phòng|Phòng|ban|Ban|xã|phường|thôn|đơn vị)(?: sau)?$")
_LISTED = re.compile(rf": [{UPPER}][^.;:\n]{{2,200}}(?=:|\n|$)")
_TOLD = re.compile(r"(?:Về phía|(?:Trách nhiệm|Nhiệm vụ) (?:của|cụ thể của)|Phần việc của) ")
_DUTY = re.compile(rf":[ \n]{{0,2}}(?:{any_of(VERBS)})\b")
# "Phòng Nội vụ: 20 hồ sơ" counts, it orders nothing.
_FIGURE = re.compile(rf":? ?\d[\d.,]{{0,9}} ?(?:%|[{LOWER}][^\n,:]{{0,60}})[.;,]?\s*\Z")


def find_heading(source: Source, start: int, end: int, known: KnownUnits) -> Order | None:
    """Return the body that a text names as a heading for what follows ("Đối với X:", "1. X:")."""
    first = next(iter(sentences(source.text, start, end, known)), None)
    if first is None:
        return None
    words = source.text[first[0] : first[1]].strip()
    match = _HEADING.match(words)
    is_told = (
        _TOLD.match(words) is not None
    )  # "Đối với X", "Trách nhiệm của X": X is somebody, whatever its name
    is_heading = source.text[first[1] : first[1] + 1] in {":", "\n"} or first[1] >= end - 1 or is_told
    if not (match and is_heading) or _FIGURE.match(source.text, first[1], end):
        return None
    is_acting = is_subject(match["who"]) and _DUTY.match(source.text, first[1], end)
    if not (is_body(match["who"], known) or (is_told and is_agent(match["who"])) or is_acting):
        return None
    at = source.text.index(match["who"], first[0])
    listed = _LISTED.match(source.text, first[1], end) if _IN_FULL.search(match["who"]) else None
    if listed:
        return Order(first[0], bodies_in(source, at, listed.end(), known), is_explicit=False)
    return Order(first[0], bodies_in(source, at, at + len(match["who"]), known), is_explicit=False)
