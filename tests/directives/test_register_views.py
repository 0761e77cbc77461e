import io
import re
from collections.abc import Callable
from datetime import date

import pytest
from flask import Flask
from flask.testing import FlaskClient

from cchc_portal.accounts.models import Role, User
from cchc_portal.core.db import db
from cchc_portal.directives import operations, queries
from cchc_portal.directives.contributions import contribute
from cchc_portal.directives.models import Citation, Direction, Directive, DirectiveFile, Receipt, State
from cchc_portal.tasks.models import State as TaskState
from tests.factories.accounts import make_unit, make_user
from tests.factories.directives import (
    address_to,
    make_citation,
    make_directive,
    make_letter_file,
    make_receipt,
)
from tests.factories.storage import image_bytes, pdf_bytes
from tests.factories.tasks import make_task

Browser = Callable[[User], FlaskClient]
HTMX = {"HX-Request": "true"}
OUTGOING = {
    "number": "45",
    "symbol": "UBND-VP",
    "issued_on": "10/03/2023",
    "kind": "Công văn",
    "subject": "phúc đáp Công văn số 124",
    "issuer": "UBND phường Bắc Hồng",
}
AMENDED = {
    "kind": "Công văn",
    "subject": "đã đính chính",
    "direction": "incoming",
    "priority": "0",
    "items-0-code": "1",
    "items-0-text": "Nội dung mục 1.",
    "items-0-deadline_operator": "",
    "reason": "Gõ sai trích yếu.",
}


# The register.


def test_register_shows_what_a_clerk_looks_for(client_of: Browser, staff: User) -> None:
    make_directive(
        number="124",
        symbol="UBND-NV",
        issuer="UBND thị xã",
        day=2,
        month=2,
        year=2023,
        arrival_on=date(2023, 2, 3),
        arrival_number=57,
        items=2,
    )

    page = _text(client_of(staff).get("/directives").text)

    assert "Triển khai kế hoạch Công văn 124/UBND-NV · UBND thị xã · ngày 02 tháng 02 năm 2023" in page
    assert "Số đến 57 · đến ngày 03/02/2023 · 2 nội dung" in page


@pytest.mark.parametrize(
    ("address", "found"),
    [
        ("/directives", {"Đến", "Đi"}),
        ("/directives?direction=incoming", {"Đến"}),
        ("/directives?direction=outgoing", {"Đi"}),
        ("/directives?words=%C4%91i", {"Đi"}),
        ("/directives?words=DI", {"Đi"}),
        ("/directives?number=124", {"Đến"}),
        ("/directives?since=01/01/2023", {"Đến"}),
        ("/directives?until=31/12/2022", set()),
        ("/directives?since=khong&until=32/13/2022", {"Đến", "Đi"}),
        ("/directives?direction=x&state=y", {"Đến", "Đi"}),
        ("/directives?endpoint=x&_scheme=y&_external=1", {"Đến", "Đi"}),
        (f"/directives?words={'a' * 5000}", set()),
        ("/directives?words=%e2%80%8b", {"Đến", "Đi"}),
    ],
)
def test_filters_are_an_address(client_of: Browser, staff: User, address: str, found: set[str]) -> None:
    make_directive(subject="Đến", number="124", symbol="UBND-NV", day=2, month=2, year=2023)
    make_directive(subject="Đi", direction=Direction.OUTGOING)

    answer = client_of(staff).get(address)

    assert answer.status_code == 200
    assert set(re.findall(r">(Đến|Đi)</a>", answer.text)) == found


def test_filters_stay_on_the_next_page(client_of: Browser, staff: User) -> None:
    for number in range(25):
        make_directive(number=str(number + 1), issuer="UBND thị xã")
    make_directive(issuer="Sở Nội vụ")
    browser = client_of(staff)

    first = browser.get("/directives?issuer=thi+xa").text
    second = browser.get(
        re.search(r'href="(/directives\?[^"]*page=[^"]+)"', first)[1].replace("&amp;", "&")
    ).text

    assert (first.count("<li>\n<div>\n<a"), second.count("<li>\n<div>\n<a")) == (20, 5)


