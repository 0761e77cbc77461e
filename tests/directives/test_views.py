import html
import io
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from werkzeug.test import EnvironBuilder, TestResponse

from cchc_portal.accounts.models import Role, User
from cchc_portal.core.db import db
from cchc_portal.directives import operations
from cchc_portal.directives.models import Assignment, Directive, Part, State
from cchc_portal.storage import formats
from tests.factories.accounts import make_user
from tests.factories.directives import make_directive
from tests.factories.storage import docx_bytes, pdf_bytes, xlsx_bytes

Browser = Callable[[User], FlaskClient]


def test_paste_then_correct_then_issue(client_of: Browser, office: User, letter_text: str) -> None:
    browser = client_of(office)

    answer = browser.post("/directives/import", data={"text": letter_text})
    address = answer.headers["Location"]
    page = browser.get(address).text
    saved = browser.post(address, data=_fields(page) | {"number": "35", "day": "6"})
    issued = browser.post(address.replace("correction", "issue"))

    assert (answer.status_code, saved.status_code, issued.status_code) == (303, 303, 303)
    directive = db.session.query(Directive).one()
    assert (directive.state, directive.code) == (State.ISSUED, "35/UBND-VP")
    assert [item.code for item in directive.items] == ["1", "2", "2.a", "3", "4", "5", "6"]


def test_saving_an_untouched_correction_changes_nothing(
    client_of: Browser, office: User, draft: Directive
) -> None:
    browser, before = client_of(office), _kept(draft)

    page = browser.get(f"/directives/{draft.id}/correction").text
    answer = browser.post(f"/directives/{draft.id}/correction", data=_fields(page))

    assert answer.status_code == 303
    db.session.expire_all()
    assert _kept(draft) == before


def test_saving_keeps_who_leads_and_who_helps(client_of: Browser, office: User, draft: Directive) -> None:
    parts = [("VP-TK", Part.LEAD), ("ĐC-XD", Part.LEAD), ("Công an", Part.SUPPORT)]
    draft.items[0].assignments = [Assignment(words=words, part=part) for words, part in parts]
    db.session.commit()
    browser = client_of(office)

    page = browser.get(f"/directives/{draft.id}/correction").text
    browser.post(f"/directives/{draft.id}/correction", data=_fields(page))

    db.session.expire_all()
    assert [(one.words, one.part) for one in draft.items[0].assignments] == parts


def test_correction_opens_what_is_doubtful_and_nothing_else(
    client_of: Browser, office: User, letter_text: str
) -> None:
    browser = client_of(office)
    address = browser.post("/directives/import", data={"text": letter_text}).headers["Location"]

    page = browser.get(address).text

    assert re.findall(r"Cần xem lại \((\d+)\)", page) == ["1"]
    assert re.findall(r'<a href="#(items-\d+-code)">Mục 3</a>:', page) == ["items-3-code"]
    assert _open_rows(page) == [3]


def test_correction_opens_the_row_that_is_wrong_and_keeps_what_was_typed(
    client_of: Browser, office: User, draft: Directive
) -> None:
    browser, address = client_of(office), f"/directives/{draft.id}/correction"
    typed = {"items-1-deadline_on": "31/02/2023", "items-0-verb": "gõ thử", "subject": "s" * 501}

    answer = browser.post(address, data=_fields(browser.get(address).text) | typed)

    assert answer.status_code == 422
    assert 1 in _open_rows(answer.text)
    assert "có ô chưa đúng" in answer.text
    assert re.search(r'id="head" open', answer.text)
    assert typed.items() <= _fields(answer.text).items()


def test_row_added_without_javascript_is_open(client_of: Browser, office: User, draft: Directive) -> None:
    browser, address = client_of(office), f"/directives/{draft.id}/correction"
    fields = _fields(browser.get(address).text)

    page = browser.post(address, data=fields | {"add_row": "items"}).text

    assert _open_rows(page)[-1] == len(draft.items)


