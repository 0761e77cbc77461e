import html
import io
import unicodedata
from collections.abc import Callable

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from cchc_portal.accounts.models import Role, User
from cchc_portal.core.db import db
from cchc_portal.reports import queries
from cchc_portal.reports.docx import DocumentKind, shipped
from cchc_portal.reports.docx.template import require_usable
from cchc_portal.reports.models import DocumentTemplate
from tests.factories.accounts import make_user
from tests.factories.reports import Measured, edited, make_template, repacked
from tests.factories.storage import docx_bytes, image_bytes, pdf_bytes, xlsx_bytes

ClientOf = Callable[[User], FlaskClient]
LETTER = DocumentKind.LETTER
PAGE = "/reports/templates/letter"
HEAD = {
    "issuer": "Ủy ban nhân dân\r\nphường Bắc Hồng",
    "short_name": "UBND phường Bắc Hồng",
    "place": "Bắc Hồng",
    "symbol": "UBND-VP",
    "signature": "TL. CHỦ TỊCH\r\nCHÁNH VĂN PHÒNG",
}


@pytest.fixture
def browser(app: Flask, client_of: ClientOf) -> FlaskClient:
    return client_of(make_user(Role.OFFICE, full_name="Văn thư"))


def upload(
    browser: FlaskClient, content: bytes, name: str = "Mẫu.docx", kind: str = "letter"
) -> TestResponse:
    return browser.post(f"/reports/templates/{kind}", data={"file": (io.BytesIO(content), name)})


def test_download_edit_upload_and_look(browser: FlaskClient) -> None:
    downloaded = browser.get(f"{PAGE}/file")
    content = edited(downloaded.data, {"Số: ": "Số văn bản: "})

    answer = upload(browser, content, "Mẫu công văn.docx")
    page = browser.get(answer.location).text
    sample = Measured(browser.get(f"{PAGE}/sample").data)

    assert (answer.status_code, answer.location) == (303, PAGE)
    assert "Mẫu công văn.docx" in page
    assert "Đang dùng" in page
    assert "Số văn bản:       /UBND-VP" in sample.lines
    assert browser.get(f"{PAGE}/file").data == content


@pytest.mark.parametrize("kind", DocumentKind)
def test_downloads_are_word_files_that_open_nowhere_in_the_portal(
    browser: FlaskClient, kind: DocumentKind
) -> None:
    for what in ("file", "sample"):
        answer = browser.get(f"/reports/templates/{kind}/{what}")

        assert answer.status_code == 200
        assert answer.mimetype.endswith("wordprocessingml.document")
        assert answer.headers["Content-Disposition"].startswith("attachment;")
        assert answer.headers["Content-Security-Policy"] == "sandbox; default-src 'none'"
    require_usable(kind, browser.get(f"/reports/templates/{kind}/file").data)


def test_old_versions_are_handed_out_under_their_names(browser: FlaskClient) -> None:
    old = make_template(name="Mẫu cũ.docx")
    content = edited(shipped.file_of(LETTER), {"Số: ": "Số mới: "})
    upload(browser, content)

    answer = browser.get(f"{PAGE}/versions/{old.id}")

    assert answer.data == shipped.file_of(LETTER)
    assert "M%E1%BA%ABu%20c%C5%A9.docx" in answer.headers["Content-Disposition"]


def test_going_back_to_the_shipped_template(browser: FlaskClient) -> None:
    make_template()
    assert "Trở lại mẫu gốc" in browser.get(PAGE).text

    answer = browser.post(f"{PAGE}/original")

    assert (answer.status_code, answer.location) == (303, PAGE)
    assert queries.content(LETTER) is None
    assert "Trở lại mẫu gốc" not in browser.get(PAGE).text
    assert browser.post(f"{PAGE}/original").status_code == 409


