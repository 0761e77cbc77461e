"""First bytes of files, and bytes that have no business in a file of another kind."""

import re
import zipfile
from pathlib import Path

from cchc_portal.core.errors import Invalid
from cchc_portal.storage.formats import messages

ZIP = b"PK\x03\x04"
PDF = b"%PDF-"
JPEG = b"\xff\xd8\xff"
PNG = b"\x89PNG\r\n\x1a\n"
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # DOC, XLS, PPT, and what Office encrypts
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_MARKUP = re.compile(rb"<script[\s>]|<html[\s>]|<svg[\s>]|<!doctype html|<\?php\s", re.IGNORECASE)
_PDF_HEAD = 1024  # readers look this far for a PDF's beginning


def require(path: Path, signature: bytes) -> None:
    """Refuse a file that does not begin as its kind does.

    Raises:
        Invalid: it is something else; says so for old and for encrypted Office files.
    """
    with path.open("rb") as file:
        head = file.read(len(_OLE))
    if head.startswith(signature):
        return
    if head == _OLE:
        encrypted = _ENCRYPTED in path.read_bytes()
        raise Invalid({"": messages.OFFICE_PASSWORD if encrypted else messages.OLD_OFFICE})
    raise Invalid({"": messages.WRONG_ENDING})


def refuse_archive(path: Path) -> None:
    """Refuse a file that can also be opened as an archive."""
    if zipfile.is_zipfile(path):
        raise Invalid({"": messages.DISGUISED})


def refuse_pdf(head: bytes) -> None:
    """Refuse a file that can also be opened as a PDF."""
    if PDF in head[:_PDF_HEAD]:
        raise Invalid({"": messages.DISGUISED})


def refuse_markup(content: bytes) -> None:
    """Refuse a file in which a browser would find a page or a program."""
    if _MARKUP.search(content):
        raise Invalid({"": messages.DISGUISED})