def test_upload_keeps_the_original_for_download(client_of: Browser, office: User, letter_text: str) -> None:
    browser = client_of(office)
    content = docx_bytes(*(line for line in letter_text.replace("*", "").split("\n") if line.strip()))

    answer = browser.post("/directives/import", data={"file": (io.BytesIO(content), "Công văn số.docx")})
    original = browser.get(answer.headers["Location"].replace("correction", "original"))

    assert original.data == content
    original.close()
    assert original.headers["Content-Type"] == "application/octet-stream"
    assert "attachment" in original.headers["Content-Disposition"]


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("rong.txt", b"", "rỗng"),
        ("trang.docx", docx_bytes(""), "không có chữ"),
        ("quet.pdf", pdf_bytes(""), "bản quét"),
        ("tho.txt", "Thân gửi bạn, hôm nay trời đẹp.".encode(), "không giống một công văn"),
        ("bang.xlsx", xlsx_bytes(), "DOCX, PDF, TXT hoặc MD"),
        ("to.txt", b"a " * (10 * 1024 * 1024 + 1), "20 MB"),
    ],
)
def test_upload_of_no_letter_says_why_and_saves_nothing(
    client_of: Browser, office: User, name: str, content: bytes, words: str
) -> None:
    answer = _upload(client_of(office), name, content)

    assert answer.status_code == 422
    assert words in answer.text
    assert db.session.query(Directive).count() == 0


def test_upload_of_fifty_megabytes_is_refused(client_of: Browser, office: User) -> None:
    answer = _upload(client_of(office), "to.docx", b"a" * 50 * 1024 * 1024)

    assert answer.status_code == 413
    assert "20 MB" in answer.text


@pytest.mark.parametrize(
    "path",
    ["/directives/import", "/directives/outgoing"],
)
def test_words_in_the_place_of_a_file_are_no_file(client_of: Browser, office: User, path: str) -> None:
    head = {"number": "1", "symbol": "UBND", "issued_on": "01/02/2023", "kind": "Công văn", "issuer": "UBND"}

    answer = client_of(office).post(path, data={**head, "subject": "Rà soát", "text": "", "file": "=1+1"})

    assert answer.status_code == (422 if path.endswith("import") else 303)


def test_file_is_read_while_others_can_write(
    client_of: Browser, office: User, letter_text: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def read(path: Path, name: str) -> str:
        began.append(db.session().in_transaction())
        return read_document(path, name)

    began: list[bool] = []
    read_document = formats.read_document
    monkeypatch.setattr(formats, "read_document", read)
    upload = (io.BytesIO(letter_text.encode()), "thu.txt")

    answer = client_of(office).post("/directives/import", data={"file": upload})

    assert (answer.status_code, began) == (303, [False])


def test_import_of_nothing_asks_for_something(client_of: Browser, office: User) -> None:
    answer = client_of(office).post("/directives/import", data={"text": "  "})

    assert (answer.status_code, "Hãy chọn một tệp" in answer.text) == (422, True)


def test_refused_import_answers_htmx_with_the_form(client_of: Browser, office: User) -> None:
    answer = client_of(office).post(
        "/directives/import", data={"text": "abc"}, headers={"HX-Request": "true"}
    )

    assert answer.status_code == 422
    assert answer.text.lstrip().startswith("<form")


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("get", "/directives/import"),
        ("post", "/directives/import"),
        ("get", "/directives/{id}"),
        ("get", "/directives/{id}/items/1"),
        ("get", "/directives/{id}/original"),
        ("get", "/directives/{id}/correction"),
        ("post", "/directives/{id}/correction"),
        ("post", "/directives/{id}/issue"),
        ("post", "/directives/{id}/number"),
        ("delete", "/directives/{id}/draft"),
    ],
)
@pytest.mark.parametrize("role", [Role.STAFF, Role.DEPT_HEAD, Role.REVIEWER, Role.ADMIN])
def test_drafts_are_closed_to_others(
    client_of: Browser, draft: Directive, role: Role, method: str, path: str
) -> None:
    answer = getattr(client_of(make_user(role)), method)(path.format(id=draft.id))

    assert answer.status_code in {403, 404}
    assert db.session.get(Directive, draft.id, populate_existing=True).state is State.DRAFT


@pytest.mark.parametrize("path", ["/correction", "/issue", "/number", "/draft"])
def test_issued_letter_takes_no_writes_from_staff(
    client_of: Browser, issued: Directive, staff: User, path: str
) -> None:
    answer = client_of(staff).post(
        f"/directives/{issued.id}{path}", data={"_method": "DELETE" if path == "/draft" else "POST"}
    )

    assert answer.status_code in {403, 409}


