"""Who is told to do what: "Giao X chủ trì, phối hợp với Y …", "X có trách nhiệm …", "Đối với X: …"."""

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import islice

from cchc_portal.directives.reading.bodies import (
    LONGEST,
    KnownUnits,
    bodies_in,
    is_agent,
    is_body,
    is_subject,
    opens_with_body,
)
from cchc_portal.directives.reading.names import name_end
from cchc_portal.directives.reading.orders import Order, by_agent, by_concern
from cchc_portal.directives.reading.parts import Certainty, Found
from cchc_portal.directives.reading.source import Source
from cchc_portal.directives.reading.verbs import LONGEST_OBJECT, act_start, first_verb, verb_phrase
from cchc_portal.directives.reading.words import (
    TYPES,
    TYPOS,
    UPPER,
    VERBS,
    any_of,
)

_CLAUSE_END = re.compile(rf"[.;:](?=[ \n]|$)(?!\))|(?<=[^,(-])\n{{1,2}}(?=[{UPPER}])")
_ORDER = re.compile(
    r"(?<!được )(?<!theo )(?<!các )(?<!những )(?<!đã )(?<!bàn )(?<!chuyển )(?<!có )(?<!đơn )(?<!số )(?<!mọi )(?<!khi )(?<!việc )(?<!nơi )"
    rf"\b(?:[Gg]iao|Phân công(?! (?:đảng viên|cán bộ|công chức|viên chức|nhân viên|giáo viên|người)(?! [{UPPER}]))|phân công(?= (?:đồng chí|đ/c|ông|bà|[{UPPER}]))|[Yy]êu cầu|[Đđ]ề nghị|[Nn]hờ)(?: trách nhiệm| nhiệm vụ)?(?: cho)?[ \n](?!của )"
)
_IN_FULL = re.compile(
    r"\b(?:các|Các) (?:Sở|sở|phòng|Phòng|ban|Ban|đồng chí|ông, bà|đơn vị|xã|phường)(?: sau)?$"
)
_LISTS = re.compile(rf": [{UPPER}]")
_LEAD = re.compile(r"chủ trì")
_WITH = re.compile(
    rf"(?:,? ?(?:và )?)(?:phối hợp(?: chặt chẽ)?(?:(?: với| cùng)(?: với)?[ \n]|[ \n](?=[{UPPER}]|các ))|,? cùng (?:với )?(?=[{UPPER}]|các ))"
)
# "Phòng X chủ trì, các thôn phối hợp thực hiện"
_HELPERS = re.compile(
    r"chủ trì(?: thực hiện)?[,;] (?:và )?(?P<who>[^.;:()\n]{3,150}?) (?:cùng )?phối hợp(?! (?:chặt chẽ )?(?:với|cùng) )"
)
# "… chủ trì phúc tra trong tháng 6, Thanh tra quận tham gia"
_AT_LAST = re.compile(
    rf"[,;] (?P<who>[{UPPER}][^,.;:()\n]{{3,100}}) (?:cùng )?(?:(?:phối hợp|tham gia)(?: thực hiện)?$|phối hợp(?! (?:chặt chẽ )?(?:với|cùng)\b))"
)
# "Phòng X …; chủ trì cùng Y đề xuất …": the helpers of a further clause
_FURTHER_HELP = re.compile(
    rf"; chủ trì,? (?:phối hợp(?: chặt chẽ)? (?:với |cùng )|cùng (?:với )?)(?=[{UPPER}]|các )"
)
_YOU = ("Quý ", "quý ")
_AS_FOLLOWS = re.compile(r"[ \n](?:như sau|sau|một số|những|các nội dung)\b")
_GROUP = re.compile(r"(?:các|mọi|toàn thể|từng|mỗi|cán bộ|công chức|người)\b", re.IGNORECASE)
# "Sở Nội vụ đề nghị …": who demands is not who acts; "Đối tượng: công chức …" describes and orders nothing.
_DEMANDS = re.compile(
    r"(?:đề nghị|yêu cầu|ghi nhận|đánh giá cao|biểu dương|đồng ý|nhất trí|cơ bản|hoan nghênh|kết luận|nhận thấy)\b"
)
_DESCRIBED = re.compile(r"(?:Đối tượng|Thành phần|Phạm vi|Mức)[^:.;\n]{0,25}: ?$")
_LABEL_REACH = 40
_OPENS_WITH_ACT = re.compile(rf"(?:{any_of((*VERBS, *TYPOS))})\b", re.IGNORECASE)
_EVEN_THINGS = re.compile(
    r"(?:hoàn thành|phải|cần|tiếp tục|bảo đảm|đảm bảo|hoạt động|nâng cao|tăng|theo|căn cứ|không|duy trì|đưa|thống nhất|gắn|kịp thời|thường xuyên|tập trung|xác định|thực hiện theo|yêu cầu|đề nghị|dự kiến)\b"
)
_CHARGED = re.compile(r"(?:có|chịu) trách nhiệm|có nhiệm vụ")
_TOGETHER = re.compile(rf" cùng (?:với )?(?=[{UPPER}]|các )")
# What stands before the subject of a sentence: when, where, on what ground.
_FRONT = re.compile(
    r"(?:Hằng|Hàng|Định kỳ|Mỗi|Trước|Sau|Trong|Khi|Căn cứ|Trên cơ sở|Từ|Đến|Để|Nhằm|Ngoài|Bên cạnh|Theo|Cùng với|Qua|Tại|Chậm nhất|Muộn nhất|Chủ nhật|Thứ|Sáng|Chiều|Ngày|Tháng|Quý|Vào|Riêng|Đồng thời|Trường hợp|Nếu|Đối với|Với|Thông qua|Hết|Tùy|Kịp thời|Ngay|Trường hợp|Thường xuyên|Cuối|Đầu|Giữa|Năm|Tuần|Trước mắt|Đột xuất|Bắt đầu|Trên địa bàn|Khẩn trương)\b"
)
# "Riêng X …", "Trong đó, Y …": the subject follows.
_APART = re.compile(
    r"(?:Riêng(?: đối với| với)?|Trong đó,?|Đồng thời,?|Ngoài ra,?|Cùng với đó,?|Đối với) (?=\S)"
)
_TRIES = 5  # words like "yêu cầu" in one clause that may turn out to be its order
_LEADS_OPENING = re.compile(
    rf"\s{{0,3}}(?:(?:[Ll]à (?:cơ quan|đơn vị) (?:thường trực|đầu mối|chủ trì), )?[Cc]hủ trì(?P<helped>(?:,| và)?{_WITH.pattern})?|[Pp]hối hợp(?: chặt chẽ)? (?:với|cùng)(?: với)? )"
)
# Behind "Giao" and "Đề nghị" a name nobody knows as a body's is one all the same.
_NAMED = re.compile(rf"(?!(?:{any_of(TYPES)})\b)(?:[{UPPER}][\w&.-]{{1,15}}[ ,]{{1,2}}){{2,12}}$")