@pytest.mark.parametrize("mark", ["x", "W10", "WzEsMiwzXQ", "WzAsMCwwXQ", "WzE4MDE0Mzk4NTA5NDgxOTg0LDEsMV0"])
def test_made_up_marks_never_break_the_register(client_of: Browser, staff: User, mark: str) -> None:
    assert client_of(staff).get(f"/directives?page={mark}").status_code in {200, 404}


def test_empty_search_says_what_to_do(client_of: Browser, staff: User) -> None:
    page = client_of(staff).get("/directives?words=khong").text

    assert "Không có công văn nào như vậy" in page
    assert "Bỏ lọc" in page


def test_register_answers_htmx_with_its_rows(client_of: Browser, staff: User) -> None:
    answer = client_of(staff).get("/directives", headers=HTMX)

    assert answer.text.lstrip().startswith('<section id="register"')


def test_other_features_say_something_beside_letters(client_of: Browser, staff: User) -> None:
    letter, _other = make_directive(), make_directive()
    contribute("tests", lambda ids: {letter_id: "3 nhiệm vụ" for letter_id in ids if letter_id == letter.id})
    try:
        page = client_of(staff).get("/directives").text
    finally:
        contribute("tests", lambda _ids: {})

    assert page.count("3 nhiệm vụ") == 1


def test_pages_ask_the_same_number_of_questions_for_one_and_three_letters(
    client_of: Browser, staff: User, count_queries: Callable[[Callable[[], object]], int]
) -> None:
    browser = client_of(staff)
    make_directive()
    with_one = count_queries(lambda: browser.get("/directives"))
    for _number in range(2):
        make_directive(items=3)

    assert count_queries(lambda: browser.get("/directives")) == with_one


# Receipts.


def test_one_click_says_taken_note(client_of: Browser, staff: User) -> None:
    letter = make_directive()
    address_to(letter, staff.unit)
    browser, address = client_of(staff), f"/directives/{letter.id}"

    before = browser.get(address).text
    answers = [browser.post(f"{address}/receipt").status_code for _click in range(2)]
    after = browser.get(address).text

    assert ("Bạn chưa tiếp nhận" in before, "0/1 người đã tiếp nhận" in before) == (True, True)
    assert answers == [303, 303]
    assert ("Bạn đã tiếp nhận" in after, "1/1 người đã tiếp nhận" in after) == (True, True)
    assert db.session.query(Receipt).count() == 1


def test_receipt_answers_htmx_with_its_section(client_of: Browser, staff: User) -> None:
    letter = make_directive()
    address_to(letter, staff.unit)

    answer = client_of(staff).put(f"/directives/{letter.id}/receipt", headers=HTMX)

    assert answer.text.lstrip().startswith('<div id="receipt"')
    assert "Bạn đã tiếp nhận" in answer.text


def test_first_page_names_letters_to_acknowledge(client_of: Browser, staff: User) -> None:
    letter = make_directive(subject="chấn chỉnh kỷ luật")
    address_to(letter, staff.unit)
    browser = client_of(staff)

    before = browser.get("/").text
    browser.post(f"/directives/{letter.id}/receipt")
    after = browser.get("/").text

    assert ("Chấn chỉnh kỷ luật" in before, "bạn chưa tiếp nhận" in before) == (True, True)
    assert "bạn chưa tiếp nhận" not in after


@pytest.mark.parametrize(
    ("role", "sees"), [(Role.OFFICE, True), (Role.LEADER, True), (Role.DEPT_HEAD, True), (Role.STAFF, False)]
)
def test_who_has_not_taken_note_is_for_those_who_urge(
    client_of: Browser,
    role: Role,
    sees: bool,  # noqa: FBT001
) -> None:
    letter, unit = make_directive(), make_unit(name="Địa chính")
    done = make_user(unit=unit, full_name="Người Đã Xem")
    make_user(unit=unit, full_name="Người Chưa Xem")
    reader = make_user(role, unit=unit if role in {Role.DEPT_HEAD, Role.STAFF} else None)
    address_to(letter, unit)
    make_receipt(letter, by=done)

    page = client_of(reader).get(f"/directives/{letter.id}/receipts").text

    assert "Người Đã Xem" in page
    assert ("Người Chưa Xem" in page) is sees


