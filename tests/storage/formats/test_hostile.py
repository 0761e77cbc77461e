"""Files made to hurt: each is refused with words, within ten seconds and 400 MB."""

import io
import struct
import subprocess
import sys
import time
import zipfile
import zlib
from pathlib import Path

import pytest

from cchc_portal.core.errors import Invalid
from cchc_portal.storage.formats import Kind, extract_text, identify, messages
from tests.factories import storage as files
from tests.factories.storage import Keep, paragraph, word_package, word_part

DOCX = files.docx_bytes("Kính gửi")
PDF = files.pdf_bytes("Kinh gui")
JPEG = files.image_bytes("JPEG")
PNG = files.image_bytes("PNG")
PAGE = b"<html><script>alert(1)</script></html>"


def refusal(keep: Keep, content: bytes, name: str) -> str:
    began = time.monotonic()
    with pytest.raises(Invalid) as raised:
        identify_and_read(keep(content), name)
    assert time.monotonic() - began < 10
    return raised.value.message


def identify_and_read(path: Path, name: str) -> None:
    extract_text(path, identify(path, name))


def entities(declaration: str) -> bytes:
    document = (
        f'<!DOCTYPE d [{declaration}]><w:document xmlns:w="{files.WORD}"><w:body>&e;</w:body></w:document>'
    )
    return word_package("", extra={"word/document.xml": document})


def png(width: int, height: int, pixels: bytes) -> bytes:
    def chunk(name: bytes, content: bytes) -> bytes:
        return (
            struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))
        )

    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", head)
        + chunk(b"IDAT", zlib.compress(pixels))
        + chunk(b"IEND", b"")
    )


@pytest.mark.parametrize("megabytes", [40, 300])
def test_zip_bomb(keep: Keep, megabytes: int) -> None:
    target = io.BytesIO()
    with (
        zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive,
        archive.open("word/document.xml", "w") as part,
    ):
        for _ in range(megabytes):
            part.write(b" " * 1024 * 1024)

    assert refusal(keep, target.getvalue(), "a.docx") == messages.TOO_COMPLEX


def test_zip_bomb_that_lies_about_its_size(keep: Keep) -> None:
    content = word_package("", extra={"word/document.xml": b" " * 30_000_000})
    small = content.replace(struct.pack("<I", 30_000_000), struct.pack("<I", 1_000))

    assert refusal(keep, small, "a.docx") == messages.DAMAGED


def test_archive_of_65000_entries(keep: Keep) -> None:
    content = files.zipped({f"word/{number}.xml": b"" for number in range(65_000)}, zipfile.ZIP_STORED)

    assert refusal(keep, content, "a.docx") == messages.TOO_COMPLEX


@pytest.mark.parametrize("name", ["../../etc/cron.d/x", "/etc/passwd", "word/../../x", "..\\x"])
def test_entry_that_climbs_out(keep: Keep, name: str) -> None:
    assert refusal(keep, word_package("", extra={name: b"x"}), "a.docx") == messages.DISGUISED


@pytest.mark.parametrize(
    "declaration",
    [
        '<!ENTITY e SYSTEM "file:///etc/passwd">',
        '<!ENTITY e SYSTEM "http://127.0.0.1:9/x">',
        '<!ENTITY % p SYSTEM "file:///etc/passwd"> %p; <!ENTITY e "">',
        '<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY e "&b;&b;&b;&b;&b;&b;&b;&b;">',
        f'<!ENTITY e "{"x" * 50_000}">',
    ],
)
def test_entities_in_xml(keep: Keep, declaration: str) -> None:
    assert refusal(keep, entities(declaration), "a.docx") == messages.DISGUISED


def test_entities_in_utf16(keep: Keep) -> None:
    document = '<?xml version="1.0" encoding="UTF-16"?><!DOCTYPE d [<!ENTITY e "x">]><d>&e;</d>'.encode(
        "utf-16"
    )

    assert (
        refusal(keep, word_package("", extra={"word/document.xml": document}), "a.docx") == messages.DISGUISED
    )


def test_entities_in_content_types(keep: Keep) -> None:
    types = '<!DOCTYPE d [<!ENTITY e SYSTEM "file:///etc/passwd">]><Types>&e;</Types>'

    assert refusal(keep, files.zipped({"[Content_Types].xml": types}), "a.docx") == messages.DISGUISED


