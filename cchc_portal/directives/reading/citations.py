"""Other documents a letter names: type, number, date, issuer, subject, and what they are to it."""

import re
from dataclasses import replace

from cchc_portal.directives.reading.dates import DATE, named
from cchc_portal.directives.reading.parts import Certainty, Citation, Span
from cchc_portal.directives.reading.source import Source
from cchc_portal.directives.reading.words import NAMED_BY_DATE, TYPES, UPPER, any_of

LIMIT = 2000
_TYPE = rf"(?P<type>{any_of(TYPES)}|{any_of(tuple(kind.lower() for kind in TYPES if ' ' in kind))})"
_CODE = rf"\d{{1,5}}[a-z]?(?:/\d{{4}})? ?[/-] ?[{UPPER}][\w&.]{{0,15}}(?:[-/][{UPPER}][\w&]{{0,15}}){{0,4}}"
_BY_NUMBER = re.compile(
    rf"\b{_TYPE}[ \n]{{1,2}}(?:liên tịch |hành động |công tác )?(?:số[ \n:]{{1,2}})?(?P<code>{_CODE})"
)
_BY_DATE = re.compile(
    rf"\b(?P<type>{any_of(NAMED_BY_DATE)})[ \n](?P<title>(?:[{UPPER}]|sửa đổi)[^;.:()\d]{{3,220}}?)"
    rf"(?:[ \n](?:số[ \n])?(?P<code>{_CODE}))?,?[ \n]ngày[ \n]{DATE}"
)
_BY_NAME = re.compile(
    rf"\b(?P<type>{any_of(NAMED_BY_DATE)})[ \n](?P<title>[{UPPER}][^;.:()\d]{{3,150}}?)[ \n]số[ \n](?P<code>{_CODE})"
)
_WHEN = re.compile(rf"[ \n,]{{1,2}}(?:ban hành )?ngày[ \n]{DATE}")
_STOP = rf"(?= về | v/v | chưa | còn | công bố | giao | triển khai | thực hiện | điều chỉnh | thành lập | kiện toàn | quy định | ban hành | hướng dẫn | phê duyệt | sửa đổi | do | đã | và (?:{any_of(TYPES)}) |[,;.:()\n]|$)"
_WHOSE = re.compile(rf"[ \n,]{{1,2}}(?:của|do)[ \n](?P<issuer>[^,;.:()]{{2,120}}?){_STOP}")
_ABOUT = re.compile(
    rf"[ ,\n]{{1,2}}(?P<subject>(?:về|v/v|quy định|ban hành|hướng dẫn|phê duyệt|sửa đổi)[ \n][^;.]{{3,400}}?)(?= và (?:{any_of(TYPES)}) số|, (?:{any_of(TYPES)}) số|[;.]|$)"
)
_BASIS = re.compile(
    r"(?:^|(?<=[.;:\n])) ?[-•]? ?(?:Căn cứ|Thực hiện|Triển khai|Theo|Xét|Trên cơ sở|Tiếp theo)(?: vào)?(?: nội dung| tinh thần)?(?: [^.;:\n]{1,80} tại)?[ \n]$"
)
_ROLES = (
    (_BASIS, "căn cứ"),
    (re.compile(r"(?:[Tt]rả lời|[Pp]húc đáp)[ \n]$"), "trả lời"),
    (re.compile(r"[Tt]hay thế(?: cho)?[ \n]$"), "thay thế"),
    (re.compile(r"(?:[Bb]ãi bỏ|[Hh]ủy bỏ)[ \n]$"), "bãi bỏ"),
    (re.compile(r"[Ss]ửa đổi(?:, bổ sung)?(?: một số điều của)?[ \n]$"), "sửa đổi"),
    (re.compile(r"[Kk]èm theo[ \n]$"), "kèm theo"),
)
_AND = re.compile(r"^(?:,|;)?[ \n]?(?:và|,|;)?[ \n]?$")
_BEFORE = 120


def read_citations(source: Source, start: int, end: int, *, own_code: str | None) -> tuple[Citation, ...]:
    """Return the documents named between two places, each once, in the letter's order."""
    found: list[Citation] = []
    text_end = 0
    for match in _matches(source.text, start, end):
        if len(found) == LIMIT or (match.start() < text_end and match["code"] is None):
            continue
        citation, text_end, follows = _citation(source, match, end, text_end)
        if found and follows and citation.role is None:
            citation = replace(citation, role=found[-1].role)
        if citation.number != own_code or own_code is None:
            found.append(citation)
    return tuple(_once(found))


def _matches(text: str, start: int, end: int) -> list[re.Match[str]]:
    by_number = list(_BY_NUMBER.finditer(text, start, end))
    taken = {match.start() for match in by_number}
    named = [
        match
        for pattern in (_BY_DATE, _BY_NAME)
        for match in pattern.finditer(text, start, end)
        if match.start() not in taken and not taken.add(match.start())  # type: ignore[func-returns-value]
    ]
    return sorted([*by_number, *named], key=lambda match: match.start())


def _citation(source: Source, match: re.Match[str], end: int, last_end: int) -> tuple[Citation, int, bool]:
    """Return the citation, where its subject ends, and whether it is joined to the one before by "và"."""
    text = source.text
    when, whose, core_end = _when_and_whose(text, match.end(), end)
    dated = match if "d" in match.re.groupindex else when
    about = _ABOUT.match(text, core_end, end)
    full_end = about.end() if about else core_end
    citation = Citation(
        type=match["type"][0].upper() + match["type"][1:],
        number=match["code"].replace(" ", "") if match["code"] else None,
        date=named(dated) if dated else None,
        issuer=_one_line(whose["issuer"]) if whose else None,
        subject=_subject(match, about),
        role=_role(text, match.start()),
        core=source.span(match.start(), core_end),
        span=source.span(match.start(), full_end),
        certainty=Certainty.SURE if dated or match["code"] else Certainty.DOUBTFUL,
    )
    follows = last_end <= match.start() and bool(_AND.match(text[last_end : match.start()][:9]))
    return citation, full_end, follows and match.start() - last_end < len(", và  ")


def _when_and_whose(text: str, at: int, end: int) -> tuple[re.Match[str] | None, re.Match[str] | None, int]:
    """Read date and issuer behind a number, in either order."""
    when = _WHEN.match(text, at, end)
    whose = _WHOSE.match(text, when.end() if when else at, end)
    if when is None and whose:
        when = _WHEN.match(text, whose.end(), end)
    return when, whose, max([at, *(match.end() for match in (when, whose) if match)])


def _subject(match: re.Match[str], about: re.Match[str] | None) -> str | None:
    if "title" in match.re.groupindex:
        return _one_line(match["title"])
    return _one_line(about["subject"]) if about else None


def _role(text: str, at: int) -> str | None:
    before = text[max(0, at - _BEFORE) : at]
    return next((role for pattern, role in _ROLES if pattern.search(before)), None)


def _one_line(words: str) -> str:
    return " ".join(words.split())


def _once(citations: list[Citation]) -> list[Citation]:
    seen: set[tuple[str, str | None, str | None]] = set()
    kept = []
    for citation in citations:
        key = (citation.type, citation.number, None if citation.number else citation.subject)
        if key not in seen:
            seen.add(key)
            kept.append(citation)
    return kept


def covers(citations: tuple[Citation, ...], span: Span) -> bool:
    """Say whether a place lies inside a citation's number, date or issuer."""
    return any(c.core.start <= span.start < c.core.end for c in citations)
