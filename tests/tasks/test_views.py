"""Addresses of tasks: what is shown to whom, and what a form does."""

import io
import re
from collections.abc import Callable

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from cchc_portal.accounts.models import User
from cchc_portal.core.db import db
from cchc_portal.directives.models import State as LetterState
from cchc_portal.tasks import operations
from cchc_portal.tasks.models import DeadlineSource, Extension, ExtensionState, State, Task, TaskNote
from tests.factories.accounts import make_unit, make_user
from tests.factories.directives import make_directive
from tests.factories.replication import in_days
from tests.factories.storage import docx_bytes, pdf_bytes
from tests.factories.tasks import make_evidence, make_task
from tests.tasks.conftest import Cast

pytestmark = pytest.mark.usefixtures("app")

Open = Callable[[User], FlaskClient]
FRAGMENT = {"HX-Request": "true"}


def page(client: FlaskClient, path: str, **headers: str) -> str:
    answer = client.get(path, headers=headers)
    assert answer.status_code == 200, path
    return " ".join(answer.text.split())


def status(client: FlaskClient, path: str) -> int:
    answer = client.get(path)
    answer.close()
    return answer.status_code


def again(task: Task) -> Task:
    db.session.expire_all()
    return db.session.get_one(Task, task.id)


def sent(client: FlaskClient, task: Task, act: str, **form: object) -> TestResponse:
    return client.post(f"/tasks/{task.id}/{act}", data=form, content_type="multipart/form-data")


# My tasks


def test_index_groups_by_when_things_are_due(cast: Cast, client_of: Open) -> None:
    for days in (-2, 0, 40, None):
        make_task(unit=cast.unit, days=days)
    make_task(unit=cast.unit, state=State.REPORTED)
    make_task(unit=cast.unit, state=State.DONE)
    make_task()

    shown = page(client_of(cast.member), "/tasks")

    assert re.findall(r"<h2>([^<]+)</h2>", shown) == [
        "Quá hạn",
        "Trong tuần này",
        "Các tuần sau",
        "Chưa có hạn",
        "Đã báo cáo, chờ kiểm tra",
    ]
    assert shown.count('href="/tasks/') == 5
    assert "quá hạn 2 ngày" in shown
    assert 'Của tôi và bộ phận<span class="num">4</span>' in shown


@pytest.mark.parametrize(
    "path", ["/tasks", "/tasks?scope=person", "/tasks?scope=verification", "/tasks?scope=all"]
)
def test_index_without_tasks_says_what_comes(cast: Cast, client_of: Open, path: str) -> None:
    assert 'class="empty"' in page(client_of(cast.office), path)


def test_index_that_is_filtered_empty_offers_to_drop_filters(cast: Cast, client_of: Open) -> None:
    make_task(unit=cast.unit)

    shown = page(client_of(cast.member), "/tasks?state=done")

    assert "Bỏ mọi bộ lọc" in shown


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("", {"late", "soon", "leftover", "reported"}),
        ("state=reported", {"reported"}),
        ("state=done", {"done"}),
        ("state=nonsense", {"late", "soon", "leftover", "reported", "done"}),
        ("due=overdue", {"late"}),
        ("due=week", {"soon"}),
        ("backlog=y", {"leftover"}),
        ("backlog=y&due=overdue", set()),
        ("unit=²", {"late", "soon", "leftover", "reported"}),
        ("unit=999999", set()),
    ],
)
def test_index_is_filtered_by_its_address(
    cast: Cast, client_of: Open, query: str, expected: set[str]
) -> None:
    tasks = {
        "late": make_task(unit=cast.unit, days=-2),
        "soon": make_task(unit=cast.unit, days=3),
        "leftover": make_task(unit=cast.unit, is_backlog=True),
        "reported": make_task(unit=cast.unit, state=State.REPORTED),
        "done": make_task(unit=cast.unit, state=State.DONE),
    }

    shown = page(client_of(cast.member), f"/tasks?{query}")

    assert {name for name, task in tasks.items() if f'"/tasks/{task.id}"' in shown} == expected


