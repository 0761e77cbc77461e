"""Addresses of the boards."""

import re
from collections.abc import Callable
from datetime import date
from html import unescape

import pytest
from flask import Flask
from flask.testing import FlaskClient

from cchc_portal.accounts.models import Role, User
from cchc_portal.core.clock import today
from cchc_portal.core.db import db
from cchc_portal.directives.models import Part
from cchc_portal.directives.models import State as LetterState
from cchc_portal.follow_up.models import SavedView
from cchc_portal.initiatives.models import State as Stage
from cchc_portal.tasks.models import DeadlineSource, State, Task
from tests.factories.accounts import make_unit, make_user
from tests.factories.directives import make_directive
from tests.factories.follow_up import make_answer, make_view
from tests.factories.holidays import make_holiday
from tests.factories.tasks import make_task

Browser = Callable[[User], FlaskClient]
Count = Callable[[Callable[[], object]], int]
FRAGMENT = {"HX-Request": "true"}
HEADS = [
    "Số đến",
    "Tên loại, số, ký hiệu, ngày tháng, cơ quan ban hành",
    "Đơn vị hoặc người nhận",
    "Thời hạn giải quyết",
    "Tiến độ giải quyết",
    "Số, ký hiệu văn bản trả lời",
    "Ghi chú",
]
BOARDS = [
    "/follow-up",
    "/follow-up?by=unit",
    "/follow-up/coverage",
    "/follow-up/calendar",
    "/follow-up/views",
]


@pytest.fixture
def browser(app: Flask, client_of: Browser) -> FlaskClient:
    """Give a browser in which a colleague is signed in."""
    return client_of(make_user())


def _page(client: FlaskClient, path: str, **headers: str) -> str:
    answer = client.get(path, headers=headers)
    assert answer.status_code == 200
    return answer.text