def find_orders(source: Source, start: int, end: int, known: KnownUnits) -> list[Order]:
    """Return the orders between two places, in the letter's order.

    A clause counts when it opens with an order ("Giao X …") or with a body followed by a verb.
    """
    found = []
    for clause_start, clause_end in sentences(source.text, start, end, known):
        clause = source, clause_start, clause_end, known
        order = next(filter(None, (read(*clause) for read in _READERS)), None)
        if order:
            found.append(_helped_further(source, clause_end, end, known, order))
    return found


def _helped_further(source: Source, stop: int, end: int, known: KnownUnits, order: Order) -> Order:
    """Add whom the next clause names as helpers of the one whom this clause told what to do."""
    further = _FURTHER_HELP.match(source.text, stop, end)
    if further is None or len(order.assignees) != 1:
        return order
    act = act_start(source.text, further.end(), min(end, further.end() + LONGEST))
    helpers = bodies_in(source, further.end(), act, known) if act else ()
    leads = (order.assignees[0].value,) if helpers else order.leads
    return replace(order, assignees=order.assignees + helpers, leads=leads)


def sentences(text: str, start: int, end: int, known: KnownUnits) -> Iterator[tuple[int, int]]:
    """Yield the clauses, those that name bodies and nothing else joined to the one that says what they do."""
    opened: int | None = None
    for clause_start, clause_end in clauses(text, start, end):
        first = clause_start if opened is None else opened
        mark = text[clause_end : clause_end + 1]
        is_open = _LISTS.match(text, clause_end) and _IN_FULL.search(text, clause_start, clause_end)
        is_list = mark == ";" or is_open
        is_rest = opened is not None and _IN_FULL.search(text, first, clause_start - 2)
        is_names = (
            is_list
            and (is_rest or is_body(text[_named_from(text, clause_start, clause_end) : clause_end], known))
            and act_start(text, clause_start, clause_end) is None
        )
        if is_names and clause_end - first < LONGEST:
            opened = first
            continue
        opened = None
        yield first, clause_end