def test_index_has_scopes(cast: Cast, client_of: Open) -> None:
    tasks = {
        "unit": make_task(unit=cast.unit),
        "named": make_task(unit=cast.unit, person=cast.member),
        "other": make_task(),
        "reported": make_task(state=State.REPORTED),
    }

    def ids(person: User, scope: str) -> set[str]:
        shown = page(client_of(person), f"/tasks?scope={scope}")
        return {name for name, task in tasks.items() if f'"/tasks/{task.id}"' in shown}

    assert ids(cast.member, "mine") == ids(cast.member, "made-up") == {"unit", "named"}
    assert ids(cast.member, "person") == {"named"}
    assert ids(cast.member, "all") == set(tasks)
    assert ids(cast.member, "verification") == {"unit", "named"}  # not for staff: shown their own
    assert ids(cast.office, "verification") == {"reported"}


def test_index_leaves_work_for_closed_letters_to_whoever_asks_for_its_state(
    cast: Cast, client_of: Open
) -> None:
    closed = make_directive(state=LetterState.CLOSED).items[0]
    task, browser = make_task(unit=cast.unit, item=closed), client_of(cast.member)

    shown = [f'/tasks/{task.id}"' in page(browser, path) for path in ("/tasks", "/tasks?state=not_started")]

    assert shown == [False, True]


def test_index_goes_on_on_the_next_page_with_its_filters(cast: Cast, client_of: Open) -> None:
    letter = make_directive(items=52)
    made = [make_task(item=item, unit=cast.unit, days=3) for item in letter.items]
    browser = client_of(cast.member)

    first = page(browser, "/tasks?due=week")
    onward = re.search(r'href="(/tasks\?[^"]*page=[^"]+)"', first)
    assert onward
    second = page(browser, onward[1].replace("&amp;", "&"))

    assert "due=week" in onward[1]
    assert [first.count('"/tasks/'), second.count('"/tasks/')] == [50, 2]
    assert f'"/tasks/{made[-1].id}"' in second


def test_index_refuses_a_made_up_mark(cast: Cast, client_of: Open) -> None:
    assert client_of(cast.member).get("/tasks?page=abc").status_code == 404


def test_index_answers_htmx_with_the_list_alone(cast: Cast, client_of: Open) -> None:
    assert page(client_of(cast.member), "/tasks", **FRAGMENT).startswith('<div id="tasks"')


@pytest.mark.parametrize(
    "path", ["/tasks", "/tasks?scope=all", "/directives/{letter}/items/1/tasks", "/directives/{letter}/tasks"]
)
def test_lists_take_as_many_statements_for_three_as_for_one(
    cast: Cast, client_of: Open, count_queries: Callable[[Callable[[], object]], int], path: str
) -> None:
    item = make_directive().items[0]
    path = path.format(letter=item.directive_id)
    browser = client_of(cast.office)
    make_task(item=item, unit=cast.office.unit, person=cast.office, days=1)
    one = count_queries(lambda: browser.get(path))
    for _ in range(2):
        make_task(item=item, unit=make_unit(), person=make_user(), days=2)

    assert count_queries(lambda: browser.get(path)) == one


# One task


PRIMARY = re.compile(r'class="button button--primary"[^>]*>(?:<svg.*?</svg>)?\s*([^<]+?)\s*<')


@pytest.mark.parametrize(
    ("state", "who", "primary"),
    [
        (State.NOT_STARTED, "member", ["Bắt đầu thực hiện"]),
        (State.IN_PROGRESS, "head", ["Báo cáo kết quả"]),
        (State.IN_PROGRESS, "named", ["Báo cáo kết quả"]),
        (State.NOT_STARTED, "office", []),
        (State.REPORTED, "office", ["Kiểm tra kết quả"]),
        (State.REPORTED, "leader", ["Kiểm tra kết quả"]),
        (State.REPORTED, "reporter", []),
        (State.REPORTED, "member", []),
        (State.VERIFIED, "leader", ["Xác nhận hoàn thành"]),
        (State.DONE, "leader", []),
        (State.CANCELLED, "member", []),
        (State.IN_PROGRESS, "stranger", []),
    ],
)
def test_page_offers_one_thing_first(
    cast: Cast, client_of: Open, state: State, who: str, primary: list[str]
) -> None:
    task = make_task(unit=cast.unit, person=cast.named, state=state, days=3)
    if task.reported_at:
        task.reported_by = cast.reporter
        db.session.commit()

    shown = page(client_of(getattr(cast, who)), f"/tasks/{task.id}")

    main = shown.partition('id="main"')[2]
    assert PRIMARY.findall(main) == primary


