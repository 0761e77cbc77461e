"""The kinds of files the portal takes, and what is read out of them."""

from enum import StrEnum
from pathlib import PurePath
from typing import NamedTuple

from cchc_portal.core.errors import Invalid
from cchc_portal.storage.formats import messages


class Kind(StrEnum):
    """What a file was found to be by opening it."""

    DOCX = "docx"
    PDF = "pdf"
    XLSX = "xlsx"
    PPTX = "pptx"
    JPEG = "jpeg"
    PNG = "png"
    TXT = "txt"
    MD = "md"
    CSV = "csv"
    ZIP = "zip"  # only where files are brought in together

    @property
    def has_text(self) -> bool:
        """Whether text can be read out of it."""
        return self not in {Kind.JPEG, Kind.PNG, Kind.ZIP}


class Passage(NamedTuple):
    """A piece of a file's text; `where` is "trang 3", "slide 2", "sheet Thu chi" or empty."""

    text: str
    where: str


_OLD_OFFICE = dict.fromkeys(("doc", "dot", "rtf", "odt", "xls", "ods", "ppt", "odp"), messages.OLD_OFFICE)
_MACROS = dict.fromkeys(("docm", "dotm", "xlsm", "xltm", "xlsb", "pptm", "ppsm"), messages.MACROS)
_IMAGES = dict.fromkeys(("heic", "heif", "webp", "gif", "bmp", "tif", "tiff"), messages.OTHER_IMAGE)
_ARCHIVES = dict.fromkeys(("zip", "rar", "7z", "tar", "gz"), messages.ARCHIVE)
_REFUSED = _OLD_OFFICE | _MACROS | _IMAGES | _ARCHIVES
_ACCEPTED = {kind.value: kind for kind in Kind if kind is not Kind.ZIP} | {"jpg": Kind.JPEG}


def claimed(name: str) -> Kind:
    """Return the kind a file name claims by its ending.

    Raises:
        Invalid: the portal takes no such files; the message says what to save it as.
    """
    ending = PurePath(name).suffix.lower().removeprefix(".")
    if ending in _ACCEPTED:
        return _ACCEPTED[ending]
    raise Invalid({"": _REFUSED.get(ending, messages.NOT_ACCEPTED)})
