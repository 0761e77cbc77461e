"""Names of files: as people gave them, made safe for headers and disks."""

import re
import unicodedata
from pathlib import PurePosixPath
from urllib.parse import quote

from cchc_portal.core.text import clean_line

LONGEST = 180  # letters; three bytes each still fit into 255 with the percent signs gone
NAMELESS = "tep"
_FORBIDDEN = re.compile(r'[\x00-\x1f\x7f-\x9f"*/:<>?\\|\u2028\u2029]')
_NOT_ASCII = re.compile(r"[^A-Za-z0-9 ._()\[\]+,=@-]")


def clean_name(name: str) -> str:
    r"""Return a file's name without folders and without letters that disks or headers trip over.

    >>> clean_name(r"C:\Hồ sơ\Báo cáo: quý 1.docx")
    'Báo cáo_ quý 1.docx'
    """
    last = name.replace("\\", "/").rstrip("/").rpartition("/")[2]
    safe = _FORBIDDEN.sub("_", clean_line(last)).strip(" .")
    return _shortened(safe) or NAMELESS


def content_disposition(name: str) -> str:
    r"""Return the header that lets a browser save a download under its Vietnamese name (RFC 6266).

    >>> content_disposition("Đề án.pdf")
    'attachment; filename="De an.pdf"; filename*=UTF-8\'\'%C4%90%E1%BB%81%20%C3%A1n.pdf'
    """
    safe = clean_name(name)
    return f"attachment; filename=\"{_ascii(safe)}\"; filename*=UTF-8''{quote(safe, safe='')}"


def _shortened(name: str) -> str:
    ending = PurePosixPath(name).suffix[:20]
    return name if len(name) <= LONGEST else name[: LONGEST - len(ending)].rstrip(" .") + ending


def _ascii(name: str) -> str:
    plain = unicodedata.normalize("NFD", name.replace("đ", "d").replace("Đ", "D"))
    return _NOT_ASCII.sub("_", "".join(char for char in plain if not unicodedata.combining(char)))