@pytest.mark.parametrize("state", State)
def test_page_of_every_state_links_to_what_the_person_may_do(
    cast: Cast, client_of: Open, state: State
) -> None:
    """Every link of the page answers: nothing is offered that is refused."""
    task = make_task(unit=cast.unit, person=cast.named, state=state, days=3)
    make_evidence(task)
    for who in ("member", "head", "office", "leader", "stranger", "admin"):
        browser = client_of(getattr(cast, who))

        links = set(re.findall(rf'href="(/tasks/{task.id}/[a-z/0-9]+)"', page(browser, f"/tasks/{task.id}")))

        assert links, who
        assert {link: status(browser, link) for link in links} == dict.fromkeys(links, 200)


def test_page_tells_the_story_newest_first(cast: Cast, client_of: Open) -> None:
    task = make_task(unit=cast.unit, days=2)
    operations.note_progress(task, by=cast.member, text="Đã rà soát <b>12</b> thủ tục.", percent=40)
    operations.report(task, by=cast.member, text="Đã nộp kế hoạch.")
    operations.return_(task, by=cast.office, reason="Thiếu phụ lục.")
    db.session.commit()

    shown = page(client_of(cast.member), f"/tasks/{task.id}")

    story = shown.partition('id="story"')[2]
    places = [
        story.index(words) for words in ("Thiếu phụ lục.", "Đã nộp kế hoạch.", "Đã rà soát &lt;b&gt;12")
    ]
    assert places == sorted(places)
    assert "40%" in story
    assert "<strong>Cần làm tiếp</strong><p>Thiếu phụ lục.</p>" in shown


def test_page_shows_the_letters_deadline_beside_an_internal_one(cast: Cast, client_of: Open) -> None:
    item = make_directive().items[0]
    words = f"trước {in_days(9):%d/%m/%Y}"
    item.deadline_words, item.deadline_source = words, "letter"
    task = make_task(item=item, unit=cast.unit)
    task.be_due(in_days(9), operator="trước", words=words, source=DeadlineSource.LETTER)
    task.letter_due_on = task.due_on
    db.session.commit()
    browser = client_of(cast.office)

    before = page(browser, f"/tasks/{task.id}")
    sent(browser, task, "deadline", due_on=in_days(4).strftime("%d/%m/%Y"))
    after = page(browser, f"/tasks/{task.id}")

    assert (words in before, ">hạn nội bộ<" in before) == (True, False)
    assert f"<dt>Hạn theo công văn</dt> <dd> {words} </dd>" in after
    assert ">hạn nội bộ<" in after
    assert "còn 4 ngày" in after


def test_page_of_a_cancelled_task_says_why(cast: Cast, client_of: Open) -> None:
    task = make_task(unit=cast.unit)
    operations.cancel(task, by=cast.office, reason="Công văn được thay thế.")
    db.session.commit()

    assert "<strong>Nhiệm vụ đã hủy</strong><p>Công văn được thay thế.</p>" in page(
        client_of(cast.member), f"/tasks/{task.id}"
    )


@pytest.mark.parametrize(
    ("period", "words"),
    [
        ("2023-W09", "tuần 9/2023"),
        ("2023-03", "tháng 3/2023"),
        ("2023-Q2", "quý II/2023"),
        ("2023-H1", "6 tháng đầu năm 2023"),
        ("2023-H2", "6 tháng cuối năm 2023"),
        ("2023", "năm 2023"),
    ],
)
def test_period_is_written_as_people_say_it(cast: Cast, client_of: Open, period: str, words: str) -> None:
    task = make_task(unit=cast.unit, period=period)

    assert words in page(client_of(cast.member), f"/tasks/{task.id}")


# Acts


