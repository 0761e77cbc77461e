"""Who is told what about the work of units."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from cchc_portal import audit
from cchc_portal.accounts.models import Role, RoleGrant, Unit, User
from cchc_portal.audit import Event
from cchc_portal.core.clock import now, today
from cchc_portal.core.db import db
from cchc_portal.core.errors import NotFound
from cchc_portal.directives.models import State as LetterState
from cchc_portal.notifications import consumers, queries
from cchc_portal.notifications.kinds import BY_NAME
from cchc_portal.notifications.models import MutedKind, Notification
from cchc_portal.tasks.models import Extension, ExtensionState, NoteKind, Task, TaskNote
from tests.factories.accounts import make_unit, make_user
from tests.factories.directives import make_directive
from tests.factories.tasks import make_task

ClientOf = Callable[[User], FlaskClient]


def happen(name: str, on: Task | Unit, *, by: User | None = None, **data: object) -> Event:
    """Let something happen and tell about it, as the worker does."""
    event = audit.record(name, on=on, by=by, **data)
    db.session.flush()
    consumers.tell([event])
    db.session.commit()
    return event


def told(user: User) -> list[tuple[str, str]]:
    """Return kind and words of a person's notifications, and check the stored count on the way."""
    query = select(Notification).where(Notification.user_id == user.id).order_by(Notification.id)
    found = db.session.scalars(query).all()
    db.session.refresh(user)
    assert user.unread_count == sum(one.read_at is None for one in found)
    return [(one.kind, one.words) for one in found]


def kinds(user: User) -> list[str]:
    return [kind for kind, _words in told(user)]


@pytest.fixture
def unit(app: Flask) -> Unit:
    return make_unit()


@pytest.fixture
def member(unit: Unit) -> User:
    return make_user(unit=unit)


@pytest.fixture
def head(unit: Unit) -> User:
    """Give the head of the unit, who sits in another."""
    head = make_user(Role.DEPT_HEAD)
    head.grants[0].unit = unit
    db.session.commit()
    return head


def test_a_letter_with_many_tasks_tells_members_and_head_in_one_line(
    unit: Unit, member: User, head: User, deliver: Callable[[], None]
) -> None:
    letter, stranger = make_directive(items=3), make_user()
    for item in letter.items:
        audit.record("task.opened", on=make_task(item=item, unit=unit), by=None)

    deliver()

    assert (kinds(member), kinds(head), kinds(stranger)) == (["task_opened"], ["task_opened"], [])
    entry = queries.page(to=member, limit=9)[0]
    assert (entry.title, entry.notification.directive) == ("Triển khai kế hoạch", letter)


def test_two_letters_are_two_lines(unit: Unit, member: User) -> None:
    for _ in range(2):
        happen("task.opened", make_task(unit=unit))

    assert kinds(member) == ["task_opened", "task_opened"]


def test_the_next_month_of_a_duty_is_told_again_once_the_first_was_read(unit: Unit, member: User) -> None:
    item = make_directive().items[0]
    first = happen("task.opened", make_task(item=item, unit=unit, period="2023-01"))
    db.session.get_one(Event, first.id).at = now() - timedelta(days=30)
    db.session.commit()
    happen("task.opened", make_task(item=item, unit=unit, period="2023-02"))
    while_unread = kinds(member)

    db.session.scalars(select(Notification)).one().read_at = now()
    member.unread_count = 0
    db.session.commit()
    happen("task.opened", make_task(item=item, unit=unit, period="2023-03"))

    assert (while_unread, kinds(member)) == (["task_opened"], ["task_opened", "task_opened"])


@pytest.mark.parametrize(
    ("event", "kind"),
    [
        ("task.returned", "task_returned"),
        ("task.verified", "task_verified"),
        ("task.completed", "task_completed"),
        ("task.cancelled", "task_cancelled"),
        ("task.extension_granted", "extension_granted"),
        ("task.extension_refused", "extension_refused"),
    ],
)
def test_answers_reach_who_was_named_and_the_head(
    unit: Unit, member: User, head: User, event: str, kind: str
) -> None:
    colleague, office = make_user(unit=unit), make_user(Role.OFFICE)

    happen(event, make_task(unit=unit, person=member), by=office)

    people = (member, head, colleague, office)
    assert [kinds(one) for one in people] == [[kind], [kind], [], []]


def test_answers_reach_the_whole_unit_while_nobody_is_named(unit: Unit, member: User, head: User) -> None:
    happen("task.returned", make_task(unit=unit), by=make_user(Role.OFFICE))

    assert (kinds(member), kinds(head)) == (["task_returned"], ["task_returned"])


def test_the_named_person_hears_of_it_and_who_named_does_not(unit: Unit, member: User, head: User) -> None:
    happen("task.named", make_task(unit=unit, person=member), by=head)

    assert (kinds(member), kinds(head)) == (["task_named"], [])


def test_nobody_hears_of_a_name_that_was_taken_away(unit: Unit, member: User) -> None:
    happen("task.named", make_task(unit=unit), by=make_user())

    assert kinds(member) == []


@pytest.mark.parametrize(
    ("event", "kind"), [("task.reported", "task_reported"), ("task.extension_asked", "extension_asked")]
)
def test_the_office_hears_what_it_has_to_look_at(member: User, unit: Unit, event: str, kind: str) -> None:
    office, leader = make_user(Role.OFFICE), make_user(Role.LEADER)

    happen(event, make_task(unit=unit), by=member)

    assert (kinds(office), kinds(leader), kinds(member)) == ([kind], [], [])


