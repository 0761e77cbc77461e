import zipfile
from pathlib import Path

import pytest

from cchc_portal.core.errors import Invalid
from cchc_portal.storage.formats import MAX_BYTES, Kind, identify, messages
from tests.factories import storage as files


def refusal(path: Path, name: str) -> str:
    with pytest.raises(Invalid) as raised:
        identify(path, name)
    return raised.value.message


@pytest.mark.parametrize(
    ("name", "content", "kind"),
    [
        ("Báo cáo.docx", files.docx_bytes("Kính gửi"), Kind.DOCX),
        ("bảng.XLSX", files.xlsx_bytes(), Kind.XLSX),
        ("trình chiếu.pptx", files.pptx_bytes("Chào"), Kind.PPTX),
        ("công văn.pdf", files.pdf_bytes("Kinh gui"), Kind.PDF),
        ("ảnh.jpg", files.image_bytes("JPEG"), Kind.JPEG),
        ("ảnh.jpeg", files.image_bytes("JPEG"), Kind.JPEG),
        ("ảnh.png", files.image_bytes("PNG"), Kind.PNG),
        ("ghi chú.txt", "Một cửa".encode(), Kind.TXT),
        ("ghi chú.md", "\ufeff# Một cửa".encode(), Kind.MD),
        ("bảng.csv", "Tên;Số\n".encode("utf-16"), Kind.CSV),
    ],
)
def test_identify_accepted_file(keep: files.Keep, name: str, content: bytes, kind: Kind) -> None:
    assert identify(keep(content), name) is kind


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("công văn.doc", messages.OLD_OFFICE),
        ("công văn.docm", messages.MACROS),
        ("ảnh.heic", messages.OTHER_IMAGE),
        ("tất cả.zip", messages.ARCHIVE),
        ("hình.svg", messages.NOT_ACCEPTED),
        ("trang.html", messages.NOT_ACCEPTED),
        ("cài đặt.exe", messages.NOT_ACCEPTED),
        ("không đuôi", messages.NOT_ACCEPTED),
        (".docx", messages.NOT_ACCEPTED),
        ("tệp.docx\x00.exe", messages.NOT_ACCEPTED),
    ],
)
def test_identify_refused_ending(keep: files.Keep, name: str, message: str) -> None:
    path = keep(files.docx_bytes("Kính gửi"))

    assert refusal(path, name) == message


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.docx", files.xlsx_bytes()),
        ("a.xlsx", files.pptx_bytes("Chào")),
        ("a.pptx", files.docx_bytes("Kính gửi")),
        ("a.docx", files.zipped({"readme.txt": "chỉ là tệp nén"})),
        ("a.docx", files.pdf_bytes("Kinh gui")),
        ("a.pdf", files.docx_bytes("Kính gửi")),
        ("a.png", files.image_bytes("JPEG")),
        ("a.jpg", files.image_bytes("PNG")),
        ("a.txt", files.pdf_bytes("Kinh gui")),
        ("a.md", files.docx_bytes("Kính gửi")),
        ("a.csv", b"\x7fELF\x02\x01\x01\x00"),
        ("a.pdf", b"MZ\x90\x00"),
    ],
)
def test_identify_ending_that_does_not_fit(keep: files.Keep, name: str, content: bytes) -> None:
    assert refusal(keep(content), name) == messages.WRONG_ENDING


@pytest.mark.parametrize("name", ["a.docx", "a.pdf", "a.txt", "a.png"])
def test_identify_empty_file(keep: files.Keep, name: str) -> None:
    assert refusal(keep(b""), name) == messages.EMPTY


def test_identify_file_over_the_limit(keep: files.Keep) -> None:
    path = keep(b"")
    with path.open("r+b") as file:
        file.truncate(MAX_BYTES + 1)

    assert refusal(path, "a.pdf") == messages.TOO_LARGE


def test_identify_encrypted_office_file(keep: files.Keep) -> None:
    ole = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600

    assert refusal(keep(ole + "EncryptedPackage".encode("utf-16-le")), "a.docx") == messages.OFFICE_PASSWORD
    assert refusal(keep(ole + "WordDocument".encode("utf-16-le")), "a.docx") == messages.OLD_OFFICE