def _plain(page: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", page).split())


def _cells(page: str) -> list[str]:
    row = page.split("<tr>")[2].split("</tr>", maxsplit=1)[0]
    return [_plain(cell) for cell in re.findall(r"<t[dh][^>]*>(.*?)</t[dh]>", row, re.DOTALL)]


@pytest.mark.parametrize("path", BOARDS)
def test_boards_without_rows_say_what_comes(browser: FlaskClient, path: str) -> None:
    page = _page(browser, path)

    assert "<h1>" in page
    assert ('class="empty"' in page) == (path != "/follow-up/calendar")


@pytest.mark.parametrize("path", [*BOARDS, "/directives/1/coverage"])
def test_accounts_that_only_administer_look_at_no_board(app: Flask, client_of: Browser, path: str) -> None:
    assert client_of(make_user(Role.ADMIN)).get(path).status_code == 403


def test_accounts_that_only_administer_see_no_tabs_and_no_section(app: Flask, client_of: Browser) -> None:
    letter, administrator = make_directive(), client_of(make_user(Role.ADMIN))

    assert "/follow-up" not in _page(administrator, "/directives")
    assert "/coverage" not in _page(administrator, f"/directives/{letter.id}")


@pytest.mark.parametrize("path", ["/directives", "/follow-up", "/follow-up/coverage", "/follow-up/calendar"])
def test_tabs_lead_from_each_board_to_all(browser: FlaskClient, path: str) -> None:
    tabs = _page(browser, path).split('class="tabs"')[1].split("</nav>")[0]

    assert re.findall(r'href="([^"]+)"', tabs) == [
        "/directives",
        "/follow-up/coverage",
        "/follow-up",
        "/follow-up/calendar",
        "/tasks",
    ]
    assert re.findall(r'href="([^"]+)" aria-current="page"', tabs) == [path]


def test_register_has_seven_columns(browser: FlaskClient) -> None:
    make_task()

    page = _page(browser, "/follow-up")

    assert re.findall(r'<th scope="col">([^<]+)</th>', page) == HEADS


def test_line_says_what_the_register_asks_for(browser: FlaskClient) -> None:
    letter = make_directive(number="124", symbol="UBND-NV", issuer="UBND thị xã", year=2023, month=2, day=2)
    make_task(
        item=letter.items[0],
        unit=make_unit(name="Tư pháp - Hộ tịch"),
        person=make_user(full_name="Cán bộ hộ tịch"),
        part=Part.SUPPORT,
        days=2,
        state=State.IN_PROGRESS,
        percent=40,
        answer_code="15/BC-UBND",
        remark="Đã nhắc qua điện thoại",
        is_backlog=True,
    )

    cells = _cells(_page(browser, "/follow-up"))

    assert cells[1] == "Nội dung mục 1. Mục 1, Công văn 124/UBND-NV, ngày 02 tháng 02 năm 2023, UBND thị xã"
    assert cells[2] == "Tư pháp - Hộ tịch Cán bộ hộ tịch phối hợp"
    assert "còn 2 ngày" in cells[3]
    assert cells[4] == "Đang thực hiện 40 %"
    assert cells[5] == "15/BC-UBND"
    assert cells[6] == "Đã nhắc qua điện thoại tồn đọng"


def test_line_of_people_cannot_break_the_page(browser: FlaskClient) -> None:
    make_task(remark="<script>alert(1)</script>", answer_code="<b>", unit=make_unit(name="<i>Bộ phận</i>"))

    page = _page(browser, "/follow-up")

    assert "<script>alert" not in page
    assert "<i>Bộ phận" not in page


@pytest.mark.parametrize(
    ("by", "heading"),
    [("deadline", "Quá hạn"), ("unit", "Văn hóa - Xã hội"), ("leader", "Lãnh đạo phường"), ("x", "Quá hạn")],
)
def test_register_is_grouped_as_the_address_says(browser: FlaskClient, by: str, heading: str) -> None:
    letter = make_directive()
    letter.issued_by.full_name = "Lãnh đạo phường"
    make_task(item=letter.items[0], unit=make_unit(name="Văn hóa - Xã hội"), days=-1)

    page = _page(browser, f"/follow-up?by={by}")

    assert f"{heading} 1" in _plain(page.split('scope="rowgroup"')[1].split("</th>")[0])


@pytest.mark.parametrize(
    "query",
    [
        "unit={unit}",
        "letter={letter}",
        "state=in_progress",
        "state=open",
        "due=overdue",
        "period={year}",
        "backlog=1",
        "citizens=1",
        "q=noi+dung+muc+1",
        "leader={leader}",
    ],
)
def test_address_narrows_down(browser: FlaskClient, query: str) -> None:
    wanted = _wanted()
    other = make_task(item=make_directive(subject="khác").items[0], state=State.REPORTED)
    other.item.text = "Việc khác."
    db.session.commit()
    letter = wanted.item.directive

    page = _page(
        browser,
        "/follow-up?"
        + query.format(
            unit=wanted.unit_id, letter=letter.id, leader=letter.issued_by_id, year=wanted.due_on.year
        ),
    )

    assert f'/tasks/{wanted.id}"' in page
    assert f'/tasks/{other.id}"' not in page
    assert "Bỏ mọi bộ lọc" in page


@pytest.mark.parametrize(
    "query",
    ["unit=x", "unit=²", "state=moon", "due=1", "period=hôm qua", "by=", "backlog=yes", "letter=-1", "page="],
)
def test_what_cannot_be_meant_is_passed_over(browser: FlaskClient, query: str) -> None:
    task = make_task()

    assert f'/tasks/{task.id}"' in _page(browser, f"/follow-up?{query}")


@pytest.mark.parametrize("query", ["unit=999999999", "q=%F0%9F%92%A9", "letter=999999999"])
def test_what_is_not_there_finds_nothing(browser: FlaskClient, query: str) -> None:
    make_task()

    assert browser.get(f"/follow-up?{query}").status_code == 200


@pytest.mark.parametrize("mark", ["abc", "W10", "WzEsIDIsIDNd0", "WyJ4IiwgMSwgMl0"])
def test_made_up_marks_are_refused(browser: FlaskClient, mark: str) -> None:
    assert browser.get(f"/follow-up?page={mark}").status_code == 404
    assert browser.get(f"/follow-up/coverage?page={mark}").status_code == 404


def test_register_goes_on_on_the_next_page_with_its_filters(browser: FlaskClient) -> None:
    unit = make_unit()
    items = [item for _ in range(21) for item in make_directive().items]
    tasks = [make_task(item=item, unit=unit, days=number) for number, item in enumerate(items)]

    first = _page(browser, f"/follow-up?unit={unit.id}")
    href = re.search(r'href="([^"]+)" rel="next"', first)[1].replace("&amp;", "&")
    second = _page(browser, href)

    assert f"unit={unit.id}" in href
    assert [f'/tasks/{task.id}"' in first for task in tasks] == [True] * 20 + [False]
    assert [f'/tasks/{task.id}"' in second for task in tasks] == [False] * 20 + [True]
    assert "Về đầu danh sách" in second


@pytest.mark.parametrize("headers", [{}, FRAGMENT])
def test_filter_chosen_without_loading_the_page_can_be_saved(
    browser: FlaskClient, headers: dict[str, str]
) -> None:
    make_task(days=-1)

    chosen = _page(browser, "/follow-up?q=&due=overdue&unit=&by=deadline", **headers)
    plain = _page(browser, "/follow-up?q=&due=&unit=&by=deadline", **headers)

    saving = ["/follow-up/views?due=overdue&by=deadline" in unescape(page) for page in (chosen, plain)]
    assert saving == [True, False]
    assert ["Bỏ mọi bộ lọc" in page for page in (chosen, plain)] == [True, False]


def test_register_is_live(browser: FlaskClient) -> None:
    make_task(days=-1)

    piece = _page(browser, "/follow-up?due=overdue", **FRAGMENT)

    assert piece.lstrip().startswith('<div id="register"')
    assert 'hx-get="/follow-up?due=overdue"' in piece
    assert 'hx-trigger="every 60s, task-changed from:body"' in piece
    assert "data-live" in piece
    assert "<h1>" not in piece


def test_groups_link_to_what_they_count(browser: FlaskClient) -> None:
    for days in (-2, -1, 2):
        make_task(days=days)

    page = _page(browser, "/follow-up")

    assert "3 nhiệm vụ" in _plain(page)
    assert re.findall(r'<a class="chip" href="([^"]+)">([^<]+)<b class="num">(\d+)', page) == [
        ("/follow-up?due=overdue", "Quá hạn ", "2"),
        ("/follow-up?due=3", "Còn không quá 3 ngày ", "1"),
    ]


@pytest.mark.parametrize("path", ["/follow-up", "/follow-up?by=unit&state=any", "/follow-up?q=noi+dung"])
def test_register_takes_as_many_statements_for_three_as_for_one(
    browser: FlaskClient, count_queries: Count, path: str
) -> None:
    make_task(days=-1, person=make_user())
    one = count_queries(lambda: browser.get(path))
    for _ in range(2):
        make_task(days=-1, person=make_user())

    assert count_queries(lambda: browser.get(path)) == one
    assert one <= 8


@pytest.mark.parametrize(
    "path", ["/follow-up/coverage", "/directives/{letter}/coverage", "/follow-up/calendar"]
)
def test_boards_take_as_many_statements_for_three_as_for_one(
    browser: FlaskClient, count_queries: Count, path: str
) -> None:
    letter = make_directive(items=3)
    path = path.format(letter=letter.id)
    _task_and_answer(letter.items[0])
    one = count_queries(lambda: browser.get(path))
    for item in letter.items[1:]:
        _task_and_answer(item)

    assert count_queries(lambda: browser.get(path)) == one
    assert one <= 12


def test_coverage_shows_level_word_and_overdue_in_each_cell(browser: FlaskClient) -> None:
    task = make_task(days=-1)
    make_answer(task.item, task.unit, state=Stage.PUBLISHED)
    make_answer(task.item, task.unit)

    page = _page(browser, "/follow-up/coverage")

    cell = page.split(f'id="cell-{task.item_id}-{task.unit_id}"')[1].split("</a>")[0]
    assert f'href="/directives/{task.item.directive_id}/items/1/units/{task.unit_id}"' in cell
    assert _plain(f"<a {cell}") == "Công nhận 2 quá hạn"


@pytest.mark.parametrize("show", ["gaps", "overdue", "no-proposal"])
def test_coverage_says_when_nothing_is_like_that(browser: FlaskClient, show: str) -> None:
    task = make_task(state=State.IN_PROGRESS)
    make_answer(task.item, task.unit)

    page = _page(browser, f"/follow-up/coverage?show={show}")

    assert "Không có nội dung nào như vậy" in page
    assert f'/follow-up/coverage?show={show}" aria-current="true"' in page


def test_coverage_goes_on_on_the_next_page(browser: FlaskClient) -> None:
    letter = make_directive(items=16)
    for item in letter.items:
        make_task(item=item)

    first = _page(browser, "/follow-up/coverage?show=gaps")
    href = re.search(r'href="([^"]+)" rel="next"', first)[1].replace("&amp;", "&")
    second = _page(browser, href)

    assert "show=gaps" in href
    assert [first.count("Mục 16<"), second.count("Mục 16<"), second.count("Mục 15<")] == [0, 1, 0]


def test_coverage_names_units_without_a_proposal(browser: FlaskClient) -> None:
    letter = make_directive()
    letter.items[0].text = "Đề xuất, giới thiệu, phát hiện sáng kiến."
    make_task(item=letter.items[0], unit=make_unit(name="Địa chính - Xây dựng"))

    section = _page(browser, "/follow-up/coverage").split('id="silent-title"')[1]

    assert "Địa chính - Xây dựng" in section


def test_letter_page_leaves_a_place_for_its_board(browser: FlaskClient) -> None:
    letter = make_directive()

    page = _page(browser, f"/directives/{letter.id}")

    assert f'hx-get="/directives/{letter.id}/coverage"' in page
    assert f'<a href="/directives/{letter.id}/coverage">' in page


def test_board_of_a_letter_is_a_section_and_a_page(browser: FlaskClient) -> None:
    letter = make_directive(items=4)
    for item, state in zip(
        letter.items, (State.DONE, State.REPORTED, State.IN_PROGRESS, State.NOT_STARTED), strict=True
    ):
        make_task(item=item, state=state)

    piece = _page(browser, f"/directives/{letter.id}/coverage", **FRAGMENT)

    assert piece.lstrip().startswith('<div id="coverage"')
    assert "<h1>" in _page(browser, f"/directives/{letter.id}/coverage")
    assert "Hoàn thành 25 % (4 nhiệm vụ): 1 hoàn thành, 1 chờ kiểm tra, 1 đang làm, 1 chưa bắt đầu" in _plain(
        piece
    )


@pytest.mark.parametrize("path", ["/directives/{id}/coverage", "/directives/{id}/items/1/units/{unit}"])
def test_boards_of_drafts_are_not_found(browser: FlaskClient, path: str) -> None:
    letter = make_directive(state=LetterState.DRAFT)

    assert browser.get(path.format(id=letter.id, unit=make_unit().id)).status_code == 404


def test_cell_lists_tasks_and_initiatives(browser: FlaskClient) -> None:
    task = make_task(days=-1, deliverable="Báo cáo tháng")
    initiative = make_answer(task.item, task.unit, title="Hẹn giờ làm thủ tục")
    make_answer(task.item, title="Của bộ phận khác")

    page = _page(browser, f"/directives/{task.item.directive_id}/items/1/units/{task.unit_id}")

    assert f'<a href="/tasks/{task.id}">Báo cáo tháng</a>' in page
    assert f"/initiatives/{initiative.id}" in page
    assert "Của bộ phận khác" not in page


def test_cell_of_a_unit_that_is_not_there_is_not_found(browser: FlaskClient) -> None:
    letter = make_directive()

    assert browser.get(f"/directives/{letter.id}/items/1/units/999999").status_code == 404
    assert browser.get(f"/directives/{letter.id}/items/9/units/{make_unit().id}").status_code == 404


def test_calendar_shows_tasks_and_days_off(browser: FlaskClient) -> None:
    make_holiday(date(2042, 3, 10), name="Nghỉ bão")
    task = make_task(unit=make_unit(short_name="TP-HT"))
    task.be_due(date(2042, 3, 14), source=DeadlineSource.LETTER)
    db.session.commit()

    page = _page(browser, "/follow-up/calendar?month=2042-03")

    assert "Lịch tháng 3/2042" in page
    assert "Ngày nghỉ: Nghỉ bão" in _plain(page)
    assert "TP-HT" in page.split('datetime="2042-03-14"')[1].split("</td>")[0]
    assert [f"month=2042-0{number}" in page for number in (2, 4)] == [True, True]
    assert page.count('<th scope="col">') == 7


def test_calendar_opens_on_the_month_it_is(browser: FlaskClient) -> None:
    page = _page(browser, "/follow-up/calendar")

    assert f'datetime="{today().isoformat()}"' in page
    assert "hôm nay" in page


@pytest.mark.parametrize(
    ("month", "before", "after"), [("2042-01", "2041-12", "2042-02"), ("2042-12", "2042-11", "2043-01")]
)
def test_calendar_turns_over_years(browser: FlaskClient, month: str, before: str, after: str) -> None:
    page = _page(browser, f"/follow-up/calendar?month={month}")

    assert f"month={before}" in page
    assert f"month={after}" in page


@pytest.mark.parametrize("month", ["2042", "2042-Q1", "2042-03-01", "2042-13", "moon", "0000-01", "9999-99"])
def test_calendar_of_no_month_is_not_found(browser: FlaskClient, month: str) -> None:
    assert browser.get(f"/follow-up/calendar?month={month}").status_code == 404


@pytest.mark.parametrize("month", ["1000-01", "2999-12"])
def test_calendar_of_far_months_is_empty(browser: FlaskClient, month: str) -> None:
    assert browser.get(f"/follow-up/calendar?month={month}").status_code == 200


def test_full_days_lead_to_the_register(browser: FlaskClient) -> None:
    for _ in range(5):
        make_task().be_due(date(2042, 3, 14), source=DeadlineSource.LETTER)
    db.session.commit()

    page = _page(browser, "/follow-up/calendar?month=2042-03")

    assert 'href="/follow-up?period=2042-03-14">và 1 việc nữa' in page


def test_filters_are_saved_under_a_name(browser: FlaskClient) -> None:
    page = _page(browser, "/follow-up/views?due=overdue&by=unit&page=x&next=//evil")
    assert 'value="due=overdue&amp;by=unit"' in page

    answer = browser.post(
        "/follow-up/views", data={"name": "Quá hạn", "query": "due=overdue&by=unit&csrf=1", "is_shared": "y"}
    )

    assert (answer.status_code, answer.location) == (303, "/follow-up?due=overdue&by=unit")
    saved = db.session.query(SavedView).one()
    assert (saved.name, saved.filters, saved.is_shared) == ("Quá hạn", "due=overdue&by=unit", True)


@pytest.mark.parametrize("query", ["javascript:alert(1)", "//evil", "unit=x&state=<b>", "=&=&=", "%00=%00"])
def test_saved_filters_hold_nothing_but_filters(browser: FlaskClient, query: str) -> None:
    answer = browser.post("/follow-up/views", data={"name": "Lạ", "query": query})

    assert answer.location == "/follow-up"


@pytest.mark.parametrize("name", ["", "   ", "a" * 81])
def test_refused_names_come_back_with_what_was_typed(browser: FlaskClient, name: str) -> None:
    answer = browser.post("/follow-up/views", data={"name": name, "query": "due=overdue"})

    assert answer.status_code == 422
    assert 'value="due=overdue"' in answer.text
    assert 'aria-invalid="true"' in answer.text


def test_taken_names_are_refused_at_the_field(app: Flask, client_of: Browser) -> None:
    owner = make_user()
    make_view(owner, name="Quá hạn")

    answer = client_of(owner).post("/follow-up/views", data={"name": "qua han", "query": "due=3"})

    assert answer.status_code == 422
    assert "Bạn đã có một bộ lọc mang tên này." in answer.text


def test_saved_views_stand_above_the_register(app: Flask, client_of: Browser) -> None:
    owner = make_user()
    make_view(owner, name="Việc của tôi", query="unit=7")
    make_view(make_user(), name="Của cả cơ quan", query="due=3", shared=True)
    make_view(make_user(), name="Của riêng người khác")

    page = _page(client_of(owner), "/follow-up")

    assert [name in page for name in ("Việc của tôi", "Của cả cơ quan", "Của riêng người khác")] == [
        True,
        True,
        False,
    ]
    assert 'href="/follow-up?unit=7"' in page


def test_view_is_renamed_and_removed_by_plain_forms(app: Flask, client_of: Browser) -> None:
    owner = make_user()
    view = make_view(owner)
    browser = client_of(owner)

    renamed = browser.post(f"/follow-up/views/{view.id}", data={"name": "Việc gấp"})
    assert (renamed.status_code, db.session.get(SavedView, view.id).name) == (303, "Việc gấp")

    removed = browser.post(f"/follow-up/views/{view.id}", data={"_method": "DELETE"})
    assert removed.status_code == 303
    assert db.session.query(SavedView).all() == []


def test_view_with_a_blank_name_is_asked_again(app: Flask, client_of: Browser) -> None:
    owner = make_user()
    view = make_view(owner, name="Quá hạn")

    answer = client_of(owner).post(f"/follow-up/views/{view.id}", data={"name": " "})

    assert answer.status_code == 422
    assert "Quá hạn" in answer.text


@pytest.mark.parametrize(
    "path", ["/follow-up", "/follow-up?by=unit", "/follow-up/coverage", "/follow-up/calendar"]
)
def test_boards_speak_english(app: Flask, client_of: Browser, path: str) -> None:
    make_task(days=1, item=make_directive(subject="").items[0])

    page = _page(client_of(make_user(locale="en")), path)

    assert not re.search(r"Bộ lọc|Thời hạn|Bảng phủ|Lịch|Theo dõi", page.split("<main")[1])


def _wanted() -> Task:
    return make_task(days=-1, state=State.IN_PROGRESS, is_backlog=True, serves_citizens=True)


def _task_and_answer(item: object) -> None:
    task = make_task(item=item, days=0)
    make_answer(task.item, task.unit)


@pytest.mark.parametrize(
    ("role", "expected"), [(Role.OFFICE, 1), (Role.LEADER, 1), (Role.STAFF, 0), (Role.DEPT_HEAD, 0)]
)
def test_units_are_urged_from_their_group(app: Flask, client_of: Browser, role: Role, expected: int) -> None:
    task = make_task(days=-1)

    browser = client_of(make_user(role))

    path = f"/reminders/units/{task.unit_id}/urging"
    assert _page(browser, "/follow-up?by=unit").count(f'action="{path}"') == expected
    assert path not in _page(browser, "/follow-up")


def test_urging_leads_back_to_the_board_and_shows_the_day(app: Flask, client_of: Browser) -> None:
    task = make_task(days=-1)
    make_user(unit=task.unit)
    browser = client_of(make_user(Role.OFFICE))

    answer = browser.post(f"/reminders/units/{task.unit_id}/urging", data={"next": "/follow-up?by=unit"})

    assert (answer.status_code, answer.location) == (303, "/follow-up?by=unit")
    assert f"Đã đôn đốc {today():%d/%m/%Y}" in _plain(_page(browser, "/follow-up?by=unit"))


def test_groups_of_units_take_as_many_statements_for_three_as_for_one(
    app: Flask, client_of: Browser, count_queries: Count
) -> None:
    browser = client_of(make_user(Role.OFFICE))
    make_task(days=-1)
    one = count_queries(lambda: browser.get("/follow-up?by=unit"))
    for _ in range(2):
        make_task(days=-1)

    assert count_queries(lambda: browser.get("/follow-up?by=unit")) == one