def test_letter_page_shows_marks_and_items(client_of: Browser, issued: Directive, staff: User) -> None:
    page = client_of(staff).get(f"/directives/{issued.id}").text

    assert re.search(r'<mark class="part part--deadline"\s+title="Thời hạn">trước 15/3/2023</mark>', page)
    assert re.findall(r'id="item-([^"]+)"', page) == ["1", "2", "2.a", "3", "4", "5", "6"]
    assert "Rà soát, sửa" not in page


def test_letter_page_escapes_what_the_letter_says(client_of: Browser, office: User, letter_text: str) -> None:
    browser = client_of(office)
    text = letter_text.replace("kế\nhoạch cải cách", "<script>alert(1)</script> cải cách")

    answer = browser.post("/directives/import", data={"text": text})
    page = browser.get(answer.headers["Location"].removesuffix("/correction")).text

    assert "<script>alert" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page


def test_item_page_shows_last_safe_day(client_of: Browser, issued: Directive, staff: User) -> None:
    page = client_of(staff).get(f"/directives/{issued.id}/items/2.a").text

    assert "trước 15/3/2023" in page
    assert "14/03/2023" in page


def test_item_page_leads_to_an_answer_once_issued(client_of: Browser, draft: Directive, office: User) -> None:
    browser, address = client_of(office), f"/directives/{draft.id}/items/2.a"
    link = f"/initiatives/new?item={next(item.id for item in draft.items if item.code == '2.a')}"

    before = browser.get(address).text
    operations.issue(draft, by=office)
    db.session.commit()
    after = browser.get(address).text

    assert (link in before, link in after) == (False, True)


def test_number_is_filled_in_on_the_page(client_of: Browser, issued: Directive, office: User) -> None:
    answer = client_of(office).post(f"/directives/{issued.id}/number", data={"number": "35", "day": "6"})

    assert answer.status_code == 303
    assert db.session.get(Directive, issued.id, populate_existing=True).code == "35/UBND-VP"


def test_impossible_number_form_stays(client_of: Browser, issued: Directive, office: User) -> None:
    answer = client_of(office).post(f"/directives/{issued.id}/number", data={"number": "", "day": ""})

    assert (answer.status_code, "Hãy nhập số hoặc ngày." in answer.text) == (422, True)


def test_draft_is_discarded_without_javascript(client_of: Browser, draft: Directive, office: User) -> None:
    browser = client_of(office)

    answer = browser.post(f"/directives/{draft.id}/draft", data={"_method": "DELETE"})

    assert answer.status_code == 303
    assert browser.get(f"/directives/{draft.id}").status_code == 404


def test_rows_are_added_and_taken_out_without_javascript(
    client_of: Browser, draft: Directive, office: User
) -> None:
    browser = client_of(office)
    address = f"/directives/{draft.id}/correction"
    fields = _fields(browser.get(address).text)

    more = browser.post(address, data=fields | {"add_row": "items"}).text
    fewer = browser.post(address, data=fields | {"remove_row": "items-1"}).text

    assert len(re.findall(r'name="items-\d+-code"', more)) == 8
    assert re.findall(r'name="items-\d+-code"[^>]*?value="([^"]+)"', fewer) == [
        "1",
        "2.a",
        "3",
        "4",
        "5",
        "6",
    ]


def test_row_added_by_javascript_has_no_source_of_its_deadline(
    client_of: Browser, draft: Directive, office: User
) -> None:
    browser = client_of(office)
    address = f"/directives/{draft.id}/correction"
    row = {"code": "7", "text": "Việc mới", "deadline_operator": "", "deadline_on": "2023-05-01"}
    row = {f"items-7-{name}": value for name, value in row.items()}

    answer = browser.post(address, data=_fields(browser.get(address).text) | row)

    assert answer.status_code == 303
    added = db.session.get(Directive, draft.id, populate_existing=True).items[-1]
    assert (added.code, added.deadline_source) == ("7", "internal")


def test_conflict_of_two_people_is_told(client_of: Browser, draft: Directive, office: User) -> None:
    browser = client_of(office)
    address = f"/directives/{draft.id}/correction"
    fields = _fields(browser.get(address).text)
    browser.post(address, data=fields)

    answer = browser.post(address, data=fields | {"subject": "khác"})

    assert answer.status_code == 409
    assert db.session.get(Directive, draft.id, populate_existing=True).subject != "khác"


