"""Who is told to do what: "Giao X chủ trì, phối hợp với Y …", "X có trách nhiệm …", "Đối với X: …"."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import islice

from cchc_portal.directives.reading.bodies import (
    LONGEST,
    KnownUnits,
    bodies_in,
    is_agent,
    is_body,
    is_subject,
)
from cchc_portal.directives.reading.parts import Certainty, Found
from cchc_portal.directives.reading.source import Source
from cchc_portal.directives.reading.verbs import LONGEST_OBJECT, first_verb, verb_phrase
from cchc_portal.directives.reading.words import (
    BODY_HEADS,
    LOWER,
    NAMES_WITH_VERBS,
    TYPES,
    TYPOS,
    UPPER,
    VERBS,
    any_of,
)

_CLAUSE_END = re.compile(rf"[.;:](?=[ \n]|$)(?!\))|(?<=[^,(-])\n{{1,2}}(?=[{UPPER}])")
_ORDER = re.compile(
    r"(?<!được )(?<!theo )(?<!các )(?<!những )(?<!đã )(?<!bàn )(?<!chuyển )(?<!có )(?<!đơn )(?<!số )(?<!mọi )(?<!khi )"
    r"\b(?:[Gg]iao|[Pp]hân công|[Yy]êu cầu|[Đđ]ề nghị)(?: trách nhiệm| nhiệm vụ)?(?: cho)?[ \n]"
)
_HEADING = re.compile(
    r"(?:Đối với|Về phía|Trách nhiệm (?:của|cụ thể của)|Phần việc của|Giao|Yêu cầu|Đề nghị)? ?(?P<who>[^:.\n]{3,300}?)(?: có trách nhiệm| có nhiệm vụ)?:?$",
    re.IGNORECASE,
)
_IN_FULL = re.compile(
    r"\b(?:các|Các) (?:Sở|sở|phòng|Phòng|ban|Ban|đồng chí|ông, bà|đơn vị|xã|phường)(?: sau)?$"
)
_LEAD = re.compile(r"chủ trì")
_WITH = re.compile(
    rf"(?:,? ?(?:và )?)(?:phối hợp(?: chặt chẽ)?(?:(?: với| cùng)(?: với)?[ \n]|[ \n](?=[{UPPER}]|các ))|,? cùng (?:với )?(?=[{UPPER}]|các ))"
)
_AS_FOLLOWS = re.compile(r"[ \n](?:như sau|sau|một số|những|các nội dung)\b")
_GROUP = re.compile(r"(?:các|mọi|toàn thể|từng|mỗi|cán bộ|công chức|người)\b", re.IGNORECASE)
# "Sở Nội vụ đề nghị …": who demands is not who acts; "Đối tượng: công chức …" describes and orders nothing.
_DEMANDS = re.compile(r"(?:đề nghị|yêu cầu)\b")
_DESCRIBED = re.compile(r"(?:Đối tượng|Thành phần|Phạm vi|Mức)[^:.;\n]{0,25}: ?$")
_LABEL_REACH = 40
_TOLD = re.compile(r"(?:Về phía|Trách nhiệm (?:của|cụ thể của)|Phần việc của) ")
_DUTY = re.compile(rf":[ \n]{{0,2}}(?:{any_of(VERBS)})\b")
# "Phòng Nội vụ: 20 hồ sơ" counts, it orders nothing.
_FIGURE = re.compile(rf":? ?\d[\d.,]{{0,9}} ?(?:%|[{LOWER}][^\n,:]{{0,60}})[.;,]?\s*\Z")
_OPENS_WITH_ACT = re.compile(rf"(?:{any_of((*VERBS, *TYPOS))})\b", re.IGNORECASE)
_EVEN_THINGS = re.compile(
    r"(?:hoàn thành|phải|cần|tiếp tục|bảo đảm|đảm bảo|hoạt động|nâng cao|tăng|theo|căn cứ|không|duy trì|đưa|thống nhất|gắn|kịp thời|thường xuyên|tập trung|xác định|thực hiện theo|yêu cầu|đề nghị|dự kiến)\b"
)
_CHARGED = re.compile(r"(?:có|chịu) trách nhiệm|có nhiệm vụ")
_TOGETHER = re.compile(rf" cùng (?:với )?(?=[{UPPER}]|các )")
_TRIES = 5  # words like "yêu cầu" in one clause that may turn out to be its order
_LEADS_OPENING = re.compile(
    rf"\s{{0,3}}(?:[Cc]hủ trì(?P<helped>(?:,| và)?{_WITH.pattern})?|[Pp]hối hợp(?: chặt chẽ)? (?:với|cùng)(?: với)? )"
)
_REPORT = re.compile(
    rf"\b(?:[Bb]áo cáo|[Gg]ửi|[Tt]rình|[Nn]ộp)[^,.;:()\n]{{0,60}}? về[ \n](?=[{UPPER}])|"
    r"\b(?:[Bb]áo cáo|[Gg]ửi|[Tt]rình|[Nn]ộp)(?: kết quả| danh sách| số liệu| báo cáo)?(?: thực hiện)?(?: về| cho| lên| tới| đến| với)?[ \n]"
)
_REPORT_END = re.compile(
    rf"[,.;:()\n]|(?<!-) (?=(?:{any_of(TYPES)})\b)| (?:trước|chậm nhất|sau|để|theo|qua|định kỳ|trong|vào|đến|hằng|hàng|về|kết quả|tại|và (?=[{LOWER}])|muộn nhất|cho|xong|{any_of(VERBS)})\b|(?<!HĐND)(?<!Hội đồng nhân dân)(?<!Đảng ủy) và (?=(?:{any_of(BODY_HEADS)})\b)"
)
# Behind "Giao" and "Đề nghị" a name nobody knows as a body's is one all the same.
_NAMED = re.compile(rf"(?!(?:{any_of(TYPES)})\b)(?:[{UPPER}][\w&.-]{{1,15}}[ ,]{{1,2}}){{2,12}}$")
_COMRADE = re.compile(r"^(?:đồng chí|đ/c) ")
_THROUGH = re.compile(r" ?\(qua [^()\n]{3,80}\)")


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


def find_orders(source: Source, start: int, end: int, known: KnownUnits) -> list[Order]:
    """Return the orders between two places, in the letter's order.

    A clause counts when it opens with an order ("Giao X …") or with a body followed by a verb.
    """
    found = []
    for clause_start, clause_end in _sentences(source.text, start, end, known):
        order = _explicit(source, clause_start, clause_end, known) or _by_subject(
            source, clause_start, clause_end, known
        )
        if order:
            found.append(order)
    return found


def _sentences(text: str, start: int, end: int, known: KnownUnits) -> Iterator[tuple[int, int]]:
    """Yield the clauses, those that name bodies and nothing else joined to the one that says what they do."""
    opened: int | None = None
    for clause_start, clause_end in clauses(text, start, end):
        first = clause_start if opened is None else opened
        is_list = text[clause_end : clause_end + 1] == ";" or _IN_FULL.search(text, clause_start, clause_end)
        is_rest = opened is not None and _IN_FULL.search(text, first, clause_start - 2)
        is_names = (
            is_list
            and (is_rest or is_body(text[clause_start:clause_end], known))
            and first_verb(text, clause_start, clause_end) is None
        )
        if is_names and clause_end - first < LONGEST:
            opened = first
            continue
        opened = None
        yield first, clause_end


def find_heading(source: Source, start: int, end: int, known: KnownUnits) -> Order | None:
    """Return the body that a text names as a heading for what follows ("Đối với X:", "1. X:")."""
    first = next(iter(_sentences(source.text, start, end, known)), None)
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
    return Order(first[0], bodies_in(source, at, at + len(match["who"]), known), is_explicit=False)


def find_help(source: Source, start: int, end: int, known: KnownUnits) -> tuple[Found[str], ...] | None:
    """Return whom an item names as helpers of whoever its heading names: "Chủ trì, phối hợp với Y …".

    None where the item does not open like that; nobody where it says "Chủ trì" alone.
    """
    opening = _LEADS_OPENING.match(source.text, start, end)
    if opening is None:
        return None
    if opening[0].strip().lower() == "chủ trì":
        return ()
    verb = first_verb(source.text, opening.end(), min(end, opening.end() + 2 * LONGEST))
    return bodies_in(source, opening.end(), verb, known) if verb else None


def find_report_to(source: Source, start: int, end: int, known: KnownUnits) -> Found[str] | None:
    """Return to whom the result is to be reported."""
    for match in _REPORT.finditer(source.text, start, end):
        words_end = _named_until(source.text, match.end(), min(end, match.end() + LONGEST))
        through = _THROUGH.match(source.text, words_end, end)
        words_end = through.end() if through else words_end
        words = _COMRADE.sub("", source.text[match.end() : words_end].strip())
        is_named = words[:1].isupper() or match[0].rstrip().endswith(" cho")
        if is_named and is_body(words, known):
            return source.found(source.text.index(words, match.end()), words_end, words)
    return None


def _named_until(text: str, start: int, end: int) -> int:
    """Return where the name behind "báo cáo" ends; a verb inside a name ("Tổ kiểm tra") does not end it."""
    names = [match.span() for match in NAMES_WITH_VERBS.finditer(text, start, end)]
    for stop in _REPORT_END.finditer(text, start, end):
        if not any(first < stop.start() < last for first, last in names):
            return stop.start()
    return end


def clauses(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Return where the clauses of a text begin and end, without their punctuation."""
    found, at = [], start
    for stop in _CLAUSE_END.finditer(text, start, end):
        found.append((at, stop.start()))
        at = stop.end()
    found.append((at, end))
    return [_trimmed(text, *clause) for clause in found if text[slice(*clause)].strip(" \n-+•")]


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start] in " \n-+•":
        start += 1
    return start, end