def test_list_says_which_template_is_in_force(browser: FlaskClient) -> None:
    make_template(DocumentKind.ACT, name="Mẫu kế hoạch.docx")

    page = browser.get("/reports/templates").text

    assert (page.count("Mẫu gốc"), page.count("Mẫu của cơ quan")) == (2, 1)
    assert "Mẫu kế hoạch.docx" in page


def test_page_lists_the_marks_of_its_kind(browser: FlaskClient) -> None:
    letter, table = (browser.get(f"/reports/templates/{kind}").text for kind in ("letter", "table"))

    assert "{{ kính gửi }}" in letter
    assert "{{ tên loại }}" not in letter
    assert "{{ tên loại }}" in table


@pytest.mark.parametrize("path", ["", "/file", "/sample", "/versions/1"])
@pytest.mark.parametrize("kind", ["nothing", "LETTER", "letter%00", "..", "letter "])
def test_kinds_nobody_has_are_not_found(browser: FlaskClient, kind: str, path: str) -> None:
    assert browser.get(f"/reports/templates/{kind}{path}").status_code in {400, 404}


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"{{ nội dung }}": "…"}, "Mẫu thiếu dấu {{ nội dung }}."),
        ({"{{ người ký }}": "", "{{ nơi nhận }}": ""}, "Mẫu thiếu dấu {{ nơi nhận }}, {{ người ký }}."),
        ({"Độc lập": "{{ độc lập }}"}, "Mẫu có dấu {{ độc lập }} mà hệ thống không biết."),
        ({"{{ nội dung }}": "Chữ {{ nội dung }}"}, "Dấu {{ nội dung }} phải đứng riêng một dòng"),
        ({'w:left="1701"': 'w:left="567"'}, "Lề trang của mẫu phải theo Nghị định 30/2020"),
        ({'w:w="11906"': 'w:w="10000"'}, "Khổ giấy của mẫu phải là A4"),
        ({"<w:body>": "<w:body><w:altChunk r:id='rId1'/>"}, "Mẫu có đối tượng nhúng"),
        ({"<w:body>": '<w:body><w:p><w:fldSimple w:instr="DDEAUTO cmd"/></w:p>'}, "Mẫu có trường tự động"),
        (
            {"Độc lập": "<b>{{ <i> }}</b>".replace("<", "&lt;")},
            "Mẫu có dấu {{ <i> }} mà hệ thống không biết.",
        ),
    ],
)
def test_templates_that_would_break_are_refused_in_words(
    browser: FlaskClient, changes: dict[str, str], words: str
) -> None:
    answer = upload(browser, edited(shipped.file_of(LETTER), changes))

    assert answer.status_code == 422
    assert words in html.unescape(answer.text)
    assert "<i>" not in answer.text
    assert db.session.query(DocumentTemplate).count() == 0


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("Mẫu.docx", b"", "rỗng"),
        ("Mẫu.docx", b"PK\x03\x04", "hỏng"),
        ("Mẫu.docx", pdf_bytes("a"), "không đúng với đuôi"),
        ("Mẫu.docx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "văn phòng cũ"),
        ("Mẫu.docx", shipped.file_of(LETTER)[:-40], "hỏng"),
        ("Mẫu.docx", shipped.file_of(LETTER) + b"<html>", "ẩn"),
        ("Mẫu.docx", repacked(shipped.file_of(LETTER), {"word/vbaProject.bin": b"x"}), "macro"),
        ("Mẫu.docx", repacked(shipped.file_of(LETTER), {"../../a.xml": b"<a/>"}), "ẩn"),
        ("Mẫu.docx", repacked(shipped.file_of(LETTER), {"word/x.xml": b"<!DOCTYPE a><a/>"}), "ẩn"),
        ("Mẫu.docx", repacked(shipped.file_of(LETTER), {"word/x.xml": b"<a>" + b" " * 9_000_000 + b"</a>"}), "phức tạp"),
        ("Mẫu.docx", docx_bytes("Kính gửi"), "Mẫu"),
        ("Mẫu.docm", shipped.file_of(LETTER), "macro"),
        ("Mẫu.dotx", shipped.file_of(LETTER), "chỉ nhận tệp"),
        ("Mẫu.doc", b"x", "văn phòng cũ"),
        ("Mẫu.pdf", pdf_bytes("a"), "phải là tệp Word"),
        ("Mẫu.xlsx", xlsx_bytes(), "phải là tệp Word"),
        ("Mẫu.png", image_bytes("PNG"), "phải là tệp Word"),
    ],
)  # fmt: skip
def test_hostile_and_wrong_files_are_refused_in_words(
    browser: FlaskClient, name: str, content: bytes, words: str
) -> None:
    answer = upload(browser, content, name)

    assert answer.status_code == 422
    assert words in html.unescape(answer.text)
    assert db.session.query(DocumentTemplate).count() == 0


