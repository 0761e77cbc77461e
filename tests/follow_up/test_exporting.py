"""The register to take away."""

import io
import zipfile
from collections.abc import Callable
from datetime import date

import docx
import pytest
from flask import Flask
from flask.testing import FlaskClient
from openpyxl import load_workbook

from cchc_portal.accounts.models import User
from cchc_portal.core.clock import today
from cchc_portal.core.errors import Invalid
from cchc_portal.directives.models import Part
from cchc_portal.follow_up import exporting, queries
from cchc_portal.follow_up.queries import Filters, Grouping
from cchc_portal.reports.register import RegisterRow
from cchc_portal.tasks.models import DeadlineSource, State
from tests.factories.accounts import make_unit, make_user
from tests.factories.directives import make_directive
from tests.factories.tasks import make_task

Browser = Callable[[User], FlaskClient]


@pytest.fixture
def browser(app: Flask, client_of: Browser) -> FlaskClient:
    """Give a browser in which a colleague is signed in."""
    return client_of(make_user())


def test_row_holds_the_seven_columns(app: Flask) -> None:
    letter = make_directive(
        arrival_number=87,
        arrival_on=date(2023, 2, 6),
        number="124",
        symbol="UBND-NV",
        issuer="UBND thị xã",
        year=2023,
        month=2,
        day=2,
    )
    task = make_task(
        item=letter.items[0],
        unit=make_unit(name="Tư pháp - Hộ tịch"),
        person=make_user(full_name="Cán bộ hộ tịch"),
        part=Part.SUPPORT,
        state=State.IN_PROGRESS,
        percent=40,
        answer_code="15/BC-UBND",
        remark="Đã nhắc",
        is_backlog=True,
        serves_citizens=True,
    )
    task.be_due(date(2023, 3, 15), operator="trước", words="trước 15/3/2023", source=DeadlineSource.LETTER)

    late = (today() - date(2023, 3, 14)).days
    assert exporting.row_of(task) == RegisterRow(
        arrival_number="87",
        document="Công văn 124/UBND-NV, ngày 02 tháng 02 năm 2023, UBND thị xã, mục 1: Nội dung mục 1.",
        receiver="Tư pháp - Hộ tịch, Cán bộ hộ tịch, phối hợp",
        deadline="trước 15/3/2023",
        progress=f"Đang thực hiện, 40 %, quá hạn {late} ngày",
        answer="15/BC-UBND",
        note="Đã nhắc; tồn đọng; phục vụ người dân, doanh nghiệp",
    )


@pytest.mark.parametrize(
    ("operator", "words", "source", "expected"),
    [
        ("trước", "", DeadlineSource.LETTER, "trước 15/03/2042"),
        ("", "", DeadlineSource.LETTER, "đến hết 15/03/2042"),
        ("", "trong quý I", DeadlineSource.INTERNAL, "trong quý I (hạn nội bộ)"),
    ],
)
def test_deadline_is_said_as_the_office_says_it(
    app: Flask, operator: str, words: str, source: DeadlineSource, expected: str
) -> None:
    task = make_task()
    task.be_due(date(2042, 3, 15), operator=operator, words=words, source=source)

    assert exporting.row_of(task).deadline == expected


def test_row_of_a_bare_task_has_blanks(app: Flask) -> None:
    row = exporting.row_of(make_task(item=make_directive(kind="", symbol="").items[0]))

    assert (row.arrival_number, row.deadline, row.answer, row.note) == ("", "", "", "")
    assert row.document == "mục 1: Nội dung mục 1."


def test_period_is_the_one_asked_for(app: Flask) -> None:
    assert exporting.period_of(Filters(period="2023-Q1"), []) == (date(2023, 1, 1), date(2023, 3, 31))


def test_period_begins_with_the_first_letter(app: Flask) -> None:
    task = make_task()

    assert exporting.period_of(Filters(), [task]) == (task.item.directive.registered_on, today())
    assert exporting.period_of(Filters(), []) == (today(), today())


def test_more_lines_than_a_document_shows_are_refused(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(exporting, "MOST_LINES", 2)
    for _ in range(3):
        make_task()

    with pytest.raises(Invalid):
        exporting.tasks_of(Filters(), to=make_user(), by=Grouping.DEADLINE, among=queries.choices())


def test_spreadsheet_holds_exactly_what_is_filtered(browser: FlaskClient) -> None:
    unit = make_unit(name="Văn hóa - Xã hội")
    make_task(unit=unit, days=-1)
    make_task(unit=unit, days=5)
    make_task()

    answer = browser.get(f"/follow-up/spreadsheet?unit={unit.id}")

    cells = [
        [str(cell) for cell in row if cell]
        for row in load_workbook(io.BytesIO(answer.data)).active.iter_rows(values_only=True)
    ]
    assert answer.status_code == 200
    assert sum("Văn hóa - Xã hội" in row for row in cells) == 2
    assert sum("Nội dung mục 1." in " ".join(row) for row in cells) == 2


def test_document_holds_more_than_a_page_of_the_board(browser: FlaskClient) -> None:
    unit = make_unit(name="Địa chính - Xây dựng")
    for _ in range(25):
        make_task(unit=unit)

    answer = browser.get("/follow-up/document?by=unit")

    words = "\n".join(
        cell.text
        for table in docx.Document(io.BytesIO(answer.data)).tables
        for row in table.rows
        for cell in row.cells
    )
    assert words.count("Địa chính - Xây dựng") == 25
    assert answer.headers["Content-Disposition"].startswith('attachment; filename="So theo doi')


@pytest.mark.parametrize("path", ["/follow-up/document", "/follow-up/spreadsheet"])
def test_registers_without_lines_can_be_opened(browser: FlaskClient, path: str) -> None:
    answer = browser.get(path)

    assert answer.status_code == 200
    assert zipfile.is_zipfile(io.BytesIO(answer.data))
    assert answer.headers["Content-Security-Policy"] == "sandbox; default-src 'none'"


@pytest.mark.parametrize("path", ["/follow-up/document", "/follow-up/spreadsheet"])
def test_registers_take_as_many_statements_for_three_as_for_one(
    browser: FlaskClient, count_queries: Callable[[Callable[[], object]], int], path: str
) -> None:
    make_task(days=1, person=make_user())
    one = count_queries(lambda: browser.get(path))
    for _ in range(2):
        make_task(days=1, person=make_user())

    assert count_queries(lambda: browser.get(path)) == one


def test_board_leads_to_its_register_with_its_filters(browser: FlaskClient) -> None:
    make_task(days=-1)

    page = browser.get("/follow-up?due=overdue").text

    assert 'href="/follow-up/document?due=overdue&amp;by=deadline"' in page
    assert 'href="/follow-up/spreadsheet?due=overdue&amp;by=deadline"' in page