def test_work_goes_from_start_to_done_in_the_browser(cast: Cast, client_of: Open) -> None:
    task = make_task(unit=cast.unit, days=3)
    unit, office = client_of(cast.member), client_of(cast.office)

    steps = [
        sent(unit, task, "start"),
        sent(unit, task, "notes", text="Đã làm một nửa.", percent="50 %"),
        sent(unit, task, "report", text="Đã xong.", answer_code="45/BC-UBND"),
        sent(office, task, "return", reason="Thiếu phụ lục."),
        sent(unit, task, "report", text="Đã bổ sung."),
        sent(office, task, "verification", text="Đủ."),
        sent(office, task, "completion"),
    ]

    assert {(step.status_code, step.location) for step in steps} == {(303, f"/tasks/{task.id}")}
    task = again(task)
    assert (task.state, task.answer_code) == (State.DONE, "45/BC-UBND")
    assert [note.percent for note in task.notes if note.percent is not None] == [50, 100, 100]


@pytest.mark.parametrize(
    ("act", "form", "field"),
    [
        ("notes", {"text": "Đã làm.", "percent": "một nửa"}, "percent"),
        ("notes", {"text": "Đã làm.", "percent": "101"}, "percent"),
        ("notes", {"text": " "}, "text"),
        ("report", {"text": "", "answer_code": "45/BC"}, "text"),
        ("report", {"text": "Xong.", "answer_code": "x" * 61}, "answer_code"),
        ("extension", {"until": "hôm sau", "reason": "Chờ."}, "until"),
        ("extension", {"until": "01/01/2020", "reason": "Chờ."}, "until"),
        ("extension", {"until": "", "reason": ""}, "reason"),
    ],
)
def test_refused_form_keeps_what_was_typed(
    cast: Cast, client_of: Open, act: str, form: dict[str, str], field: str
) -> None:
    task = make_task(unit=cast.unit, days=3)

    answer = sent(client_of(cast.member), task, act, **form)

    assert answer.status_code == 422
    assert f'id="{field}-error"' in answer.text
    assert all(typed.strip() in answer.text for typed in form.values())
    assert again(task).state is State.NOT_STARTED


@pytest.mark.parametrize(
    ("act", "state", "form"),
    [
        ("return", State.REPORTED, {"reason": ""}),
        ("cancellation", State.REPORTED, {"reason": "x" * 4001}),
        ("deadline", State.NOT_STARTED, {"due_on": "01/01/2020"}),
        ("verification", State.REPORTED, {"text": "x" * 4001}),
        ("completion", State.VERIFIED, {"text": "x" * 4001}),
        ("person", State.NOT_STARTED, {"person": "999999"}),
        ("details", State.NOT_STARTED, {"answer_code": "x" * 61}),
    ],
)
def test_refused_form_of_the_office_is_shown_again(
    cast: Cast, client_of: Open, act: str, state: State, form: dict[str, str]
) -> None:
    task = make_task(unit=cast.unit, state=state)

    answer = sent(client_of(cast.office), task, act, **form)

    assert (answer.status_code, 'class="error"' in answer.text, again(task).state) == (422, True, state)


def test_form_by_htmx_answers_the_form_alone_and_then_sends_on(cast: Cast, client_of: Open) -> None:
    task, browser = make_task(unit=cast.unit), client_of(cast.member)

    refused = browser.post(f"/tasks/{task.id}/report", data={"text": ""}, headers=FRAGMENT)
    done = browser.post(f"/tasks/{task.id}/report", data={"text": "Xong."}, headers=FRAGMENT)

    assert (refused.status_code, refused.text.lstrip()[:5]) == (422, "<form")
    assert done.headers["HX-Redirect"] == f"/tasks/{task.id}"


def test_second_tab_comes_too_late_and_says_so(cast: Cast, client_of: Open) -> None:
    task, browser = make_task(unit=cast.unit), client_of(cast.member)
    sent(browser, task, "report", text="Xong.")

    page_ = sent(browser, task, "report", text="Xong lần nữa.")
    fragment = browser.post(f"/tasks/{task.id}/notes", data={"text": "Còn nữa."}, headers=FRAGMENT)

    assert (page_.status_code, fragment.status_code) == (409, 409)
    assert "tải lại trang" in page_.text
    assert fragment.headers["HX-Reswap"] == "none"  # what was typed stays on the page
    assert db.session.query(TaskNote).count() == 1


