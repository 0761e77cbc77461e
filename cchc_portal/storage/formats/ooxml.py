"""What DOCX, XLSX and PPTX have in common: a ZIP archive of XML parts tied by relationships."""

import posixpath
import zipfile
from collections.abc import Iterator
from pathlib import Path
from types import TracebackType
from typing import Self
from xml.parsers import expat

from lxml import etree

from cchc_portal.core.errors import Invalid
from cchc_portal.storage.formats import messages, signatures

MAX_ENTRIES = 5_000
MAX_UNPACKED = 200 * 1024 * 1024
MAX_PART = 40 * 1024 * 1024  # a part that is read into a tree
MAX_RATIO = 250  # XML seldom exceeds 60; a bomb reaches 1,000
_SMALL = 4 * 1024 * 1024  # below this a ratio says nothing

CONTENT_TYPES = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml",
    "pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation.main+xml",
}
_END_RECORD = b"PK\x05\x06"
_END_LENGTH = 22


def check(path: Path, kind: str) -> None:
    """Go through the whole archive without unpacking it to disk.

    Raises:
        Invalid: another kind, too large unpacked, protected, with macros, or with forbidden XML.
    """
    signatures.require(path, signatures.ZIP)
    with zipfile.ZipFile(path) as archive:
        _require_shape(path, archive)
        for entry in archive.infolist():
            _require_entry(entry)
        _require_kind(archive, kind)
        for entry in archive.infolist():
            if entry.filename.endswith((".xml", ".rels")):
                _scan(archive, entry)


class Package:
    """An Office file open for reading, part by part.

    Args:
        path: a file that `check` has accepted.
    """

    def __init__(self, path: Path) -> None:
        self._archive = zipfile.ZipFile(path)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._archive.close()

    def main(self) -> str:
        """Return the name of the part with which reading begins."""
        return next(target for _, kind, target in self._relations("") if kind == "officeDocument")

    def related(self, part: str, kind: str) -> list[str]:
        """Return the parts of a kind ("styles", "header", …) that a part points to."""
        return [target for _, found, target in self._relations(part) if found == kind]

    def target(self, part: str, relation_id: str) -> str:
        """Return the part behind a relationship's id."""
        return next(target for found, _, target in self._relations(part) if found == relation_id)

    def tree(self, part: str) -> etree._Element:
        """Return the root element of a part; entities are never resolved.

        Raises:
            Invalid: the part is too large or too deep.
        """
        if self._archive.getinfo(part).file_size > MAX_PART:
            raise Invalid({"": messages.TOO_COMPLEX})
        parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
        try:
            return etree.fromstring(self._archive.read(part), parser)
        except etree.XMLSyntaxError:  # `check` found it well-formed, so it went over a limit of the parser
            raise Invalid({"": messages.TOO_COMPLEX}) from None

    def _relations(self, part: str) -> Iterator[tuple[str, str, str]]:
        folder, name = posixpath.split(part)
        listing = posixpath.join(folder, "_rels", f"{name}.rels")
        if listing not in self._archive.namelist():
            return
        for relation in self.tree(listing):
            if relation.get("TargetMode") != "External":
                target = posixpath.normpath(posixpath.join("/", folder, relation.get("Target", "")))
                yield relation.get("Id", ""), posixpath.basename(relation.get("Type", "")), target.lstrip("/")


def local_name(element: etree._Element) -> str:
    """Return an element's name without its namespace; strict and usual files differ only in that."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def attribute(element: etree._Element, name: str) -> str:
    """Return an attribute by its name without the namespace; empty if it is not there."""
    return next((str(value) for key, value in element.items() if str(key).rpartition("}")[2] == name), "")


def _require_shape(path: Path, archive: zipfile.ZipFile) -> None:
    entries = archive.infolist()
    if len(entries) > MAX_ENTRIES or sum(entry.file_size for entry in entries) > MAX_UNPACKED:
        raise Invalid({"": messages.TOO_COMPLEX})
    with path.open("rb") as file:
        signatures.refuse_pdf(file.read(1024))
        file.seek(-_END_LENGTH, 2)
        if file.read(len(_END_RECORD)) != _END_RECORD:  # something follows the archive
            raise Invalid({"": messages.DISGUISED})
    if len({entry.filename.lower() for entry in entries}) != len(entries):
        raise Invalid({"": messages.DAMAGED})


def _require_entry(entry: zipfile.ZipInfo) -> None:
    if entry.flag_bits & 1:
        raise Invalid({"": messages.OFFICE_PASSWORD})
    if entry.compress_type not in {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}:
        raise Invalid({"": messages.DAMAGED})
    if entry.file_size > max(_SMALL, entry.compress_size * MAX_RATIO):
        raise Invalid({"": messages.TOO_COMPLEX})
    if entry.filename.startswith("/") or ".." in entry.filename.split("/") or "\\" in entry.orig_filename:
        raise Invalid({"": messages.DISGUISED})


def _require_kind(archive: zipfile.ZipFile, kind: str) -> None:
    if "[Content_Types].xml" not in archive.namelist():
        raise Invalid({"": messages.WRONG_ENDING})
    _scan(archive, archive.getinfo("[Content_Types].xml"))
    with archive.open("[Content_Types].xml") as part:
        types = {element.get("ContentType", "") for element in etree.parse(part).getroot()}
    if _has_macros(types, archive.namelist()):
        raise Invalid({"": messages.MACROS})
    if CONTENT_TYPES[kind] not in types:
        raise Invalid({"": messages.WRONG_ENDING})


def _has_macros(types: set[str], names: list[str]) -> bool:
    words = (*types, *names)
    return any("macroenabled" in word.lower() or "vbaproject" in word.lower() for word in words)


def _scan(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> None:
    """Read a part to its end: well-formed, sums right, no document type (Office writes none)."""
    parser = expat.ParserCreate()
    parser.StartDoctypeDeclHandler = _refuse_doctype
    with archive.open(entry) as part:
        parser.ParseFile(part)


def _refuse_doctype(*_declaration: object) -> None:
    raise Invalid({"": messages.DISGUISED})