def test_head_of_another_unit_does_not_see_who_has_not(client_of: Browser) -> None:
    letter, unit = make_directive(), make_unit()
    make_user(unit=unit, full_name="Người Chưa Xem")
    address_to(letter, unit)

    page = client_of(make_user(Role.DEPT_HEAD)).get(f"/directives/{letter.id}/receipts").text

    assert "Người Chưa Xem" not in page


def test_letter_to_nobody_says_so(client_of: Browser, staff: User) -> None:
    page = client_of(staff).get(f"/directives/{make_directive().id}/receipts").text

    assert "Công văn này không gửi bộ phận nào" in page


# Correcting after the issue, closing.


def test_amendment_is_a_page_away_and_shows_what_changed(client_of: Browser, office: User) -> None:
    letter = make_directive(subject="trích yếu sai")
    browser, address = client_of(office), f"/directives/{letter.id}"

    form = browser.get(f"{address}/amendment").text
    revision = re.search(r'name="revision"[^>]*value="(\d+)"', form)[1]
    saved = browser.post(f"{address}/amendment", data=AMENDED | {"revision": revision})
    versions = browser.get(f"{address}/versions").text

    assert saved.status_code == 303
    assert "Gõ sai trích yếu." in versions
    assert ("<del>" in versions, "<ins>" in versions) == (True, True)
    assert "Bản 2 so với bản 1" in versions


def test_amendment_without_a_reason_stays_with_what_was_typed(client_of: Browser, office: User) -> None:
    letter = make_directive()

    answer = client_of(office).post(
        f"/directives/{letter.id}/amendment", data=AMENDED | {"revision": "0", "reason": ""}
    )

    assert (answer.status_code, 'id="reason-error"' in answer.text) == (422, True)
    assert "đã đính chính" in answer.text


def test_rows_of_an_amendment_are_added_without_javascript(client_of: Browser, office: User) -> None:
    letter = make_directive()

    answer = client_of(office).post(f"/directives/{letter.id}/amendment", data=AMENDED | {"add_row": "items"})

    assert len(re.findall(r'name="items-\d+-code"', answer.text)) == 2


def test_book_is_kept_in_the_correction(client_of: Browser, office: User) -> None:
    draft = make_directive(state=State.DRAFT)
    revision = queries.revision(draft)
    entry = {
        "arrival_number": "57",
        "arrival_on": "03/02/2023",
        "to_places": "Văn phòng - Thống kê",
        "due_on": "14/03/2023",
        "priority": "2",
        "page_amount": "3",
        "file_notation": "12/CCHC",
        "file_catalog": "2023",
        "doc_ordinal": "4",
        "language": "Tiếng Việt",
        "description": "Bản sao",
    }

    answer = client_of(office).post(
        f"/directives/{draft.id}/correction", data=AMENDED | entry | {"revision": str(revision)}
    )

    assert answer.status_code == 303
    kept = db.session.get(Directive, draft.id, populate_existing=True)
    assert (kept.arrival_number, kept.arrival_on, kept.due_on) == (57, date(2023, 2, 3), date(2023, 3, 14))
    assert (kept.priority, kept.page_amount, kept.file_notation) == (2, 3, "12/CCHC")
    assert (kept.file_catalog, kept.doc_ordinal, kept.description) == (2023, 4, "Bản sao")


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("number", "1" * 12),
        ("symbol", "A" * 31),
        ("signer_name", "a" * 51),
        ("signer_position", "a" * 101),
        ("to_places", "a" * 1001),
        ("description", "a" * 501),
        ("language", "a" * 31),
        ("file_notation", "a" * 21),
        ("page_amount", "1000"),
        ("arrival_number", "0"),
        ("arrival_on", "31/02/2023"),
        ("priority", "9"),
        ("direction", "sideways"),
    ],
)
def test_what_the_decree_does_not_allow_is_told_beside_its_field(
    client_of: Browser, office: User, name: str, value: str
) -> None:
    draft = make_directive(state=State.DRAFT)

    answer = client_of(office).post(f"/directives/{draft.id}/correction", data=AMENDED | {name: value})

    assert answer.status_code == 422
    assert f'id="{name}-error"' in answer.text