@pytest.mark.parametrize(
    ("event", "kind"),
    [
        ("task.returned", NoteKind.RETURN),
        ("task.verified", NoteKind.VERIFICATION),
        ("task.completed", NoteKind.COMPLETION),
        ("task.cancelled", NoteKind.CANCELLATION),
    ],
)
def test_words_are_the_last_note_of_the_step(unit: Unit, member: User, event: str, kind: NoteKind) -> None:
    task, office = make_task(unit=unit), make_user(Role.OFFICE)
    for note, text in ((kind, "Lần một"), (kind, "Thiếu 98% <số liệu>"), (NoteKind.PROGRESS, "Khác")):
        task.notes.append(TaskNote(kind=note, text=text, author=office))

    happen(event, task, by=office)

    assert [words for _kind, words in told(member)] == ["Thiếu 98% <số liệu>"]


def test_words_of_an_extension_are_reason_and_answer(unit: Unit, member: User) -> None:
    task, office = make_task(unit=unit, days=3), make_user(Role.OFFICE)
    extension = Extension(wanted_on=today(), reason="Chờ số liệu", asked_by=member)
    task.extensions.append(extension)
    happen("task.extension_asked", task, by=member)
    extension.state, extension.answer = ExtensionState.REFUSED, "Đã đủ số liệu"
    extension.decided_by, extension.decided_at = office, now()

    happen("task.extension_refused", task, by=office)

    assert told(office) == [("extension_asked", "Chờ số liệu")]
    assert told(member) == [("extension_refused", "Đã đủ số liệu")]


def test_nobody_hears_of_a_task_of_a_letter_that_may_not_be_seen(unit: Unit, member: User) -> None:
    letter, office = make_directive(state=LetterState.DRAFT), make_user(Role.OFFICE)
    task = make_task(item=letter.items[0], unit=unit)

    happen("task.reported", task, by=member)
    happen("task.returned", task, by=office)

    assert (kinds(office), kinds(member)) == (["task_reported"], [])


def test_a_muted_kind_stays_silent(unit: Unit, member: User) -> None:
    db.session.add(MutedKind(user_id=member.id, kind="task_opened"))

    happen("task.opened", make_task(unit=unit))

    assert kinds(member) == []


def test_disabled_accounts_and_former_heads_hear_nothing(unit: Unit) -> None:
    gone, former = make_user(unit=unit, disabled_at=now()), make_user()
    yesterday = today() - timedelta(days=1)
    former.grants.append(
        RoleGrant(role=Role.DEPT_HEAD, unit=unit, valid_from=date(2020, 1, 1), valid_to=yesterday)
    )

    happen("task.opened", make_task(unit=unit))

    assert (kinds(gone), kinds(former)) == ([], [])


def test_an_urging_tells_the_unit_with_the_offices_words(unit: Unit, member: User, head: User) -> None:
    office = make_user(Role.OFFICE)

    happen("unit.urged", unit, by=office, words="Trước 17h hôm nay", titles="Rà soát; Báo cáo")

    assert told(member) == told(head) == [("urged", "Trước 17h hôm nay")]
    assert queries.page(to=member, limit=1)[0].title == "Rà soát; Báo cáo"


def test_a_digest_tells_whom_it_is_for(unit: Unit, member: User) -> None:
    happen("reminder.digested", unit, to=member.id, titles="Rà soát " * 60)

    entry = queries.page(to=member, limit=1)[0]
    assert (entry.kind, len(entry.title)) == (BY_NAME["reminder"], 300)


def test_what_one_may_no_longer_see_is_neither_listed_nor_found(unit: Unit, member: User) -> None:
    task = make_task(unit=unit)
    happen("task.opened", task)
    happen("task.returned", task)
    first = db.session.scalars(select(Notification.id)).first()
    assert len(queries.page(to=member, limit=9)) == 2

    task.item.directive.deleted_at = now()
    db.session.commit()

    assert queries.page(to=member, limit=9) == []
    with pytest.raises(NotFound):
        queries.get(first or 0, to=member)


@pytest.mark.parametrize(
    ("summary", "title"), [("Rà soát thủ tục", "Rà soát thủ tục"), ("", "x" * 159 + "…")]
)
def test_a_task_is_called_by_its_summary_or_the_beginning_of_its_text(
    unit: Unit, member: User, summary: str, title: str
) -> None:
    letter = make_directive()
    letter.items[0].summary, letter.items[0].text = summary, "x" * 400

    happen("task.returned", make_task(item=letter.items[0], unit=unit))

    assert queries.page(to=member, limit=1)[0].title == title


def test_reading_leads_to_the_letter(unit: Unit, member: User, client_of: ClientOf) -> None:
    task = make_task(unit=unit)
    happen("task.opened", task)
    told_id = db.session.scalars(select(Notification.id)).one()

    answer = client_of(member).post(f"/notifications/{told_id}/reading")

    assert answer.location == f"/directives/{task.item.directive_id}"


@pytest.mark.parametrize("number", [1, 3])
def test_page_needs_one_query_whatever_it_is_about(
    unit: Unit, member: User, count_queries: Callable[[Callable[[], object]], int], number: int
) -> None:
    for _ in range(number):
        task = make_task(unit=unit)
        happen("task.opened", task)
        happen("task.returned", task)
    member_id = member.id
    db.session.expunge_all()
    reader = db.session.get_one(User, member_id)
    assert reader.roles == {Role.STAFF}

    def read() -> None:
        assert len([entry.title for entry in queries.page(to=reader, limit=20)]) == 2 * number

    assert count_queries(read) == 1
