"""An order of a letter, and the two that name who acts beside the sentence rather than as its subject."""

import re
from dataclasses import dataclass

from cchc_portal.directives.reading.bodies import KnownUnits, bodies_in, is_body
from cchc_portal.directives.reading.parts import Found
from cchc_portal.directives.reading.source import Source

_AGENT = re.compile(
    r"\bdo (?P<who>[^,;.:()\n]{3,120}?(?:, [^,;.:()\n]{3,80}?){0,4}) (?P<act>(?:làm )?chủ trì|phụ trách|đảm nhiệm|đảm nhận|đảm trách|chịu trách nhiệm|làm đầu mối|thực hiện(?=[.,;]|$))"
    r"(?:,? (?:và )?phối hợp (?:với |cùng )(?P<helpers>[^;.:()\n]{3,150}?))?(?=[,;.:\n ]|$)"
)
_CONCERN = re.compile(
    r"(?:Đối với|Riêng(?: đối với| với)?|Về phía) (?P<who>[^:.;\n]{3,200}?), (?:yêu cầu|đề nghị|cần|phải|khẩn trương|tập trung|tiếp tục|chủ động)\b"
)


@dataclass(frozen=True)
class Order:
    """One order found in a text: who, what, and where it begins.

    Args:
        is_explicit: it says "Giao", "Yêu cầu" or the like.
        is_particular: its sentence opens with one unit, not with a group.
    """

    start: int
    assignees: tuple[Found[str], ...]
    is_explicit: bool
    is_particular: bool = False
    leads: tuple[str, ...] = ()
    verb: Found[str] | None = None
    source_typo: str | None = None


def by_concern(source: Source, start: int, end: int, known: KnownUnits) -> Order | None:
    """Read whom a demand concerns: "Đối với Phòng X, yêu cầu giải trình …"."""
    concern = _CONCERN.match(source.text, start, end)
    if concern is None or not is_body(concern["who"], known):
        return None
    return Order(start, bodies_in(source, *concern.span("who"), known), is_explicit=True)


def by_agent(source: Source, start: int, end: int, known: KnownUnits) -> Order | None:
    """Read who does what stands before: "Hội thi do Đoàn Thanh niên phụ trách"."""
    agent = _AGENT.search(source.text, start, end)
    if agent is None or not is_body(agent["who"], known):
        return None
    found = bodies_in(source, *agent.span("who"), known)
    led = tuple(one.value for one in found) if "chủ trì" in agent["act"] else ()
    if agent["helpers"] and is_body(agent["helpers"], known):
        found += bodies_in(source, *agent.span("helpers"), known)
    return Order(start, found, is_explicit=False, leads=led)