def test_wrong_field_is_told_beside_it(client_of: Browser, draft: Directive, office: User) -> None:
    browser = client_of(office)
    address = f"/directives/{draft.id}/correction"

    answer = browser.post(address, data=_fields(browser.get(address).text) | {"month": "13"})

    assert answer.status_code == 422
    assert 'id="month-error"' in answer.text


def test_list_shows_drafts_to_the_office_alone(
    client_of: Browser, draft: Directive, office: User, staff: User
) -> None:
    assert "Chờ rà soát" in client_of(office).get("/directives").text
    assert "Chưa có công văn nào" in client_of(staff).get("/directives").text


def test_list_is_paged(client_of: Browser, staff: User) -> None:
    for number in range(21):
        make_directive(number=str(number), subject=f"công văn thứ {number}")
    browser = client_of(staff)

    first = browser.get("/directives").text
    second = browser.get(re.search(r'href="(/directives\?page=[^"]+)"', first)[1]).text

    assert first.count("Công văn thứ") == 20
    assert "Công văn thứ 0<" in second


@pytest.mark.parametrize("mark", ["x", "W10", "WyJhIl0"])
def test_made_up_page_marks_are_not_found(client_of: Browser, staff: User, mark: str) -> None:
    assert client_of(staff).get(f"/directives?page={mark}").status_code == 404


@pytest.mark.parametrize(
    "path", ["letters/ke-hoach-xa.txt", "letters/quyet-dinh.txt", "letters/so-noi-vu.txt"]
)
def test_other_kinds_of_letters_come_in(client_of: Browser, office: User, path: str) -> None:
    content = (Path(__file__).parent / path).read_bytes()
    browser = client_of(office)

    answer = browser.post("/directives/import", data={"file": (io.BytesIO(content), path.split("/")[1])})
    page = browser.get(answer.headers["Location"])

    assert (answer.status_code, page.status_code) == (303, 200)


def _upload(browser: FlaskClient, name: str, content: bytes) -> TestResponse:
    """Send a file and close the temporary file that the test client makes of large ones."""
    sent = EnvironBuilder("/directives/import", method="POST", data={"file": (io.BytesIO(content), name)})
    environ = sent.get_environ()
    answer = browser.open(environ)
    environ["wsgi.input"].close()
    return answer


def _open_rows(page: str) -> list[int]:
    rows = re.findall(r'<details class="fold" data-row( open)?>.*?id="items-(\d+)-code"', page, re.DOTALL)
    return [int(number) for is_open, number in rows if is_open]


def _fields(page: str) -> dict[str, str]:
    """Return what a browser would send of the correction form."""
    form = re.search(r'<form method="post"\s+class="form".*?</form>', page, re.DOTALL)[0]
    fields: dict[str, str] = {}
    for tag in re.findall(r"<input[^>]*>", form):
        name = re.search(r'name="([^"]+)"', tag)
        is_off = 'type="checkbox"' in tag and "checked" not in tag
        if name and not is_off:
            fields[name[1]] = html.unescape((re.search(r'value="([^"]*)"', tag) or ["", ""])[1])
    for name, text in re.findall(
        r'<textarea[^>]*name="([^"]+)"[^>]*>\r?\n?(.*?)</textarea>', form, re.DOTALL
    ):
        fields[name] = html.unescape(text)
    for name, options in re.findall(r'<select[^>]*name="([^"]+)"[^>]*>(.*?)</select>', form, re.DOTALL):
        chosen = re.search(r'<option selected value="([^"]*)"', options) or re.search(
            r'value="([^"]*)"', options
        )
        fields[name] = html.unescape(chosen[1])
    return fields


def _kept(directive: Directive) -> tuple[object, ...]:
    return (
        directive.subject,
        directive.addressees,
        directive.recipients,
        directive.annexes,
        [(c.kind, c.number, c.issued_on, c.issuer, c.role) for c in directive.citations],
        [
            (i.code, i.text, i.verb, i.report_to, i.deadline_operator, i.deadline_on, i.deadline_words)
            for i in directive.items
        ],
        [[(a.words, a.part, a.unit_id) for a in i.assignments] for i in directive.items],
    )