def test_double_is_told_on_the_page_of_correction(client_of: Browser, office: User, letter_text: str) -> None:
    first = operations.import_letter(letter_text, by=office)
    db.session.commit()
    browser = client_of(office)

    answer = browser.post("/directives/import", data={"text": letter_text})
    page = browser.get(answer.headers["Location"]).text

    assert answer.status_code == 303
    assert "Có thể công văn này đã được nhập" in page
    assert f'href="/directives/{first.id}"' in page


def test_single_letter_is_not_called_a_double(client_of: Browser, office: User, draft: Directive) -> None:
    assert "đã được nhập" not in client_of(office).get(f"/directives/{draft.id}/correction").text


def test_letter_is_closed_with_a_reason(client_of: Browser, office: User, staff: User) -> None:
    letter = make_directive()
    browser, address = client_of(office), f"/directives/{letter.id}"

    empty = browser.post(f"{address}/closure", data={"reason": ""})
    closed = browser.post(f"{address}/closure", data={"reason": "Đã xong cả 6 nội dung."})
    page = client_of(staff).get(address).text

    assert (empty.status_code, closed.status_code) == (422, 303)
    assert ("Đã kết thúc" in page, "Đã xong cả 6 nội dung." in page) == (True, True)


# The chain.


def test_letter_and_item_show_the_way_up(client_of: Browser, staff: User) -> None:
    ward, town = make_directive(number="35"), make_directive(number="124")
    make_citation(ward, of=town)
    make_citation(town, number="76/NQ-CP", kind="Nghị quyết", issuer="Chính phủ")
    browser = client_of(staff)

    pages = [browser.get(f"/directives/{ward.id}{below}").text for below in ("", "/chain", "/items/1")]

    for page in pages:
        assert f'href="/directives/{town.id}"' in page
        assert "Nghị quyết 76/NQ-CP" in page
        assert "chưa có trong sổ" in page


def test_chain_answers_htmx_with_its_section(client_of: Browser, staff: User) -> None:
    answer = client_of(staff).get(f"/directives/{make_directive().id}/chain", headers=HTMX)

    assert answer.text.lstrip().startswith('<section id="chain"')
    assert "Chưa ghi văn bản liên quan nào." in answer.text


def test_office_relates_letters_by_number(client_of: Browser, office: User) -> None:
    letter, plan = make_directive(number="35"), make_directive(number="46", symbol="KH-UBND")

    answer = client_of(office).post(
        f"/directives/{letter.id}/relations", data={"relation": "thực hiện", "number": "46/kh-ubnd"}
    )

    assert (answer.status_code, answer.headers["Location"]) == (303, f"/directives/{letter.id}#chain")
    assert [(one.role, one.cited) for one in db.session.query(Citation)] == [("thực hiện", plan)]


def test_office_relates_what_is_only_named(client_of: Browser, office: User) -> None:
    letter = make_directive(number="35")
    said = {
        "relation": "căn cứ",
        "number": "76/NQ-CP",
        "kind": "Nghị quyết",
        "issued_on": "15/07/2021",
        "issuer": "Chính phủ",
    }

    client_of(office).post(f"/directives/{letter.id}/relations", data=said)

    one = db.session.query(Citation).one()
    assert (one.kind, one.number, one.issued_on, one.issuer, one.cited) == (
        "Nghị quyết",
        "76/NQ-CP",
        date(2021, 7, 15),
        "Chính phủ",
        None,
    )