# Files


def upload(
    browser: FlaskClient, task: Task, *files: tuple[bytes, str], act: str = "notes", **form: object
) -> TestResponse:
    return sent(browser, task, act, files=[(io.BytesIO(body), name) for body, name in files], **form)


def test_evidence_is_kept_under_its_vietnamese_name_and_handed_out(cast: Cast, client_of: Open) -> None:
    task, body = make_task(unit=cast.unit), docx_bytes("Kết quả")
    upload(client_of(cast.member), task, (body, "Báo cáo kết quả.docx"), (pdf_bytes("x"), "Biên bản.pdf"))
    first, second = again(task).notes[0].files

    answer = client_of(cast.stranger).get(f"/tasks/{task.id}/evidence/{first.id}")

    assert (first.name, second.name) == ("Báo cáo kết quả.docx", "Biên bản.pdf")
    assert (answer.status_code, answer.data) == (200, body)
    assert answer.headers["Content-Disposition"].startswith('attachment; filename="Bao cao ket qua.docx"')
    assert answer.headers["Content-Type"] == "application/octet-stream"
    assert "sandbox" in answer.headers["Content-Security-Policy"]
    answer.close()


@pytest.mark.parametrize(
    ("body", "name"),
    [
        (b"MZ\x90\x00", "chay.exe"),
        (b"<svg onload='alert(1)'/>", "anh.png"),
        (b"", "trong.pdf"),
        (b"x", "x.docx"),
    ],
)
def test_file_that_is_none_is_named_and_nothing_is_saved(
    cast: Cast, client_of: Open, body: bytes, name: str
) -> None:
    task = make_task(unit=cast.unit)

    answer = upload(client_of(cast.member), task, (body, name), text="Đã làm xong phần một.")

    assert answer.status_code == 422
    assert f"{name}: " in answer.text
    assert "Đã làm xong phần một." in answer.text
    assert again(task).notes == []


def kept(answer: TestResponse) -> list[str]:
    return re.findall(r'name="kept" value="([^"]+)"', answer.text)


@pytest.mark.parametrize("act", ["notes", "report"])
def test_good_files_survive_what_else_is_refused(cast: Cast, client_of: Open, act: str) -> None:
    task, browser = make_task(unit=cast.unit), client_of(cast.member)
    files = (pdf_bytes("x"), "Biên bản.pdf"), (b"khong phai", "ket-qua.docx")

    refused = upload(browser, task, *files, act=act, text="Đã làm.")
    words = kept(refused)
    done = sent(browser, task, act, text="Đã làm.", kept=words)

    assert (refused.status_code, len(words), done.status_code) == (422, 1, 303)
    assert "<li>Biên bản.pdf</li>" in " ".join(refused.text.split())
    assert [file.name for file in again(task).notes[0].files] == ["Biên bản.pdf"]


def test_files_survive_a_wrong_percentage_and_more_can_be_added(cast: Cast, client_of: Open) -> None:
    task, browser = make_task(unit=cast.unit), client_of(cast.member)

    refused = upload(browser, task, (pdf_bytes("x"), "Một.pdf"), percent="năm mươi")
    done = upload(browser, task, (pdf_bytes("y"), "Hai.pdf"), percent="50", kept=kept(refused))

    assert (refused.status_code, done.status_code) == (422, 303)
    assert [file.name for file in again(task).notes[0].files] == ["Một.pdf", "Hai.pdf"]


def test_files_of_somebody_else_cannot_be_claimed(cast: Cast, client_of: Open) -> None:
    """Whoever knows a hash must not get the file by it."""
    task = make_task(unit=cast.unit)
    words = kept(upload(client_of(cast.member), task, (pdf_bytes("x"), "Mật.pdf"), percent="x"))

    browser = client_of(cast.head)
    sent(browser, task, "notes", text="Đã làm.", kept=[*words, "bịa", words[0][:-3] + "abc"])

    assert again(task).notes[0].files == []


# More time