@pytest.mark.parametrize("depth", [300, 1_500, 200_000])
def test_deep_nesting(keep: Keep, depth: int) -> None:
    nested = "<w:ins>" * depth + paragraph("đáy") + "</w:ins>" * depth

    assert refusal(keep, word_package(nested), "a.docx") == messages.TOO_COMPLEX


def test_nine_hundred_thousand_paragraphs(keep: Keep) -> None:
    content = word_package("<w:p><w:r><w:t>xin</w:t></w:r></w:p>" * 900_000)
    path = keep(content)
    # A process of its own: a child's peak memory starts at its parent's.
    measure = (
        "import resource, sys, pathlib\n"
        "from cchc_portal.core.errors import Invalid\n"
        "from cchc_portal.storage.formats import Kind, extract_text\n"
        "try: extract_text(pathlib.Path(sys.argv[1]), Kind.DOCX)\n"
        "except Invalid as refusal: print(refusal.message)\n"
        "print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)\n"
    )

    answer = subprocess.run([sys.executable, "-c", measure, path], capture_output=True, text=True, check=True)

    message, kilobytes = answer.stdout.splitlines()
    assert message == messages.TOO_COMPLEX
    assert int(kilobytes) < 400 * 1024


def test_styles_based_on_each_other(keep: Keep) -> None:
    styles = '<w:style w:styleId="A"><w:basedOn w:val="B"/></w:style><w:style w:styleId="B"><w:basedOn w:val="A"/></w:style>'
    content = word_package(
        paragraph("x", '<w:pStyle w:val="A"/>'), extra={"word/styles.xml": word_part(styles, root="styles")}
    )

    assert extract_text(keep(content), Kind.DOCX) == [("x", "")]


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.docx", DOCX + PAGE),
        ("a.docx", files.word_package("", extra={"a": b""}).replace(b"PK\x03\x04", b"PK\x03\x04", 1) + PDF),
        ("a.pdf", PDF + DOCX),
        ("a.jpg", JPEG + DOCX),
        ("a.jpg", JPEG + PAGE),
        ("a.jpg", JPEG[:20] + PDF + JPEG[20:]),
        ("a.png", PNG + DOCX),
        ("a.png", PNG + b"<?php system($_GET[0]);"),
        ("a.txt", b"xin chao " + DOCX),
        ("a.txt", b"xin chao %PDF-1.7"),
    ],
)
def test_polyglot(keep: Keep, name: str, content: bytes) -> None:
    assert refusal(keep, content, name) == messages.DISGUISED


@pytest.mark.parametrize("size", [(60_000, 60_000), (2_000_000_000, 1), (8_000, 6_251)])
def test_image_of_huge_dimensions(keep: Keep, size: tuple[int, int]) -> None:
    assert refusal(keep, png(*size, b"\0"), "a.png") == messages.HUGE_IMAGE


def test_image_of_the_largest_dimensions_that_are_taken(keep: Keep) -> None:
    pixels = (b"\0" + b"\x80" * 8_000) * 6_250

    assert identify(keep(png(8_000, 6_250, pixels)), "a.png") is Kind.PNG


def test_image_cut_in_its_head(keep: Keep) -> None:
    assert refusal(keep, PNG[:20], "a.png") == messages.DAMAGED


@pytest.mark.parametrize("share", [0.02, 0.3])
def test_truncated_pdf(keep: Keep, share: float) -> None:
    assert refusal(keep, PDF[: int(len(PDF) * share)], "a.pdf") == messages.DAMAGED


def test_pdf_whose_pages_point_at_each_other(keep: Keep) -> None:
    looped = files.pdf_of(
        [
            "<< /Type /Catalog /Pages 2 0 R >>",
            "<< /Type /Pages /Kids [2 0 R] /Count 1000000 /Parent 2 0 R >>",
        ],
    )

    assert refusal(keep, looped, "a.pdf") == messages.DAMAGED


def test_spreadsheet_with_twenty_thousand_rows(keep: Keep) -> None:
    content = files.xlsx_bytes([(f"dòng {number}", number) for number in range(20_000)])

    began = time.monotonic()
    passages = extract_text(keep(content), Kind.XLSX)

    assert sum(len(passage.text) for passage in passages) <= 2_000_000
    assert passages[0].text.startswith("dòng 0\t0\n")
    assert time.monotonic() - began < 10


def test_encrypted_archive_entry(keep: Keep) -> None:
    content = bytearray(DOCX)
    for place in [index for index in range(len(content)) if content[index : index + 4] == b"PK\x01\x02"]:
        content[place + 8] |= 1

    assert refusal(keep, bytes(content), "a.docx") == messages.OFFICE_PASSWORD