def test_identify_encrypted_pdf(keep: files.Keep) -> None:
    locked = files.pdf_of(
        ["<< /Type /Catalog /Pages 2 0 R >>", "<< /Type /Pages /Kids [] /Count 0 >>"],
        trailer=f"/ID [<{'00' * 16}> <{'00' * 16}>] /Encrypt << /Filter /Standard /V 2 /R 3 /Length 128 "
        f"/P -4 /O <{'11' * 32}> /U <{'22' * 32}> >> ",
    )

    assert refusal(keep(locked), "a.pdf") == messages.PDF_PASSWORD


def test_identify_pdf_without_pages(keep: files.Keep) -> None:
    assert refusal(keep(files.pdf_bytes()), "a.pdf") == messages.DAMAGED


@pytest.mark.parametrize("part", ["word/vbaProject.bin", "word/VBAPROJECT.BIN"])
def test_identify_macros_in_a_docx(keep: files.Keep, part: str) -> None:
    content = files.word_package(files.paragraph("Kính gửi"), extra={part: b"\0"})

    assert refusal(keep(content), "a.docx") == messages.MACROS


def test_identify_macro_document_renamed(keep: files.Keep) -> None:
    types = '<Types><Override ContentType="application/vnd.ms-word.document.macroEnabled.main+xml"/></Types>'

    assert refusal(keep(files.zipped({"[Content_Types].xml": types})), "a.docx") == messages.MACROS


@pytest.mark.parametrize("encoding", ["cp1258", "cp1252"])
def test_identify_text_in_an_old_code_page(keep: files.Keep, encoding: str) -> None:
    assert refusal(keep("Thủ tục".encode(encoding, "ignore") + b"\xd0\xea"), "a.txt") == messages.NOT_UNICODE


@pytest.mark.parametrize(
    "text",
    [
        "<!DOCTYPE html><p>Chào",
        "<html><body>",
        "  <svg onload='alert(1)'>",
        "<script>alert(1)</script>",
        "<?php system('id');",
        "<?xml version='1.0'?>",
        "#!/bin/sh\nrm -rf .",
    ],
)
def test_identify_page_or_program_as_text(keep: files.Keep, text: str) -> None:
    path = keep(text.encode())

    assert [refusal(path, "a.md"), refusal(path, "a.txt")] == [messages.MARKUP] * 2


def test_identify_markdown_heading_with_bang(keep: files.Keep) -> None:
    assert identify(keep("#! Không phải chương trình\n< 3 ngày".encode()), "a.md") is Kind.MD


@pytest.mark.parametrize("form", ["JPEG", "PNG"])
def test_identify_truncated_image(keep: files.Keep, form: str) -> None:
    content = files.image_bytes(form)

    assert refusal(keep(content[: len(content) // 2]), f"a.{form.lower()}") == messages.DAMAGED


@pytest.mark.parametrize("share", [0.2, 0.5, 0.9, 0.99])
@pytest.mark.parametrize(
    ("name", "content"),
    [("a.docx", files.docx_bytes("Kính gửi")), ("a.xlsx", files.xlsx_bytes())],
)
def test_identify_truncated_office_file(keep: files.Keep, name: str, content: bytes, share: float) -> None:
    assert refusal(keep(content[: int(len(content) * share)]), name) == messages.DAMAGED


def test_identify_garbled_office_file(keep: files.Keep) -> None:
    content = bytearray(files.word_package(files.paragraph("Kính gửi " * 200)))
    start = content.index(b"word/document.xml") + 40
    content[start : start + 20] = b"\xff" * 20

    assert refusal(keep(bytes(content)), "a.docx") == messages.DAMAGED


def test_identify_office_file_stored_without_compression(keep: files.Keep) -> None:
    content = files.docx_bytes("Kính gửi")
    with zipfile.ZipFile(keep(content)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}

    assert identify(keep(files.zipped(parts, zipfile.ZIP_STORED)), "a.docx") is Kind.DOCX