@pytest.mark.parametrize("sent", ["nothing", "text", "no name"])
def test_upload_of_nothing_asks_for_a_file(browser: FlaskClient, sent: str) -> None:
    data = {"nothing": {}, "text": {"file": "text"}, "no name": {"file": (io.BytesIO(b""), "")}}[sent]

    answer = browser.post(PAGE, data=data)

    assert answer.status_code == 422
    assert "Hãy chọn tệp mẫu" in answer.text


def test_names_of_files_are_shown_as_text(browser: FlaskClient) -> None:
    upload(
        browser, shipped.file_of(LETTER), unicodedata.normalize("NFD", "Mẫu <script>alert(1)</script>.docx")
    )

    page = browser.get(PAGE).text

    assert "<script>alert" not in page
    assert unicodedata.is_normalized("NFC", page)


def test_letterhead_is_shown_and_kept(browser: FlaskClient) -> None:
    shown = browser.get("/reports/letterhead").text

    answer = browser.post(
        "/reports/letterhead", data=HEAD | {"place": unicodedata.normalize("NFD", "Hồng Lĩnh")}
    )

    assert "UBND phường Bắc Hồng" in shown
    assert (answer.status_code, answer.location) == (303, "/reports/templates")
    kept = queries.letterhead()
    assert kept is not None
    assert (kept.place, kept.signature) == ("Hồng Lĩnh", "TL. CHỦ TỊCH\nCHÁNH VĂN PHÒNG")
    assert "Hồng Lĩnh" in browser.get("/reports/templates").text


@pytest.mark.parametrize(
    ("name", "typed", "words"),
    [
        ("issuer", "", "Vui lòng điền"),
        ("place", " ", "Vui lòng điền"),
        ("symbol", "UBND VP", "Ký hiệu không có dấu cách"),
        ("symbol", "A" * 31, "Không dài quá 30"),
        ("signer_name", "a" * 61, "Không dài quá 60"),
        ("recipients", "a\n" * 400, "Không dài quá 600"),
    ],
)
def test_letterhead_with_mistakes_comes_back_with_what_was_typed(
    browser: FlaskClient, name: str, typed: str, words: str
) -> None:
    answer = browser.post("/reports/letterhead", data=HEAD | {name: typed})

    assert answer.status_code == 422
    assert words in answer.text
    assert "CHÁNH VĂN PHÒNG" in answer.text
    assert queries.letterhead() is None


@pytest.mark.parametrize("role", [Role.OFFICE, Role.LEADER])
def test_menu_leads_the_office_there(app: Flask, client_of: ClientOf, role: Role) -> None:
    assert 'href="/reports/templates"' in client_of(make_user(role)).get("/reports/templates").text


@pytest.mark.parametrize("role", sorted(set(Role) - {Role.OFFICE, Role.LEADER}))
def test_menu_shows_others_nothing_of_it(app: Flask, client_of: ClientOf, role: Role) -> None:
    assert 'href="/reports/templates"' not in client_of(make_user(role)).get("/").text
