"""The foot of a letter: where it goes, where it is filed, who signs in which capacity."""

import re

from cchc_portal.directives.reading.parts import Foot, Found
from cchc_portal.directives.reading.source import Line, Source, lines
from cchc_portal.directives.reading.words import LOWER, POSITIONS, UPPER, any_of

_RECIPIENTS = re.compile(r"^Nơi nhận ?:? ?", re.MULTILINE | re.IGNORECASE)
_SIGNS_FOR = rf"(?:(?:TM|KT|TL|TUQ|Q)\. ?|[TK]/[MTL] ?)[{UPPER}][{UPPER} ,-]{{3,120}}"
_CAPACITY = re.compile(rf"(?:^|(?<=[\s.;])){_SIGNS_FOR}(?:\n{{1,2}}{_SIGNS_FOR}){{0,2}}", re.MULTILINE)
_POSITION = re.compile(rf"(?<!, )\b(?:Q\. |PHÓ |P\. ?)?(?:{any_of(POSITIONS)})\b[{UPPER} ,-]{{0,60}}$")
_POSITION_LINE = re.compile(
    rf"^(?:Q\. |PHÓ |P\. ?)?(?:{any_of(POSITIONS)})\b[{UPPER} ,-]{{0,60}}$", re.MULTILINE
)
_NAME = re.compile(rf"^(?:[{UPPER}][{LOWER}]{{0,7}} ){{1,5}}[{UPPER}][{LOWER}]{{0,7}}$")
_LIST_MARK = re.compile(r"(?:(?:^|(?<=[;.:])) ?|\n)[-+•] ?")
_MARK_OR_SEMICOLON = re.compile(r"^|(?<=[;.]) ?[-+•]? ?")
_FILED = re.compile(r"^Lưu ?:? ?", re.IGNORECASE)
_END_OF_TEXT = re.compile(r"\./\.")
_REACH = 4000


def foot_start(source: Source) -> int:
    """Return where the foot begins: at "Nơi nhận", the signer's capacity or after "./."."""
    earliest = _end_of_text(source)
    found = [match.start() for match in (_recipients(source), _capacity(source, earliest)) if match]
    if not found:
        position = _POSITION_LINE.search(source.text, earliest) if earliest else None
        return position.start() if position else (earliest or len(source.text))
    return min(found)


def read_foot(source: Source, start: int, end: int) -> Foot:
    """Return recipients, filing place and signer found between two places."""
    end = min(end, start + _REACH)
    capacity = _capacity(source, start, end)
    position = _position(source, capacity, start, end)
    recipients, filed_at = _sent_to(source)
    signed = position or capacity
    return Foot(
        recipients=recipients,
        filed_at=filed_at,
        capacity=_without_position(source, capacity),
        position=position,
        signer=_signer(source, capacity.end() if capacity else start, end) if signed else None,
    )


def has_recipients(source: Source) -> bool:
    """Say whether the text names where it goes."""
    return _recipients(source) is not None


def has_signature(source: Source) -> bool:
    """Say whether somebody signs in a capacity."""
    return _capacity(source, 0) is not None


def _end_of_text(source: Source) -> int:
    match = _END_OF_TEXT.search(source.text)
    return match.end() if match else 0


def _recipients(source: Source) -> re.Match[str] | None:
    return _RECIPIENTS.search(source.text)


def _capacity(source: Source, start: int, end: int | None = None) -> re.Match[str] | None:
    return _CAPACITY.search(source.text, start, len(source.text) if end is None else end)


def _without_position(source: Source, capacity: re.Match[str] | None) -> Found[str] | None:
    if capacity is None:
        return None
    position = _position_within(capacity)
    words = (capacity[0][: position.start()] if position else capacity[0]).strip(" ,-\n")
    return source.found(capacity.start(), capacity.start() + len(words), " ".join(words.split()))


def _position_within(capacity: re.Match[str]) -> re.Match[str] | None:
    """Find the position in a capacity of one line ("TM. ỦY BAN NHÂN DÂN CHỦ TỊCH"), never its first words."""
    opening = re.match(r"(?:.*\n)*\S+ ?\S+", capacity[0])
    found = _POSITION.search(capacity[0].rstrip(), opening.end() if opening else 0)
    return found if found and found.start() > 0 else None


def _position(source: Source, capacity: re.Match[str] | None, start: int, end: int) -> Found[str] | None:
    inside = _position_within(capacity) if capacity else None
    if capacity and inside:
        at = capacity.start() + inside.start()
        return source.found(at, at + len(inside[0]), inside[0].strip())
    line = _POSITION_LINE.search(source.text, capacity.end() if capacity else start, end)
    return source.found(line.start(), line.end(), line[0].strip()) if line else None


def _signer(source: Source, start: int, end: int) -> Found[str] | None:
    """Return the first line below the signer's capacity that can be a person's name."""
    for line in lines(source, start, end):
        if _NAME.match(line.text.strip()):
            return source.found(line.start, line.end, line.text.strip())
    return None


def _sent_to(source: Source) -> tuple[tuple[Found[str], ...], Found[str] | None]:
    opening = _recipients(source)
    if opening is None:
        return (), None
    entries = _entries(source, opening.end())
    recipients = tuple(entry for entry in entries if not _FILED.match(entry.value))
    filed = next((entry for entry in entries if _FILED.match(entry.value)), None)
    return recipients, Found(_FILED.sub("", filed.value), filed.span) if filed else None


def _entries(source: Source, start: int) -> list[Found[str]]:
    """Return the entries of the list; lines of a signer printed beside it are passed over."""
    found: list[Found[str]] = []
    for line in lines(source, start, min(len(source.text), start + _REACH)):
        is_beside_the_word = line.start == start
        found += _listed(source, line, _MARK_OR_SEMICOLON if is_beside_the_word else _LIST_MARK)
        if found and _FILED.match(found[-1].value):
            break
    return found


def _listed(source: Source, line: Line, mark: re.Pattern[str]) -> list[Found[str]]:
    """Return what stands behind the list marks of a line."""
    marks = list(mark.finditer(line.text))
    ends = [following.start() for following in marks[1:]] + [len(line.text)]
    found = []
    for opening, end in zip(marks, ends, strict=False):
        value = line.text[opening.end() : end].strip(" ;.,-")
        if value:
            at = line.start + opening.end()
            found.append(source.found(at, at + len(value), value))
    return found
