"""Folders and archives of documents, hostile ones too."""

import io
import struct
import zipfile
from pathlib import Path

import pytest
from flask import Flask

from cchc_portal.core.errors import Invalid
from cchc_portal.imports import bundles
from cchc_portal.storage import formats
from cchc_portal.storage.formats import archive, messages
from tests.factories.storage import docx_bytes, pdf_bytes, zipped

pytestmark = pytest.mark.parametrize("app", ["sqlite"], indirect=True)
PAPER = docx_bytes("Tên sáng kiến: Tra cứu bằng mã QR", "Nội dung: Dán mã.")


def _in_zip(tmp_path: Path, content: bytes) -> list[bundles.Read]:
    path = tmp_path / "cu.zip"
    path.write_bytes(content)
    formats.check_archive(path)
    with bundles.in_zip(path) as papers:
        return [bundles.read(paper, keeps=False) for paper in papers]


def _refusals(read: list[bundles.Read]) -> dict[str, str]:
    return {one.values["file"]: one.values.get("refused", "") for one in read}


def test_each_file_of_a_folder_is_read(app: Flask, tmp_path: Path) -> None:
    (tmp_path / "2019").mkdir()
    (tmp_path / "2019" / "a.docx").write_bytes(PAPER)
    (tmp_path / "~$a.docx").write_bytes(b"x")
    (tmp_path / "link.docx").symlink_to("/etc/passwd")

    read = [bundles.read(paper, keeps=False) for paper in bundles.in_folder(tmp_path)]

    assert [{**one.values, "sum": len(one.values["sum"])} for one in read] == [
        {
            "title": "Tra cứu bằng mã QR",
            "solution": "Dán mã.",
            "year": "2019",
            "file": "2019/a.docx",
            "sum": 64,
        }
    ]


def test_each_bad_file_of_an_archive_says_why(app: Flask, tmp_path: Path) -> None:
    files = {
        "tốt.docx": PAPER,
        "anh.jpg": b"\xff\xd8\xff",
        "bang.xlsx": b"x",
        "cu.doc": b"x",
        "giả.docx": pdf_bytes("x"),
        "hỏng.docx": PAPER[:-100],
        "quét.pdf": pdf_bytes(""),
        "rỗng.docx": b"",
        "trong.zip": zipped({"a.docx": PAPER}),
        "../thoát.docx": PAPER,
        "/etc/thoát.docx": PAPER,
        "C:\\thoát.docx": PAPER,
        "to.docx": bytes(formats.MAX_BYTES + 1),
        "__MACOSX/a.docx": b"x",
        ".DS_Store": b"x",
    }

    assert _refusals(_in_zip(tmp_path, zipped(files))) == {
        "tốt.docx": "",
        "anh.jpg": bundles.NOT_A_DOCUMENT,
        "bang.xlsx": bundles.NOT_A_DOCUMENT,
        "cu.doc": messages.OLD_OFFICE,
        "giả.docx": messages.WRONG_ENDING,
        "hỏng.docx": messages.DAMAGED,
        "quét.pdf": bundles.SCANNED,
        "rỗng.docx": messages.EMPTY,
        "trong.zip": messages.ARCHIVE,
        "../thoát.docx": bundles.UNSAFE,
        "/etc/thoát.docx": bundles.UNSAFE,
        "C:\\thoát.docx": bundles.UNSAFE,
        "to.docx": messages.TOO_LARGE,
    }


def test_locked_and_oddly_packed_files_say_why(app: Flask, tmp_path: Path) -> None:
    content = bytearray(zipped({"a.docx": PAPER}))
    directory = content.rindex(b"PK\x01\x02")
    content[directory + 8] |= 1  # says it is encrypted
    odd = zipped({"a.docx": PAPER}, zipfile.ZIP_LZMA)
    broken = bytearray(zipped({"a.docx": PAPER}))
    broken[60:90] = bytes(30)

    found = [_refusals(_in_zip(tmp_path, bytes(each)))["a.docx"] for each in (content, odd, broken)]

    assert found == [bundles.LOCKED, bundles.UNREADABLE, bundles.UNREADABLE]


def test_names_in_utf_8_that_do_not_say_so_are_read(app: Flask, tmp_path: Path) -> None:
    content = zipped({"Báo.docx": PAPER})
    directory = content.rindex(b"PK\x01\x02")
    unsaid = bytearray(content)
    unsaid[7] &= ~8
    unsaid[directory + 9] &= ~8

    assert [one.values["file"] for one in _in_zip(tmp_path, bytes(unsaid))] == ["Báo.docx"]


def test_archive_of_very_many_or_very_large_things_is_refused(app: Flask, tmp_path: Path) -> None:
    many = zipped({str(number): b"" for number in range(archive.MOST_ENTRIES + 1)}, zipfile.ZIP_STORED)
    huge = bytearray(zipped({"a.docx": PAPER}))
    struct.pack_into("<I", huge, huge.rindex(b"PK\x01\x02") + 24, 0xF0000000)

    for content in (many, bytes(huge)):
        with pytest.raises(Invalid) as refused:
            _in_zip(tmp_path, content)
        assert refused.value.message == messages.ARCHIVE_TOO_FULL


@pytest.mark.parametrize("content", [b"", b"x", b"PK\x03\x04", pdf_bytes("x")])
def test_what_is_no_archive_is_refused(app: Flask, tmp_path: Path, content: bytes) -> None:
    with pytest.raises(Invalid):
        _in_zip(tmp_path, content)


def test_archive_without_documents_is_refused(app: Flask, tmp_path: Path) -> None:
    with pytest.raises(Invalid) as refused:
        _in_zip(tmp_path, zipped({".DS_Store": b"x", "thư mục/": b""}))

    assert refused.value.message == bundles.NO_FILES


def test_too_many_documents_are_refused(app: Flask, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bundles, "MOST_FILES", 1)

    with pytest.raises(Invalid) as refused:
        _in_zip(tmp_path, zipped({"a.docx": PAPER, "b.docx": PAPER}))

    assert refused.value.message == bundles.TOO_MANY_FILES


def test_kept_bytes_are_received(app: Flask) -> None:
    paper = bundles.Paper("a.docx", lambda: io.BytesIO(PAPER))

    read = bundles.read(paper, keeps=True)

    assert read.received is not None
    assert (read.received.sha256, read.received.size) == (read.values["sum"], len(PAPER))
