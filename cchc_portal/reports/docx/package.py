"""DOCX files as parts: a template taken apart, a document put together, the same bytes every time.

Only what a text document needs is taken over from a template: styles, lists, page headers, pictures.
Settings, properties with names of people, macros, embedded objects and whatever else a file may carry
stay behind, so no document that leaves the office can hold them.
"""

import io
import posixpath
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from xml.sax.saxutils import quoteattr

from lxml import etree

from cchc_portal.core.errors import Invalid
from cchc_portal.core.i18n import N_
from cchc_portal.reports.docx.oxml import w, writable

LARGEST_FILE = 2 * 1024 * 1024
LARGEST_PART = 2 * 1024 * 1024
LARGEST_SUM = 8 * 1024 * 1024
MOST_PARTS = 60
MOST_ELEMENTS = 20_000  # in a part; what Word writes for a template has some thousands
MOST_ATTRIBUTES = 200  # of an element; lxml lists them in the square of their number

TOO_LARGE = N_("Mẫu quá lớn hoặc quá phức tạp. Hãy bỏ bớt hình ảnh (mẫu không quá 2 MB) rồi chọn lại.")
DAMAGED = N_("Không đọc được mẫu. Hãy mở tệp bằng Word, lưu lại dạng “Word Document (*.docx)” rồi chọn lại.")
WRONG_PICTURE = N_("Hình ảnh trong mẫu phải ở dạng PNG hoặc JPG. Hãy thay hình rồi lưu lại.")

_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_WORD_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_TREES = {
    "styles": f"{_WORD_TYPE}.styles+xml",
    "numbering": f"{_WORD_TYPE}.numbering+xml",
    "fontTable": f"{_WORD_TYPE}.fontTable+xml",
    "header": f"{_WORD_TYPE}.header+xml",
    "footer": f"{_WORD_TYPE}.footer+xml",
    "footnotes": f"{_WORD_TYPE}.footnotes+xml",
    "endnotes": f"{_WORD_TYPE}.endnotes+xml",
    "theme": "application/vnd.openxmlformats-officedocument.theme+xml",
    "settings": f"{_WORD_TYPE}.settings+xml",
}
_PICTURES = {b"\x89PNG\r\n\x1a\n": "png", b"\xff\xd8\xff": "jpeg"}
_LINKS = ("http://", "https://", "mailto:")
_EPOCH = (1980, 1, 1, 0, 0, 0)


@dataclass
class Part:
    """A part of a document and what it points to.

    Args:
        kind: last word of the relationship that leads to it.
        content: a tree, or the bytes of a picture.
        links: relationship id → part, or the address of a hyperlink.
    """

    kind: str
    content: etree._Element | bytes
    links: dict[str, "Part | str"] = field(default_factory=dict)

    @property
    def root(self) -> etree._Element:
        """Its tree."""
        if isinstance(self.content, bytes):
            raise TypeError("a picture has no tree")
        return self.content

    def below(self, kind: str) -> list["Part"]:
        """Return the parts of a kind that it points to."""
        return [link for link in self.links.values() if isinstance(link, Part) and link.kind == kind]


def read(content: bytes) -> Part:
    """Take a DOCX apart and return its main part.

    Raises:
        Invalid: no DOCX that Word saved in its usual way, or too large.
    """
    if len(content) > LARGEST_FILE:
        raise Invalid({"": TOO_LARGE})
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            main = _Reader(archive).main()
    except (zipfile.BadZipFile, etree.XMLSyntaxError, KeyError, NotImplementedError, StopIteration, EOFError):
        raise Invalid({"": DAMAGED}) from None
    if main.root.tag != w("document") or main.root.find(w("body")) is None:
        raise Invalid({"": DAMAGED})
    return main


def parse(content: bytes) -> etree._Element:
    """Return the tree of a part; entities are never resolved, nothing is fetched.

    Raises:
        Invalid: too many elements or attributes, or a document type, which no office program writes.
    """
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True, remove_pis=True
    )
    if content.count(b"<") > 2 * MOST_ELEMENTS:  # beginnings and ends, before a tree is made of them
        raise Invalid({"": TOO_LARGE})
    root = etree.fromstring(content, parser)
    if root.getroottree().docinfo.internalDTD is not None:
        raise Invalid({"": DAMAGED})
    if any(len(node.attrib) > MOST_ATTRIBUTES for node in root.iter()):
        raise Invalid({"": TOO_LARGE})
    return root


def write(main: Part, *, title: str, on: date) -> bytes:
    """Put a document together.

    Args:
        main: its main part with everything below.
        title: for the properties of the file.
        on: the day for the properties; nothing else in the file depends on the clock.
    """
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        for name, content in _files(main, title, on):
            entry = zipfile.ZipInfo(name, _EPOCH)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o600 << 16
            archive.writestr(entry, content)
    return target.getvalue()


