"""Beginning, saying how far it is, reporting."""

import io

import pytest

from cchc_portal import audit
from cchc_portal.core.clock import today
from cchc_portal.core.db import db
from cchc_portal.core.errors import Invalid, InvalidState, NotAllowed
from cchc_portal.storage.formats import Kind
from cchc_portal.storage.operations import Received, receive
from cchc_portal.tasks import operations
from cchc_portal.tasks.models import OPEN, NoteKind, State
from cchc_portal.tasks.operations import marking, working
from tests.factories.storage import pdf_bytes
from tests.factories.tasks import make_evidence, make_task
from tests.tasks.conftest import Cast

pytestmark = pytest.mark.usefixtures("app")


def events(task: object) -> list[str]:
    return [event.name for event in audit.of(task)]  # type: ignore[arg-type]


def file(name: str = "Biên bản.pdf", text: str = "x") -> working.File:
    return receive(io.BytesIO(pdf_bytes(text)), name=name), name


def test_start_says_that_somebody_is_at_it(cast: Cast) -> None:
    task = make_task(unit=cast.unit, person=cast.member)

    operations.start(task, by=cast.member)

    [event] = audit.of(task)
    assert (task.state, task.started_at is not None) == (State.IN_PROGRESS, True)
    assert event.data == {"unit_id": cast.unit.id, "person_id": cast.member.id}


@pytest.mark.parametrize("state", [state for state in State if state is not State.NOT_STARTED])
def test_start_happens_once(cast: Cast, state: State) -> None:
    task = make_task(unit=cast.unit, state=state)

    with pytest.raises(InvalidState):
        operations.start(task, by=cast.member)


@pytest.mark.parametrize("who", ["stranger", "stranger_head", "admin"])
def test_strangers_do_not_work_on_it(cast: Cast, who: str) -> None:
    task, person = make_task(unit=cast.unit), getattr(cast, who)

    for act in (
        lambda: operations.start(task, by=person),
        lambda: operations.note_progress(task, by=person, text="Đã làm."),
        lambda: operations.report(task, by=person, text="Đã xong."),
    ):
        with pytest.raises(NotAllowed):
            act()
    assert (task.state, events(task)) == (State.NOT_STARTED, [])


@pytest.mark.parametrize("who", ["member", "named", "head", "office", "leader"])
def test_progress_begins_the_work_and_keeps_what_was_said(cast: Cast, who: str) -> None:
    task = make_task(unit=cast.unit, person=cast.named)

    note = operations.note_progress(
        task, by=getattr(cast, who), text=" Đã rà soát 12 thủ tục. ", percent=40, files=[file()]
    )
    db.session.commit()

    assert (task.state, task.percent) == (State.IN_PROGRESS, 40)
    assert (note.kind, note.text, note.percent, note.author) == (
        NoteKind.PROGRESS,
        "Đã rà soát 12 thủ tục.",
        40,
        getattr(cast, who),
    )
    assert [(one.name, one.file.kind) for one in note.files] == [("Biên bản.pdf", "pdf")]
    assert events(task) == ["task.progressed"]


def test_progress_without_a_percentage_leaves_it(cast: Cast) -> None:
    task = make_task(unit=cast.unit, percent=30, state=State.IN_PROGRESS)

    operations.note_progress(task, by=cast.member, text="Chờ số liệu.")

    assert (task.percent, task.notes[0].percent) == (30, None)


def test_progress_may_be_a_file_or_a_number_alone(cast: Cast) -> None:
    task = make_task(unit=cast.unit)

    operations.note_progress(task, by=cast.member, files=[file()])
    operations.note_progress(task, by=cast.member, percent=10)

    assert [note.percent for note in task.notes] == [None, 10]


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({}, "text"),
        ({"text": "  \n"}, "text"),
        ({"percent": 0}, "text"),
        ({"text": "x", "percent": 101}, "percent"),
        ({"text": "x", "percent": -1}, "percent"),
        ({"text": "x" * 4001}, "text"),
    ],
)
def test_progress_must_say_something_that_can_be(cast: Cast, said: dict[str, object], field: str) -> None:
    task = make_task(unit=cast.unit)

    with pytest.raises(Invalid) as refused:
        operations.note_progress(task, by=cast.member, **said)

    assert list(refused.value.errors) == [field]
    assert (task.state, task.notes, events(task)) == (State.NOT_STARTED, [], [])