@pytest.mark.parametrize(
    "said",
    [
        {"relation": "căn cứ", "number": ""},
        {"relation": "không có", "number": "76/NQ-CP"},
        {"relation": "căn cứ", "number": "35/UBND-VP"},
        {"relation": "căn cứ", "number": "76/NQ-CP", "issued_on": "32/13/2021"},
    ],
)
def test_refused_relation_keeps_the_form_open(client_of: Browser, office: User, said: dict[str, str]) -> None:
    letter = make_directive(number="35")

    answer = client_of(office).post(f"/directives/{letter.id}/relations", data=said)

    assert answer.status_code == 422
    assert re.search(r'<details class="no-print"\s+open>', answer.text)
    assert db.session.query(Citation).count() == 0


def test_relation_is_taken_away_without_javascript(client_of: Browser, office: User) -> None:
    letter = make_directive()
    citation = make_citation(letter, number="76/NQ-CP", by=office)

    answer = client_of(office).post(
        f"/directives/{letter.id}/relations/{citation.id}", data={"_method": "DELETE"}
    )

    assert (answer.status_code, db.session.query(Citation).count()) == (303, 0)


# Files and letters that go out.


def test_scans_are_kept_and_handed_out_as_attachments(client_of: Browser, office: User, staff: User) -> None:
    letter, content = make_directive(), pdf_bytes("a")
    files = [(io.BytesIO(content), "bản quét.pdf"), (io.BytesIO(image_bytes()), "trang 2.jpg")]

    sent = client_of(office).post(f"/directives/{letter.id}/files", data={"files": files})
    found = db.session.query(DirectiveFile).order_by(DirectiveFile.id).first()
    got = client_of(staff).get(f"/directives/{letter.id}/files/{found.id}")

    assert (sent.status_code, got.data) == (303, content)
    assert got.headers["Content-Type"] == "application/octet-stream"
    assert got.headers["Content-Disposition"].startswith('attachment; filename="ban quet.pdf"')
    assert got.headers["Content-Security-Policy"] == "sandbox; default-src 'none'"
    got.close()


def test_bad_scan_is_named_and_the_good_one_kept(client_of: Browser, office: User) -> None:
    letter = make_directive()
    files = [(io.BytesIO(b"MZ\x90"), "virus.pdf"), (io.BytesIO(pdf_bytes("a")), "tot.pdf")]

    answer = client_of(office).post(f"/directives/{letter.id}/files", data={"files": files}, headers=HTMX)

    assert answer.text.lstrip().startswith('<section id="files"')
    assert "virus.pdf" in answer.text
    assert [file.name for file in queries.files(letter)] == ["tot.pdf"]


def test_no_scan_asks_for_one(client_of: Browser, office: User) -> None:
    answer = client_of(office).post(f"/directives/{make_directive().id}/files", data={})

    assert (answer.status_code, "Hãy chọn ít nhất một tệp." in answer.text) == (422, True)


def test_scan_is_taken_away_by_htmx(client_of: Browser, office: User) -> None:
    letter = make_directive()
    file = make_letter_file(letter)

    answer = client_of(office).delete(f"/directives/{letter.id}/files/{file.id}", headers=HTMX)

    assert answer.text.lstrip().startswith('<section id="files"')
    assert list(queries.files(letter)) == []