def _named_from(text: str, start: int, end: int) -> int:
    """Return where the names of a clause begin, behind "Giao" where it opens so."""
    order = _ORDER.match(text, start, end)
    return order.end() if order else start


def find_help(source: Source, start: int, end: int, known: KnownUnits) -> tuple[Found[str], ...] | None:
    """Return whom an item names as helpers of whoever its heading names: "Chủ trì, phối hợp với Y …".

    None where the item does not open like that; nobody where it says "Chủ trì" alone.
    """
    opening = _LEADS_OPENING.match(source.text, start, end)
    if opening is None:
        return None
    if opening[0].strip().lower().endswith("chủ trì"):
        return ()
    verb = act_start(source.text, opening.end(), min(end, opening.end() + 2 * LONGEST))
    return bodies_in(source, opening.end(), verb, known) if verb else None


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
    opening = _APART.match(source.text, start, end)
    if opening and source.text[end : end + 1] != ":":
        order = _by_subject(source, opening.end(), end, known)
        return replace(order, start=start) if order else None
    if _DESCRIBED.search(source.text, max(0, start - _LABEL_REACH), start):
        return None
    order = _order(source, start, start, end, known)
    if order is None or (order.verb and _DEMANDS.match(order.verb.value)):
        return None
    is_particular = all(one.certainty is Certainty.SURE for one in order.assignees)
    return Order(
        order.start, order.assignees, is_explicit=False, is_particular=is_particular, leads=order.leads
    )


def _behind_a_front(source: Source, start: int, end: int, known: KnownUnits) -> Order | None:
    """Read a subject behind what opens its sentence: "Trước ngày 20/4, các trường gửi …"."""
    if not _FRONT.match(source.text, start, end):
        return None
    for comma in islice(re.finditer(", ", source.text[start : min(end, start + LONGEST)]), _TRIES):
        at = start + comma.end()
        if opens_with_body(source.text, at):
            order = _by_subject(source, at, end, known)
            return replace(order, start=start) if order else None
    return None


def _order(source: Source, start: int, names: int, end: int, known: KnownUnits) -> Order | None:
    """Read names from `names` on up to the first verb."""
    is_heading = source.text[end : end + 1] == ":"
    find = first_verb if is_heading else act_start
    verb = find(source.text, names, min(end, names + 2 * LONGEST))
    if verb is None and is_heading:
        return _addressed(source, start, names, end, known)
    if verb is None:
        return None
    words = source.text[names:verb]
    is_told = names > start and (
        words.startswith(_YOU) or _NAMED.match(words) or _is_whole(source.text, names, verb)
    )
    is_known = is_body(words[:LONGEST], known) or is_told
    if not (is_known or _stands_as_subject(source.text, names, verb)):
        return None
    is_led = _LEAD.match(source.text, verb) is not None
    with_whom = _with(source.text, names, verb, end)
    together = None if with_whom else _TOGETHER.search(source.text, names, verb)
    assignees = bodies_in(source, names, together.start() if together else verb, known)
    led_by = tuple(one.value for one in assignees) if is_led or with_whom or together else ()
    led_by = led_by or tuple(one.value for one in assignees if _marked(source.text, one.value, names, verb))
    if together:
        assignees += bodies_in(source, together.end(), verb, known)
    helpers = _HELPERS.match(source.text, verb, end) or _AT_LAST.search(source.text, verb, end)
    helpers = helpers if is_led and not with_whom else None
    if helpers and is_body(helpers["who"], known):
        assignees += bodies_in(source, *helpers.span("who"), known)
    act = verb
    if with_whom:
        act = act_start(source.text, with_whom.end(), min(end, with_whom.end() + 2 * LONGEST)) or verb
        names_end = end if is_heading and act == verb else act
        assignees += bodies_in(source, with_whom.end(), names_end, known) if names_end > verb else ()
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


def _marked(text: str, name: str, start: int, end: int) -> bool:
    """Say whether a name is marked as the one who leads: "Phòng X (chủ trì)"."""
    return f"{name[1:]} (chủ trì" in text[start:end]


def _is_whole(text: str, start: int, end: int) -> bool:
    """Say whether words with a capital are nothing but a name."""
    words = text[start:end]
    return words[:1].isupper() and is_agent(words) and name_end(text, start, end) is None


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


# What an order may look like, the surest first.
_READERS = (_explicit, _by_subject, _behind_a_front, by_concern, by_agent)
