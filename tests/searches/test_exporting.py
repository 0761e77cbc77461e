import csv
import io
from collections.abc import Callable
from urllib.parse import unquote

import pytest
from docx import Document
from flask.testing import FlaskClient
from openpyxl import load_workbook

from cchc_portal.accounts.models import User
from cchc_portal.initiatives.models import State
from cchc_portal.searches import exporting
from tests.factories.accounts import make_user
from tests.factories.directives import make_directive
from tests.factories.initiatives import make_initiative

Browser = Callable[[User], FlaskClient]
Indexed = Callable[[], None]


@pytest.fixture
def browser(client_of: Browser) -> FlaskClient:
    return client_of(make_user())


def test_all_three_say_what_the_page_says(browser: FlaskClient, indexed: Indexed) -> None:
    made = make_initiative(state=State.PUBLISHED, title="=1+1 quét mã", vote_count=7)
    make_initiative(state=State.SELECTED, title="Quét mã khác")
    make_initiative(state=State.WITHDRAWN, title="Quét mã kín")
    indexed()
    query = "q=quet+ma&status=published"

    sheet = browser.get(f"/search/spreadsheet?{query}")
    table = browser.get(f"/search/table?{query}")
    document = browser.get(f"/search/document?{query}")

    row = ["1", made.code, "'=1+1 quét mã", "Cách làm hay", "Đã công bố", made.unit.name if made.unit else ""]
    row += ["01/03/2023", "7"]
    cells = list(load_workbook(io.BytesIO(sheet.data)).active.iter_rows(min_row=3, values_only=True))
    assert [["" if value is None else value for value in line] for line in cells[1:]] == [row]
    assert list(csv.reader(io.StringIO(table.data.decode("utf-8-sig"))))[1:] == [row]
    words = [
        [cell.text for cell in line.cells] for line in Document(io.BytesIO(document.data)).tables[-1].rows
    ]
    assert words[-1] == ["1", made.code, "=1+1 quét mã", *row[3:]]
    assert "Kết quả tìm kiếm.xlsx" in unquote(sheet.headers["Content-Disposition"])


def test_slips_are_understood_as_on_the_page(browser: FlaskClient, indexed: Indexed) -> None:
    for title in ("Tra cứu quy hoạch", "Nghiên cứu quy định"):
        make_initiative(state=State.PUBLISHED, title=title, problem="", solution="", result="")
    indexed()

    page = browser.get("/search?q=cuu+quy+haoch").text
    table = browser.get("/search/table?q=cuu+quy+haoch").data.decode("utf-8-sig")

    assert "Đang tìm “cứu quy hoạch” thay cho “cuu quy haoch”" in page
    assert [row[2] for row in csv.reader(io.StringIO(table))][1:] == ["Tra cứu quy hoạch"]


def test_kinds_stand_in_one_list(browser: FlaskClient, indexed: Indexed) -> None:
    make_directive(number="124", symbol="UBND-NV", subject="Quét mã")
    indexed()

    rows = list(csv.reader(io.StringIO(browser.get("/search/table?q=124").data.decode("utf-8-sig"))))

    assert {row[3] for row in rows[1:]} == {"Công văn", "Nội dung công văn"}


def test_too_much_is_refused_in_words(
    browser: FlaskClient, indexed: Indexed, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(exporting, "MOST_ROWS", 1)
    for _ in range(2):
        make_initiative(state=State.PUBLISHED, title="Quét mã")
    indexed()

    answer = browser.get("/search/spreadsheet?q=quet+ma")

    assert answer.status_code == 422
    assert "hãy lọc bớt" in answer.text