class _Reader:
    """Follows the relationships of an archive from its main part on."""

    def __init__(self, archive: zipfile.ZipFile) -> None:
        self._archive = archive
        self._left = LARGEST_SUM
        self._count = 0

    def main(self) -> Part:
        """Return the main part with all that is taken over below it."""
        target = next(target for _id, kind, target, _out in self._relations("") if kind == "officeDocument")
        return self._part("document", target)

    def _part(self, kind: str, name: str) -> Part:
        self._count += 1
        if self._count > MOST_PARTS:
            raise Invalid({"": TOO_LARGE})
        content = self._bytes(name)
        if kind == "image":
            _picture_type(content)
            return Part(kind, content)
        part = Part(kind, parse(content))
        for relation_id, below, target, is_outside in self._relations(name):
            if below == "hyperlink" and is_outside and target.lower().startswith(_LINKS):
                part.links[relation_id] = target
            elif not is_outside and (below in _TREES or below == "image") and below != "settings":
                part.links[relation_id] = self._part(below, target)
        return part

    def _bytes(self, name: str) -> bytes:
        size = self._archive.getinfo(name).file_size
        self._left -= size
        if size > LARGEST_PART or self._left < 0:
            raise Invalid({"": TOO_LARGE})
        return self._archive.read(name)

    def _relations(self, part: str) -> Iterator[tuple[str, str, str, bool]]:
        """Yield id, kind, target and whether it lies outside."""
        folder, name = posixpath.split(part)
        listing = posixpath.join(folder, "_rels", f"{name}.rels")
        if listing not in self._archive.namelist():
            return
        for relation in parse(self._bytes(listing)):
            target, is_outside = relation.get("Target", ""), relation.get("TargetMode") == "External"
            if not is_outside:
                target = posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")
            yield relation.get("Id", ""), posixpath.basename(relation.get("Type", "")), target, is_outside


def _picture_type(content: bytes) -> str:
    for signature, ending in _PICTURES.items():
        if content.startswith(signature):
            return ending
    raise Invalid({"": WRONG_PICTURE})


def _files(main: Part, title: str, on: date) -> Iterator[tuple[str, bytes]]:
    """Yield the names and bytes of all files of a document, in the order Word writes them."""
    placed = list(_placed(main))
    yield "[Content_Types].xml", _content_types(placed)
    yield "_rels/.rels", _relations([("rId1", "officeDocument", "word/document.xml", False)], core=True)
    for name, part in placed:
        yield name, part.content if isinstance(part.content, bytes) else _serialised(part.content)
        if links := _links(part, placed):
            folder, last = posixpath.split(name)
            yield f"{folder}/_rels/{last}.rels", _relations(links)
    yield "docProps/core.xml", _properties(title, on)


def _placed(main: Part) -> Iterator[tuple[str, Part]]:
    """Yield all parts with names of our own."""
    counts: dict[str, int] = {}
    waiting, seen = [main], set[int]()
    while waiting:
        part = waiting.pop(0)
        if id(part) in seen:
            continue
        seen.add(id(part))
        counts[part.kind] = counts.get(part.kind, 0) + 1
        number = (
            ""
            if part.kind in {"document", "styles", "numbering", "fontTable", "settings"}
            else counts[part.kind]
        )
        ending = _picture_type(part.content) if isinstance(part.content, bytes) else "xml"
        yield f"word/{part.kind}{number}.{ending}", part
        waiting += [link for link in part.links.values() if isinstance(link, Part)]


def _links(part: Part, placed: list[tuple[str, Part]]) -> list[tuple[str, str, str, bool]]:
    names = {id(other): name for name, other in placed}
    return [
        (relation_id, link.kind, posixpath.relpath(names[id(link)], "word"), False)
        if isinstance(link, Part)
        else (relation_id, "hyperlink", link, True)
        for relation_id, link in part.links.items()
    ]


def _relations(links: list[tuple[str, str, str, bool]], *, core: bool = False) -> bytes:
    rows = [
        f'<Relationship Id={quoteattr(relation_id)} Type="{_OFFICE}/{kind}" Target={quoteattr(target)}'
        + (' TargetMode="External"/>' if is_outside else "/>")
        for relation_id, kind, target, is_outside in links
    ]
    if core:
        kind = f"{_PACKAGE}/relationships/metadata/core-properties"
        rows.append(f'<Relationship Id="rId2" Type="{kind}" Target="docProps/core.xml"/>')
    return _xml(f'<Relationships xmlns="{_PACKAGE}/relationships">{"".join(rows)}</Relationships>')


def _content_types(placed: list[tuple[str, Part]]) -> bytes:
    types = {"document": f"{_WORD_TYPE}.document.main+xml"} | _TREES
    rows = [
        f'<Override PartName="/{name}" ContentType="{types[part.kind]}"/>'
        for name, part in placed
        if part.kind in types
    ]
    core = "application/vnd.openxmlformats-package.core-properties+xml"
    rows.append(f'<Override PartName="/docProps/core.xml" ContentType="{core}"/>')
    endings = {
        "jpeg": "image/jpeg",
        "png": "image/png",
        "rels": "application/vnd.openxmlformats-package.relationships+xml",
        "xml": "application/xml",
    }
    defaults = [f'<Default Extension="{key}" ContentType="{value}"/>' for key, value in endings.items()]
    return _xml(f'<Types xmlns="{_PACKAGE}/content-types">{"".join(defaults + rows)}</Types>')


def _properties(title: str, on: date) -> bytes:
    root = etree.fromstring(
        f'<cp:coreProperties xmlns:cp="{_PACKAGE}/metadata/core-properties" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" '
        'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><dc:title/><dc:language>vi-VN</dc:language>'
        f'<dcterms:created xsi:type="dcterms:W3CDTF">{on.isoformat()}T00:00:00Z</dcterms:created>'
        f'<dcterms:modified xsi:type="dcterms:W3CDTF">{on.isoformat()}T00:00:00Z</dcterms:modified>'
        "</cp:coreProperties>"
    )
    root[0].text = writable(title)
    return _serialised(root)


def _serialised(root: etree._Element) -> bytes:
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


def _xml(body: str) -> bytes:
    return f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n{body}'.encode()
