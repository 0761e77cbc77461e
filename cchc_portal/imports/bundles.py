"""A folder or a ZIP of documents: each file is one past initiative."""

import hashlib
import zipfile
import zlib
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path, PurePosixPath
from typing import IO, NamedTuple

from cchc_portal.core.errors import Invalid
from cchc_portal.core.i18n import N_
from cchc_portal.core.text import clean_line
from cchc_portal.imports.documents import understand
from cchc_portal.storage import formats
from cchc_portal.storage import operations as storage
from cchc_portal.storage.formats import messages
from cchc_portal.storage.formats.kinds import Kind, Passage, claimed
from cchc_portal.storage.operations import Received

MOST_FILES = 2_000
LONGEST_PART = 200_000  # letters
NO_FILES = N_("Không có tệp DOCX hay PDF nào bên trong.")
TOO_MANY_FILES = N_("Có hơn 2.000 tệp. Hãy chia thành nhiều lần nhập.")
NOT_A_DOCUMENT = N_("Chỉ nhập được tệp DOCX, PDF, TXT hoặc MD.")
SCANNED = N_(
    "Tệp PDF là bản quét, không có chữ để đọc. Hãy dùng tệp gốc DOCX hoặc nhận dạng chữ (OCR) trước."
)
UNSAFE = N_("Tên tệp trong ZIP trỏ ra ngoài thư mục nên không được nhận. Hãy nén lại thư mục rồi thử lại.")
LOCKED = N_("Tệp trong ZIP được đặt mật khẩu. Hãy nén lại không đặt mật khẩu.")
UNREADABLE = N_("Không giải nén được tệp này: ZIP bị hỏng hoặc dùng kiểu nén lạ. Hãy nén lại rồi thử lại.")
_DOCUMENTS = frozenset({Kind.DOCX, Kind.PDF, Kind.TXT, Kind.MD})
_PLAIN = frozenset({zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED})  # the others may ask for gigabytes of memory
_FAULTS = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, ValueError)


@dataclass(frozen=True)
class Paper:
    """A file of a bundle.

    Args:
        path: folders and name inside the bundle, for people; nothing is ever written there.
        open: gives its bytes.
        refused: why it is not opened at all; "" if nothing speaks against it.
    """

    path: str
    open: Callable[[], IO[bytes]]
    refused: str = ""


class Read(NamedTuple):
    """What a paper says by column, with its bytes if they were kept."""

    values: dict[str, str]
    received: Received | None = None


def in_folder(folder: Path) -> list[Paper]:
    """Return the documents in a folder and those inside it; links are not followed.

    Raises:
        Invalid: none, or too many.
    """
    files = sorted(path for path in folder.rglob("*") if path.is_file() and not path.is_symlink())
    return _some(
        Paper(str(path.relative_to(folder).as_posix()), partial[IO[bytes]](path.open, "rb")) for path in files
    )


@contextmanager
def in_zip(path: Path) -> Iterator[list[Paper]]:
    """Give the documents in a ZIP that `formats.check_archive` has accepted.

    Raises:
        Invalid: none, or too many.
    """
    with zipfile.ZipFile(path) as archive:
        entries = sorted(archive.infolist(), key=lambda entry: entry.filename)
        yield _some(_entry(archive, entry) for entry in entries if not entry.is_dir())


def read(paper: Paper, *, keeps: bool) -> Read:
    """Return what a paper says; one that cannot be read says why in "refused".

    Args:
        paper: is opened in a process of its own, see `storage.formats`.
        keeps: store its bytes, so that they can be attached.
    """
    name = PurePosixPath(paper.path).name
    try:
        _require_document(paper, name)
        with paper.open() as stream:
            return _keep(stream, name, paper.path) if keeps else _look(stream, name, paper.path)
    except Invalid as refused:
        return Read({"title": clean_line(name), "file": paper.path, "refused": refused.message})
    except _FAULTS:
        return Read({"title": clean_line(name), "file": paper.path, "refused": UNREADABLE})


def _require_document(paper: Paper, name: str) -> None:
    if paper.refused:
        raise Invalid({"": paper.refused})
    if claimed(name) not in _DOCUMENTS:
        raise Invalid({"": NOT_A_DOCUMENT})


def _keep(stream: IO[bytes], name: str, path: str) -> Read:
    received = storage.receive(stream, name=name)
    return Read(_values(storage.text_of(received), received.kind, path, received.sha256), received)


def _look(stream: IO[bytes], name: str, path: str) -> Read:
    with storage.borrow(stream) as draft:
        kind = formats.identify(draft, name)
        with draft.open("rb") as file:
            sha256 = hashlib.file_digest(file, "sha256").hexdigest()
        return Read(_values(formats.extract_text(draft, kind), kind, path, sha256))


def _values(passages: Sequence[Passage], kind: Kind, path: str, sha256: str) -> dict[str, str]:
    text = "\n".join(passage.text for passage in passages).strip()
    if not text:
        raise Invalid({"": SCANNED if kind is Kind.PDF else messages.EMPTY})
    said = {column: value[:LONGEST_PART] for column, value in understand(text, path).items()}
    return {**said, "file": path, "sum": sha256}


def _entry(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> Paper:
    name = _name(entry)
    parts = name.replace("\\", "/").split("/")
    if ".." in parts or name.startswith(("/", "\\")) or ":" in parts[0]:
        refused = UNSAFE
    elif entry.flag_bits & 1:
        refused = LOCKED
    elif entry.file_size > formats.MAX_BYTES:
        refused = messages.TOO_LARGE
    else:
        refused = "" if entry.compress_type in _PLAIN else UNREADABLE
    return Paper(clean_line(name)[:500], partial[IO[bytes]](archive.open, entry), refused)


def _name(entry: zipfile.ZipInfo) -> str:
    """Return the name of an entry; many programs write UTF-8 without saying so."""
    if entry.flag_bits & 0x800:
        return entry.filename
    try:
        return entry.filename.encode("cp437").decode()
    except UnicodeError:
        return entry.filename


def _some(papers: Iterator[Paper]) -> list[Paper]:
    """Return papers without what systems leave in folders."""
    found = [paper for paper in papers if not _is_litter(PurePosixPath(paper.path))]
    if not found:
        raise Invalid({"": NO_FILES})
    if len(found) > MOST_FILES:
        raise Invalid({"": TOO_MANY_FILES})
    return found


def _is_litter(path: PurePosixPath) -> bool:
    return (
        path.name.startswith((".", "~$"))
        or path.name.lower() in {"thumbs.db", "desktop.ini"}
        or "__MACOSX" in path.parts
    )