def test_extension_is_asked_for_and_granted_in_the_browser(cast: Cast, client_of: Open) -> None:
    task, until = make_task(unit=cast.unit, days=2), in_days(9)
    sent(client_of(cast.member), task, "extension", until=until.strftime("%d/%m/%Y"), reason="Chờ số liệu.")
    leader = client_of(cast.leader)

    asked = page(leader, f"/tasks/{task.id}")
    shown = page(leader, f"/tasks/{task.id}/extension/decision")
    refused = sent(leader, task, "extension/decision", decision="refuse")
    granted = sent(leader, task, "extension/decision", decision="grant")

    assert ("Chờ số liệu." in asked, "Trả lời đề nghị gia hạn" in asked) == (True, True)
    assert f"<dd> {until:%d/%m/%Y} </dd>" in shown
    assert (refused.status_code, granted.status_code, again(task).due_on) == (422, 303, until)
    assert "đã gia hạn" in page(leader, f"/tasks/{task.id}")
    assert leader.get(f"/tasks/{task.id}/extension/decision").status_code == 404


def test_extension_that_waits_is_shown_to_the_unit_without_buttons(cast: Cast, client_of: Open) -> None:
    task = make_task(unit=cast.unit, days=2)
    db.session.add(Extension(task=task, wanted_on=in_days(5), reason="Chờ.", asked_by=cast.member))
    db.session.commit()

    shown = page(client_of(cast.member), f"/tasks/{task.id}")

    assert "Đang chờ Văn phòng hoặc lãnh đạo quyết định." in shown
    assert f"/tasks/{task.id}/extension" not in shown
    assert client_of(cast.member).get(f"/tasks/{task.id}/extension").status_code == 409


@pytest.mark.parametrize("decision", ["", "maybe", "refuse"])
def test_decision_is_a_refusal_unless_it_says_grant(cast: Cast, client_of: Open, decision: str) -> None:
    task = make_task(unit=cast.unit, days=2)
    asked = Extension(task=task, wanted_on=in_days(5), reason="Chờ.", asked_by=cast.member)
    db.session.add(asked)
    db.session.commit()

    sent(client_of(cast.office), task, "extension/decision", decision=decision, answer="Cần đúng hạn.")

    db.session.expire_all()
    assert asked.state is ExtensionState.REFUSED


# Giving work


def test_item_shows_its_tasks_and_the_office_gives_it_to_a_further_unit(cast: Cast, client_of: Open) -> None:
    item = make_directive().items[0]
    task, further = make_task(item=item, unit=cast.unit, days=3), make_unit()
    helper = make_user(unit=further)
    path = f"/directives/{item.directive_id}/items/1/tasks"
    office = client_of(cast.office)

    asked = page(office, f"{path}/new")
    given = office.post(
        path,
        data={
            "unit": further.id,
            "part": "support",
            "person": helper.id,
            "due_on": in_days(2).strftime("%d/%m/%Y"),
            "deliverable": "Báo cáo",
        },
    )
    shown = page(office, path, **FRAGMENT)

    made = db.session.query(Task).filter_by(unit_id=further.id).one()
    assert (f'value="{further.id}"' in asked, f'<option value="{cast.unit.id}"' in asked) == (True, False)
    assert given.location == f"/tasks/{made.id}"
    assert (made.part, made.person_id, made.due_on, made.deliverable) == (
        "support",
        helper.id,
        in_days(2),
        "Báo cáo",
    )
    assert shown.startswith(f'<div id="tasks-of-item-{item.id}"')
    assert [f'"/tasks/{one.id}"' in shown for one in (task, made)] == [True, True]
    assert "phối hợp" in shown


def test_further_unit_must_be_chosen(cast: Cast, client_of: Open) -> None:
    item = make_directive().items[0]
    office = client_of(cast.office)

    answer = office.post(f"/directives/{item.directive_id}/items/1/tasks", data={"deliverable": "Kế hoạch"})

    assert (answer.status_code, "Kế hoạch" in answer.text, db.session.query(Task).count()) == (422, True, 0)


def test_item_without_tasks_says_so(cast: Cast, client_of: Open) -> None:
    item = make_directive().items[0]

    shown = page(client_of(cast.member), f"/directives/{item.directive_id}/items/1/tasks")

    assert "Chưa giao nhiệm vụ" in shown
    assert "/tasks/new" not in shown


