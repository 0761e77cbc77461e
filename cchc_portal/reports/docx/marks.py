"""Marks such as {{ số, ký hiệu }} in a template: found whatever runs Word has cut them into, and filled in."""

import re
from collections.abc import Iterator, Mapping
from copy import deepcopy
from enum import StrEnum

from lxml import etree

from cchc_portal.core.text import fold_name
from cchc_portal.reports.docx.oxml import BLANK, paragraphs, text_of, texts, w, writable

_MARK = re.compile(r"\{\{([^{}]{0,80})\}\}")


class Mark(StrEnum):
    """What the engine fills in, as a clerk reads it between the braces."""

    SUPERIOR = "cơ quan cấp trên"
    ISSUER = "cơ quan ban hành"
    NUMBER = "số, ký hiệu"
    DATE = "địa danh, ngày"
    URGENCY = "mức độ khẩn"
    TITLE = "tên loại"
    SUBJECT = "trích yếu"
    ADDRESSEES = "kính gửi"
    BODY = "nội dung"
    RECIPIENTS = "nơi nhận"
    SIGNATURE = "người ký"

    @property
    def written(self) -> str:
        """The mark as it stands in the template."""
        return f"{{{{ {self.value} }}}}"

    @property
    def is_block(self) -> bool:
        """Whether paragraphs of several kinds take its place, so that it needs one of its own."""
        return self in BLOCKS


BLOCKS = frozenset({Mark.ADDRESSEES, Mark.BODY, Mark.RECIPIENTS, Mark.SIGNATURE})
_BY_NAME = {fold_name(mark.value): mark for mark in Mark}


def named(words: str) -> Mark | None:
    """Return the mark that words between braces mean, however they are accented, spaced or capitalised."""
    return _BY_NAME.get(fold_name(words))


def words_in(paragraph: etree._Element) -> list[str]:
    """Return what stands between the braces of a paragraph."""
    return _MARK.findall(text_of(paragraph))


def is_alone(paragraph: etree._Element) -> bool:
    """Say whether a paragraph holds one mark and nothing else."""
    return bool(_MARK.fullmatch(text_of(paragraph).strip()))


def paragraph_of(mark: Mark, container: etree._Element) -> etree._Element | None:
    """Return the first paragraph that holds a mark."""
    return next((one for one in paragraphs(container) if mark in map(named, words_in(one))), None)


def fill(container: etree._Element, values: Mapping[Mark, tuple[str, ...]]) -> None:
    """Put words in the place of all marks that are not blocks.

    A paragraph that holds one mark alone is repeated for each line and taken out for none; elsewhere
    lines are joined.

    Args:
        container: body, page header or footer.
        values: lines for each mark.
    """
    for paragraph in paragraphs(container):
        wanted = [mark for words in words_in(paragraph) if (mark := named(words)) and not mark.is_block]
        if not wanted:
            continue
        if is_alone(paragraph):
            for line in values[wanted[0]]:
                copy = deepcopy(paragraph)
                paragraph.addprevious(copy)
                _replace(copy, {wanted[0]: line})
            take_out(paragraph)
        else:
            _replace(paragraph, {mark: " ".join(values[mark]) for mark in wanted})


def take_out(paragraph: etree._Element) -> None:
    """Remove a paragraph; the only one of a table's cell or a page header is emptied, they need one."""
    parent = paragraph.getparent()
    if parent is None:
        return
    if parent.tag != w("body") and len(parent.findall(w("p"))) == 1:
        for child in list(paragraph):
            if child.tag != w("pPr"):
                paragraph.remove(child)
        return
    parent.remove(paragraph)


def _replace(paragraph: etree._Element, values: Mapping[Mark, str]) -> None:
    """Write values over the marks; each takes on the look of the mark's first letter."""
    pieces = texts(paragraph)
    found = list(_MARK.finditer("".join(piece.text or "" for piece in pieces)))
    for match in reversed(found):
        mark = named(match[1])
        if mark is not None and mark in values:
            _write_over(pieces, match.span(), writable(values[mark]))


def _write_over(pieces: list[etree._Element], span: tuple[int, int], words: str) -> None:
    is_written = False
    for piece, start, end in _overlaps(pieces, *span):
        text = piece.text or ""
        piece.text = text[:start] + ("" if is_written else words) + text[end:]
        piece.set(BLANK, "preserve")
        is_written = True


def _overlaps(
    pieces: list[etree._Element], start: int, end: int
) -> Iterator[tuple[etree._Element, int, int]]:
    """Yield the pieces that a stretch of the text touches, and which letters of them."""
    offset = 0
    for piece in pieces:
        length = len(piece.text or "")
        if offset < end and offset + length > start:
            yield piece, max(start - offset, 0), min(end - offset, length)
        offset += length