def _explicit(source: Source, start: int, end: int, known: KnownUnits) -> Order | None:
    for match in islice(_ORDER.finditer(source.text, start, end), _TRIES):
        order = _order(source, match.start(), match.end(), end, known)
        if order:
            return order
    return None


def _by_subject(source: Source, start: int, end: int, known: KnownUnits) -> Order | None:
    if _DESCRIBED.search(source.text, max(0, start - _LABEL_REACH), start):
        return None
    order = _order(source, start, start, end, known)
    if order is None or (order.verb and _DEMANDS.match(order.verb.value)):
        return None
    is_particular = not _GROUP.match(source.text, start) and source.text[start].isupper()
    return Order(
        order.start, order.assignees, is_explicit=False, is_particular=is_particular, leads=order.leads
    )


def _order(source: Source, start: int, names: int, end: int, known: KnownUnits) -> Order | None:
    """Read names from `names` on up to the first verb."""
    verb = first_verb(source.text, names, min(end, names + 2 * LONGEST))
    if verb is None and source.text[end : end + 1] == ":":
        return _addressed(source, start, names, end, known)
    if verb is None:
        return None
    words = source.text[names:verb]
    is_known = is_body(words[:LONGEST], known) or (names > start and _NAMED.match(words))
    if not (is_known or _stands_as_subject(source.text, names, verb)):
        return None
    is_led = _LEAD.match(source.text, verb) is not None
    with_whom = _with(source.text, names, verb, end)
    together = None if with_whom else _TOGETHER.search(source.text, names, verb)
    assignees = bodies_in(source, names, together.start() if together else verb, known)
    led_by = tuple(one.value for one in assignees) if is_led or with_whom or together else ()
    if together:
        assignees += bodies_in(source, together.end(), verb, known)
    act = verb
    if with_whom:
        act = first_verb(source.text, with_whom.end(), min(end, with_whom.end() + 2 * LONGEST)) or verb
        assignees += bodies_in(source, with_whom.end(), act, known) if act > verb else ()
    elif is_led:
        act = first_verb(source.text, verb + len("chủ trì"), end) or verb
    if not is_known:
        assignees = tuple(replace(one, certainty=Certainty.DOUBTFUL) for one in assignees)
    phrase, typo = verb_phrase(source, act, end)
    return Order(start, assignees, is_explicit=True, leads=led_by, verb=phrase, source_typo=typo)