def test_letter_shows_how_far_each_unit_is(cast: Cast, client_of: Open) -> None:
    letter = make_directive(items=2)
    make_task(item=letter.items[0], unit=cast.unit, days=-2)
    make_task(item=letter.items[1], unit=cast.unit, state=State.DONE)

    shown = page(client_of(cast.member), f"/directives/{letter.id}/tasks", **FRAGMENT)

    assert shown.startswith('<div id="tasks-of-letter">')
    assert re.findall(r'<td class="num[^"]*">\s*(?:<b>)?([\d/]+)', shown) == ["1", "1", "0", "1/2"]


def test_letter_without_tasks_says_so(cast: Cast, client_of: Open) -> None:
    assert "chưa giao nhiệm vụ" in page(client_of(cast.member), f"/directives/{make_directive().id}/tasks")


def test_pages_of_letters_leave_places_for_tasks(cast: Cast, client_of: Open) -> None:
    letter, browser = make_directive(), client_of(cast.member)

    item, whole = page(browser, f"/directives/{letter.id}/items/1"), page(browser, f"/directives/{letter.id}")

    assert f'hx-get="/directives/{letter.id}/items/1/tasks"' in item
    assert f'hx-get="/directives/{letter.id}/tasks"' in whole


def test_text_typed_beside_an_empty_field_for_files_is_held_when_the_session_is_over(
    cast: Cast, client: FlaskClient
) -> None:
    task = make_task(unit=cast.unit)
    empty = (io.BytesIO(b""), "")

    answer = sent(client, task, "notes", text="Đã rà soát 12 thủ tục.", files=empty)

    assert (answer.status_code, "Đã rà soát 12 thủ tục." in answer.text) == (401, True)


def test_head_names_somebody_of_the_unit(cast: Cast, client_of: Open) -> None:
    task, head = make_task(unit=cast.unit), client_of(cast.head)

    asked = page(head, f"/tasks/{task.id}/person")
    sent(head, task, "person", person=cast.member.id)
    named = again(task).person_id
    sent(head, task, "person", person="")

    assert (f'value="{cast.member.id}"' in asked, f'value="{cast.stranger.id}"' in asked) == (True, False)
    assert (named, again(task).person_id) == (cast.member.id, None)


def test_details_ask_for_what_the_person_may_say(cast: Cast, client_of: Open) -> None:
    task = make_task(unit=cast.unit)
    unit, office = client_of(cast.member), client_of(cast.office)

    of_unit = sent(unit, task, "details", answer_code="1/BC", is_backlog="y", remark="Không được ghi.")
    first = again(task)
    seen = (first.answer_code, first.is_backlog, first.serves_citizens, first.remark)
    sent(office, task, "details", answer_code="1/BC", serves_citizens="y", remark="Đã nhắc.")
    second = again(task)

    assert of_unit.status_code == 303
    assert seen == ("1/BC", True, False, "")
    assert (second.is_backlog, second.serves_citizens, second.remark) == (False, True, "Đã nhắc.")
    assert 'name="remark"' not in page(unit, f"/tasks/{task.id}/details")


def test_details_of_a_done_task_keep_the_answering_letter_alone(cast: Cast, client_of: Open) -> None:
    task = make_task(unit=cast.unit, state=State.DONE, is_backlog=True)

    sent(client_of(cast.member), task, "details", answer_code="2/BC")

    assert (again(task).answer_code, again(task).is_backlog) == ("2/BC", True)


def test_cancellation_asks_about_further_periods_where_the_duty_returns(cast: Cast, client_of: Open) -> None:
    once, monthly = make_task(), make_task(recurrence="monthly", period="2023-03")
    office = client_of(cast.office)

    asks = [
        'name="ends_series"' in page(office, f"/tasks/{task.id}/cancellation") for task in (once, monthly)
    ]
    sent(office, monthly, "cancellation", reason="Không cần.", ends_series="y")

    assert asks == [False, True]
    assert (again(monthly).state, again(monthly).recurrence) == (State.CANCELLED, None)
