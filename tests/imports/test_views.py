"""Pages for bringing past initiatives in."""

import io
from collections.abc import Callable

import pytest
from flask.testing import FlaskClient
from sqlalchemy import func, select
from werkzeug.test import TestResponse

from cchc_portal.accounts.models import Role, User
from cchc_portal.core.db import db
from cchc_portal.imports.consumers import continue_imports
from cchc_portal.imports.models import Batch, State
from cchc_portal.initiatives.models import Initiative
from tests.factories.accounts import make_user
from tests.factories.imports import ROW, import_whole, make_batch

CSV = "title,solution,lạ\nTra cứu bằng mã QR,Dán mã lên giấy hẹn.,x\n,,x\n"


@pytest.fixture
def office(client_of: Callable[[User], FlaskClient]) -> FlaskClient:
    return client_of(make_user(Role.OFFICE))


def _upload(browser: FlaskClient, content: str, name: str = "cu.csv") -> TestResponse:
    return browser.post("/imports", data={"sheet": (io.BytesIO(content.encode()), name)})


def _count() -> int:
    return db.session.scalar(select(func.count()).select_from(Initiative)) or 0


def test_file_is_looked_at_then_confirmed_then_undone(
    office: FlaskClient, deliver: Callable[[], None]
) -> None:
    looked_at = _upload(office, CSV)
    where = looked_at.headers["Location"]
    page = office.get(where).get_data(as_text=True)
    assert "Tra cứu bằng mã QR" in page
    assert "Cột không dùng đến: lạ." in page
    assert "Thiếu tên sáng kiến." in page
    assert _count() == 0

    office.post(f"{where}/confirmation")
    deliver()
    while db.session.scalars(select(Batch)).one().is_at_work:
        continue_imports()
    assert _count() == 1
    assert "Đã nhập 1 sáng kiến." in office.get(where).get_data(as_text=True)

    office.post(f"{where}/undoing")
    while db.session.scalars(select(Batch)).one().is_at_work:
        continue_imports()
    assert _count() == 0
    assert "không còn sáng kiến nào" in office.get(where).get_data(as_text=True)


@pytest.mark.parametrize(
    ("content", "name"),
    [("", "cu.csv"), ("x", "cu.docx"), ("{", "cu.jsonl"), ("x", "cu")],
)
def test_what_is_no_sheet_is_refused_with_words(office: FlaskClient, content: str, name: str) -> None:
    answer = _upload(office, content, name)

    assert answer.status_code == 422
    assert 'role="alert"' in answer.get_data(as_text=True)
    assert db.session.scalars(select(Batch)).all() == []


def test_no_file_is_refused_at_its_field(office: FlaskClient) -> None:
    answer = office.post("/imports", data={})

    assert answer.status_code == 422
    assert "Hãy chọn một tệp." in answer.get_data(as_text=True)


def test_rows_are_shown_page_by_page_and_by_fate(office: FlaskClient) -> None:
    rows = [{**ROW, "title": f"Tên số {number:03}"} for number in range(60)]
    batch = make_batch(*rows, {"title": ""})
    here = f"/imports/{batch.id}"

    first = office.get(here).get_data(as_text=True)
    errors = office.get(f"{here}?fate=error").get_data(as_text=True)
    odd = office.get(f"{here}?fate=<b>").get_data(as_text=True)

    assert ("Tên số 049" in first, "Tên số 050" in first) == (True, False)
    assert 'rel="next"' in first
    assert ("(chưa có tên)" in errors, "Tên số 001" in errors) == (True, False)
    assert "Tên số 000" in odd


def test_page_of_a_batch_asks_as_much_for_many_rows_as_for_one(
    office: FlaskClient, count_queries: Callable[[Callable[[], object]], int]
) -> None:
    one, many = make_batch(), make_batch(*({**ROW, "title": f"Tên {number}"} for number in range(30)))

    asked = [count_queries(lambda batch=batch: office.get(f"/imports/{batch.id}")) for batch in (one, many)]

    assert asked[0] == asked[1]


def test_progress_is_a_piece_while_at_work_and_the_page_afterwards(office: FlaskClient) -> None:
    batch = make_batch()
    batch.state = State.RUNNING
    db.session.commit()
    at_work = office.get(f"/imports/{batch.id}/progress", headers={"HX-Request": "true"})
    import_whole(make_batch())
    batch.state = State.DONE
    db.session.commit()

    afterwards = office.get(f"/imports/{batch.id}/progress", headers={"HX-Request": "true"})

    assert 'hx-trigger="every 2s"' in at_work.get_data(as_text=True)
    assert afterwards.headers["HX-Redirect"].endswith(f"/imports/{batch.id}")


def test_batch_is_confirmed_once(office: FlaskClient) -> None:
    batch = make_batch()

    answers = [office.post(f"/imports/{batch.id}/confirmation").status_code for _ in range(2)]

    assert answers == [303, 409]


def test_store_leads_the_office_to_the_import(
    office: FlaskClient, client_of: Callable[[User], FlaskClient]
) -> None:
    clerk = client_of(make_user())

    assert 'href="/imports"' in office.get("/initiatives").get_data(as_text=True)
    assert 'href="/imports"' not in clerk.get("/initiatives").get_data(as_text=True)


def test_columns_nobody_knows_are_asked_for_and_chosen_already_next_time(office: FlaskClient) -> None:
    content = "Đề tài,Nội dung\nTra cứu bằng mã QR,Dán mã lên giấy hẹn.\n"
    where = _upload(office, content).headers["Location"]
    asked = office.get(where).get_data(as_text=True)
    assert ('<details class="card" id="columns" open>' in asked, "Tra cứu bằng mã QR" in asked) == (
        True,
        True,
    )

    refused = office.post(f"{where}/columns", data={"column_0": "", "column_1": "solution"})
    unknown = office.post(f"{where}/columns", data={"column_0": "title", "column_1": "bài thơ"})
    office.post(f"{where}/columns", data={"column_0": "title", "column_1": "solution"})

    assert (refused.status_code, unknown.status_code) == (422, 422)
    assert "Hãy chọn cột nào là tên sáng kiến." in refused.get_data(as_text=True)
    assert "Nhập 1 dòng" in office.get(where).get_data(as_text=True)
    again = office.get(_upload(office, content).headers["Location"]).get_data(as_text=True)
    assert ("Nhập 1 dòng" in again, 'id="columns" open' in again) == (True, False)


def test_row_that_is_there_links_to_it(office: FlaskClient) -> None:
    import_whole(make_batch({**ROW, "code": "A-1"}))
    there = db.session.scalars(select(Initiative)).one()

    page = office.get(f"/imports/{make_batch({**ROW, 'code': 'A-1'}).id}").get_data(as_text=True)

    assert f'<a href="/initiatives/{there.id}">A-1: {ROW["title"]}</a>' in page
    assert "Cùng mã số với mục đã có; bỏ qua." in page