def _stands_as_subject(text: str, start: int, verb: int) -> bool:
    """Say whether a name of no known kind acts: it stands before a verb that things do not do, and opens with none."""
    words = text[start:verb]
    return is_subject(words) and not _OPENS_WITH_ACT.match(words) and not _EVEN_THINGS.match(text, verb)


def _with(text: str, names: int, verb: int, end: int) -> re.Match[str] | None:
    """Find "phối hợp với" that belongs to the one who is told: at the verb, or behind a comma."""
    charged = _CHARGED.match(text, verb, end)
    near = (charged.end() if charged else verb) + len("chủ trì ")
    for match in _WITH.finditer(text, max(names, verb - 3), min(end, verb + LONGEST_OBJECT)):
        is_near = match.start() <= near
        if is_near or match[0].startswith((",", " và")):
            return match
    return None


def _addressed(source: Source, start: int, names: int, end: int, known: KnownUnits) -> Order | None:
    """Read an order that ends with its addressees: "Sở Nội vụ đề nghị các cơ quan, đơn vị:"."""
    so = _AS_FOLLOWS.search(source.text, names, end)
    stop = so.start() if so else end
    if names == start or not is_body(source.text[names:stop], known):
        return None
    return Order(start, bodies_in(source, names, stop, known), is_explicit=True)