def test_outgoing_letter_is_entered_from_the_one_it_answers(client_of: Browser, office: User) -> None:
    town = make_directive(number="124", symbol="UBND-NV")
    make_directive(number="124", symbol="UBND-NV", issuer="UBND huyện")
    browser = client_of(office)

    form = browser.get(f"/directives/outgoing?answers={town.id}").text
    sent = browser.post(
        "/directives/outgoing",
        data=OUTGOING
        | {"answers": "124/UBND-NV", "answers_id": str(town.id)}
        | {"file": (io.BytesIO(pdf_bytes("")), "45.pdf"), "addressees": "UBND thị xã\nLưu: VP"},
    )
    page = browser.get(sent.headers["Location"]).text

    assert 'value="124/UBND-NV"' in form
    letter = db.session.query(Directive).filter_by(number="45").one()
    assert (letter.direction, letter.date_words) == (Direction.OUTGOING, "ngày 10 tháng 3 năm 2023")
    assert (letter.addressees, letter.citations[0].cited) == (["UBND thị xã", "Lưu: VP"], town)
    assert ("45.pdf" in page, f'href="/directives/{town.id}"' in page) == (True, True)


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"number": ""}, "number"),
        ({"symbol": ""}, "symbol"),
        ({"subject": " "}, "subject"),
        ({"issued_on": ""}, "issued_on"),
        ({"issued_on": "31/02/2023"}, "issued_on"),
        ({"answers": "999/UBND"}, "answers"),
        ({"number": "1" * 12}, "number"),
    ],
)
def test_outgoing_form_says_what_is_missing(
    client_of: Browser, office: User, typed: dict[str, str], field: str
) -> None:
    answer = client_of(office).post("/directives/outgoing", data=OUTGOING | typed)

    assert (answer.status_code, f'id="{field}-error"' in answer.text) == (422, True)
    assert db.session.query(Directive).count() == 0


def test_outgoing_form_tells_of_a_file_it_cannot_take(client_of: Browser, office: User) -> None:
    answer = client_of(office).post(
        "/directives/outgoing", data=OUTGOING | {"file": (io.BytesIO(b"MZ\x90"), "45.pdf")}
    )

    assert (answer.status_code, 'id="file-error"' in answer.text) == (422, True)


def test_outgoing_form_of_a_letter_one_may_not_see_is_not_found(client_of: Browser, app: Flask) -> None:
    assert client_of(make_user(Role.OFFICE)).get("/directives/outgoing?answers=999").status_code == 404


def test_pages_of_a_letter_escape_what_it_says(client_of: Browser, office: User) -> None:
    hostile = "<script>alert(1)</script>"
    letter = make_directive(subject=hostile, issuer=hostile, number="35", description=hostile)
    make_citation(letter, number=hostile, kind=hostile, issuer=hostile)
    make_letter_file(letter, name=hostile)
    make_directive(text="b", number="35", issuer=hostile)
    browser = client_of(office)
    paths = ("", "/chain", "/items/1", "/receipts", "/versions", "/amendment", "/closure")

    pages = [browser.get(f"/directives/{letter.id}{path}") for path in paths]
    pages += [browser.get("/directives"), browser.get("/directives/outgoing")]

    assert [page.status_code for page in pages] == [200] * len(pages)
    assert [page.text.count("<script>alert") for page in pages] == [0] * len(pages)


def _text(page: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", page).split())


def test_tasks_stand_beside_letters_and_are_told_on_closing(
    client_of: Browser, issued: Directive, office: User, deliver: Callable[[], None]
) -> None:
    deliver()
    browser = client_of(office)

    register = browser.get("/directives").text
    closure = browser.get(f"/directives/{issued.id}/closure").text

    for page in (register, closure):
        assert re.search(r"\d+ nhiệm vụ đang làm", page)


def test_letter_whose_tasks_are_done_says_so(client_of: Browser, office: User) -> None:
    letter = make_directive()
    make_task(item=letter.items[0], state=TaskState.DONE)

    page = client_of(office).get("/directives").text

    assert "1 nhiệm vụ, không còn việc nào đang làm" in page


def test_correction_offers_the_words_of_the_chain(client_of: Browser, office: User, draft: Directive) -> None:
    page = client_of(office).get(f"/directives/{draft.id}/correction").text

    offered = re.search(r'<datalist id="roles-known">(.*?)</datalist>', page, re.DOTALL)[1]
    assert re.findall(r'value="([^"]+)"', offered) == [
        "căn cứ",
        "thực hiện",
        "kèm theo",
        "thay thế",
        "trả lời",
    ]