@pytest.mark.parametrize("state", [state for state in State if state not in OPEN])
def test_nothing_is_added_once_it_is_reported(cast: Cast, state: State) -> None:
    task = make_task(unit=cast.unit, state=state)

    for act in (operations.note_progress, operations.report):
        with pytest.raises(InvalidState) as refused:
            act(task, by=cast.member, text="Còn nữa.")
        assert "tải lại trang" in refused.value.message


def test_files_have_limits_of_number_and_size(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    task = make_task(unit=cast.unit)
    for _ in range(2):
        make_evidence(task)
    big = Received("0" * 64, working.LARGEST_SUM, Kind.PDF), "to.pdf"

    with pytest.raises(Invalid) as too_large:
        operations.note_progress(task, by=cast.member, files=[big])
    monkeypatch.setattr(working, "MOST_FILES", 2)
    with pytest.raises(Invalid) as too_many:
        operations.report(task, by=cast.member, text="Xong.", files=[file()])

    assert (too_large.value.errors, too_many.value.errors) == (
        {"files": working.TOO_LARGE},
        {"files": working.TOO_MANY},
    )


def test_same_file_may_prove_two_tasks(cast: Cast) -> None:
    first, second = make_task(unit=cast.unit), make_task(unit=cast.unit)

    operations.note_progress(first, by=cast.member, files=[file("Một.pdf")])
    operations.note_progress(second, by=cast.member, files=[file("Hai.pdf")])
    db.session.commit()

    one, two = first.notes[0].files[0], second.notes[0].files[0]
    assert (one.file_id == two.file_id, one.name, two.name) == (True, "Một.pdf", "Hai.pdf")


@pytest.mark.parametrize("state", sorted(OPEN))
def test_report_hands_the_result_to_the_office(cast: Cast, state: State) -> None:
    task = make_task(unit=cast.unit, state=state, days=2)

    note = operations.report(task, by=cast.member, text="Đã nộp kế hoạch.", answer_code=" 45/BC-UBND ")

    assert (task.state, task.percent, task.reported_by, task.answer_code) == (
        State.REPORTED,
        100,
        cast.member,
        "45/BC-UBND",
    )
    assert (note.kind, note.percent, task.reported_at is not None) == (NoteKind.REPORT, 100, True)
    assert task.started_at is not None or state is State.IN_PROGRESS


@pytest.mark.parametrize(("days", "late"), [(None, 0), (0, 0), (4, 0), (-3, 3)])
def test_report_records_how_late_it_was(cast: Cast, days: int | None, late: int) -> None:
    task = make_task(unit=cast.unit, days=days)

    operations.report(task, by=cast.member, text="Xong.")

    assert audit.of(task)[-1].data["days_late"] == late


def test_report_without_a_letter_keeps_the_number_there(cast: Cast) -> None:
    task = make_task(unit=cast.unit, answer_code="12/BC-UBND")

    operations.report(task, by=cast.member, text="Xong.")

    assert task.answer_code == "12/BC-UBND"


def test_report_refuses_what_is_no_number_of_a_letter(cast: Cast) -> None:
    task = make_task(unit=cast.unit)

    with pytest.raises(Invalid) as refused:
        operations.report(task, by=cast.member, text="Xong.", answer_code="x" * 61)

    assert refused.value.errors == {"answer_code": marking.LONG_CODE}


def test_report_needs_a_text(cast: Cast) -> None:
    task = make_task(unit=cast.unit)

    with pytest.raises(Invalid) as refused:
        operations.report(task, by=cast.member, text=" ", files=[file()])

    assert refused.value.errors == {"text": working.NO_REPORT}


def test_reported_task_is_not_overdue_any_more(cast: Cast) -> None:
    task = make_task(unit=cast.unit, days=-3)

    operations.report(task, by=cast.member, text="Xong.")

    assert not task.is_overdue
    assert task.due_on is not None
    assert task.due_on < today()
