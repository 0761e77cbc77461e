from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest
from flask import Flask

from cchc_portal import audit
from cchc_portal.accounts.models import Role, User
from cchc_portal.core.clock import now
from cchc_portal.core.db import db
from cchc_portal.core.errors import Conflict, Invalid, InvalidState, NotAllowed
from cchc_portal.directives import operations, queries
from cchc_portal.directives.content import Assigned, Content, ItemContent, of_directive
from cchc_portal.directives.entry import Entry, entry_of
from cchc_portal.directives.models import Direction, Directive, State
from cchc_portal.directives.versions import changes, snapshot
from cchc_portal.initiatives.models import Answer
from cchc_portal.tasks.models import Task
from tests.factories.accounts import make_unit, make_user
from tests.factories.directives import address_to, make_directive
from tests.factories.initiatives import make_initiative


def test_issue_freezes_the_first_version(issued: Directive, office: User) -> None:
    versions = queries.versions(issued)

    assert [(one.number, one.reason, one.made_by) for one in versions] == [(1, "", office)]
    assert versions[0].content == snapshot(issued)
    assert versions[0].content["items"][2]["deadline_on"] == "2023-03-15"


def test_amend_makes_a_version_with_who_and_why(issued: Directive, office: User) -> None:
    leader = make_user(Role.LEADER)

    _amend(issued, by=leader, head={"subject": "đúng trích yếu"}, reason=" Gõ sai trích yếu. ")
    db.session.commit()

    newest, first = queries.versions(issued)
    assert (newest.number, newest.reason, newest.made_by) == (2, "Gõ sai trích yếu.", leader)
    assert (newest.content["subject"], issued.subject) == ("đúng trích yếu", "đúng trích yếu")
    assert first.content["subject"] != "đúng trích yếu"
    assert [(e.name, e.data) for e in audit.of(issued)][-1] == ("directive.amended", {"version": 2})


def test_amend_never_touches_the_text(issued: Directive, office: User, letter_text: str) -> None:
    _amend(issued, by=office, head={"subject": "đúng trích yếu"})

    assert issued.text == letter_text


def test_amend_of_a_letter_issued_before_versions_keeps_it_as_it_was(office: User) -> None:
    old = make_directive(subject="cũ", items=2)

    _amend(old, by=office, head={"subject": "mới"})
    db.session.commit()

    newest, first = queries.versions(old)
    assert (first.number, first.content["subject"], first.made_by) == (1, "cũ", old.issued_by)
    assert first.created_at == old.issued_at
    assert (newest.number, newest.content["subject"]) == (2, "mới")


def test_amend_keeps_the_rows_that_tasks_hang_on(
    issued: Directive, office: User, deliver: Callable[[], None]
) -> None:
    deliver()
    task = db.session.query(Task).filter_by(item_id=issued.items[2].id).one()
    content = of_directive(issued)
    items = list(content.items)
    items[2] = replace(items[2], text="Nội dung đã đính chính", deadline_on=date(2023, 3, 20))

    _amend(issued, by=office, items=(ItemContent("7", "Việc bổ sung"), *items))
    db.session.commit()

    assert task.item.code == "2.a"
    assert (task.item.text, task.item.deadline_on) == ("Nội dung đã đính chính", date(2023, 3, 20))
    assert [item.code for item in issued.items] == ["7", "1", "2", "2.a", "3", "4", "5", "6"]


def test_amend_opens_tasks_for_what_was_added(
    issued: Directive, office: User, deliver: Callable[[], None]
) -> None:
    deliver()
    added = ItemContent("7", "Việc bổ sung", (Assigned("VP-TK"),))

    _amend(issued, by=office, items=(*of_directive(issued).items, added))
    deliver()

    task = db.session.query(Task).filter_by(item_id=issued.items[-1].id).one()
    assert task.unit == office.unit


def test_amend_refuses_to_take_out_what_tasks_hang_on(
    issued: Directive, office: User, deliver: Callable[[], None]
) -> None:
    deliver()
    items = tuple(item for item in of_directive(issued).items if item.code != "2.a")

    with pytest.raises(Invalid) as refusal:
        _amend(issued, by=office, items=items)

    assert refusal.value.errors == {"items": operations.IN_USE}


def test_amend_refuses_to_take_out_what_initiatives_answer(office: User) -> None:
    letter = make_directive(items=2)
    db.session.add(Answer(initiative=make_initiative(), item=letter.items[0]))
    db.session.commit()

    with pytest.raises(Invalid):
        _amend(letter, by=office, items=of_directive(letter).items[1:])


def test_amend_takes_out_what_nothing_hangs_on(office: User) -> None:
    letter = make_directive(items=3)

    _amend(letter, by=office, items=of_directive(letter).items[1:])
    db.session.commit()

    assert [item.code for item in letter.items] == ["2", "3"]


@pytest.mark.parametrize("reason", ["", "  \n"])
def test_amend_wants_a_reason(issued: Directive, office: User, reason: str) -> None:
    with pytest.raises(Invalid) as refusal:
        _amend(issued, by=office, head={"subject": "mới"}, reason=reason)

    assert list(refusal.value.errors) == ["reason"]


def test_amend_of_nothing_makes_no_version(issued: Directive, office: User) -> None:
    with pytest.raises(Invalid) as refusal:
        _amend(issued, by=office)

    assert refusal.value.errors == {"": operations.NOTHING_NEW}


def test_amend_of_what_somebody_else_has_corrected_is_a_conflict(issued: Directive, office: User) -> None:
    seen = queries.revision(issued)
    _amend(issued, by=office, head={"subject": "mới"})

    with pytest.raises(Conflict):
        operations.amend(issued, by=office, content=of_directive(issued), seen=seen, reason="Vì sao")


def test_amend_goes_on_while_colleagues_take_note_and_scans_come_in(issued: Directive, office: User) -> None:
    seen, clerk = queries.revision(issued), make_user()
    address_to(issued, clerk.unit)
    operations.acknowledge(issued, by=clerk)
    audit.record("directive.file_attached", on=issued, by=office)
    content = of_directive(issued)
    content = replace(content, head=content.head | {"subject": "mới"})

    version = operations.amend(issued, by=office, content=content, seen=seen, reason="Vì sao")

    assert (issued.subject, version.number) == ("mới", 2)


@pytest.mark.parametrize("state", [State.DRAFT, State.CLOSED])
def test_amend_of_drafts_and_closed_letters_is_refused(office: User, state: State) -> None:
    letter = make_directive(state=state)

    with pytest.raises(NotAllowed):
        _amend(letter, by=office, head={"subject": "mới"})


@pytest.mark.parametrize("role", [Role.STAFF, Role.DEPT_HEAD, Role.REVIEWER, Role.ADMIN])
def test_amend_by_others_is_refused(issued: Directive, role: Role) -> None:
    with pytest.raises(NotAllowed):
        _amend(issued, by=make_user(role), head={"subject": "mới"})


def test_amend_keeps_what_the_book_holds(issued: Directive, office: User) -> None:
    entry = replace(entry_of(issued), page_amount=3, description="Bản sao y")

    operations.amend(
        issued,
        by=office,
        content=of_directive(issued),
        entry=entry,
        seen=queries.revision(issued),
        reason="Bổ sung số trang.",
    )
    db.session.commit()

    assert (issued.page_amount, issued.description) == (3, "Bản sao y")
    newest, first = queries.versions(issued)
    assert list(changes(first.content, newest.content)) == [
        ("Số trang", "", "", "3"),
        ("Ghi chú", "", "", "Bản sao y"),
    ]


def test_changes_are_told_in_the_words_of_the_page(issued: Directive, office: User) -> None:
    first = snapshot(issued)
    content = of_directive(issued)
    items = list(content.items)
    items[2] = replace(items[2], deadline_on=date(2023, 3, 20), deadline_words="trước 20/3/2023")

    _amend(issued, by=office, head={"place": "Hồng Lĩnh"}, items=tuple(items))

    told = list(changes(first, snapshot(issued)))
    assert [(label, code) for label, code, _before, _after in told] == [
        ("Địa danh", ""),
        ("Mục %(code)s", "2.a"),
    ]
    assert told[1][2].splitlines()[-1] == "trước 15/3/2023 (theo công văn)"
    assert told[1][3].splitlines()[-1] == "trước 20/3/2023 (theo công văn)"


def test_day_changed_beside_the_old_words_is_told(issued: Directive, office: User) -> None:
    first = snapshot(issued)
    items = list(of_directive(issued).items)
    items[2] = replace(items[2], deadline_on=date(2023, 3, 20))

    _amend(issued, by=office, items=tuple(items))

    ((_label, code, _before, after),) = changes(first, snapshot(issued))
    assert (code, after.splitlines()[-1]) == ("2.a", "trước 20/03/2023 (theo công văn)")


def test_changes_name_items_that_came_and_went(office: User) -> None:
    letter = make_directive(items=2)
    first = snapshot(letter)

    _amend(letter, by=office, items=(*of_directive(letter).items[1:], ItemContent("3", "Việc mới")))

    told = [(code, bool(before), bool(after)) for _l, code, before, after in changes(first, snapshot(letter))]
    assert told == [("3", False, True), ("1", True, False)]


def test_number_from_the_registry_is_a_version(issued: Directive, office: User) -> None:
    operations.enter_number(issued, by=office, number="35", day=6)
    db.session.commit()

    newest, first = queries.versions(issued)
    assert (first.content["number"], newest.content["number"], newest.number) == ("", "35", 2)


@pytest.mark.parametrize(("day", "month", "year"), [(31, 2, 2023), (29, 2, 2023), (31, None, 2023)])
def test_correct_refuses_days_the_calendar_does_not_have(
    draft: Directive, office: User, day: int, month: int | None, year: int
) -> None:
    content = of_directive(draft)
    content = replace(content, head=content.head | {"day": day, "month": month, "year": year})

    if month is None:
        operations.correct(draft, by=office, content=content, seen=queries.revision(draft))
        return
    with pytest.raises(Invalid) as refusal:
        operations.correct(draft, by=office, content=content, seen=queries.revision(draft))

    assert list(refusal.value.errors) == ["day"]


def test_correct_keeps_citations_that_stay(draft: Directive, office: User) -> None:
    before = [citation.id for citation in draft.citations]
    content = of_directive(draft)
    content = replace(
        content, citations=(content.citations[2], replace(content.citations[0], role="thực hiện"))
    )

    operations.correct(draft, by=office, content=content, seen=queries.revision(draft))
    db.session.commit()

    assert [(citation.id, citation.role) for citation in draft.citations] == [
        (before[2], content.citations[0].role),
        (before[0], "thực hiện"),
    ]


def test_close_ends_a_letter_with_who_and_why(issued: Directive, office: User) -> None:
    operations.close(issued, by=office, reason=" Đã xong cả 6 nội dung. ")
    db.session.commit()

    assert (issued.state, issued.closed_by, issued.close_reason) == (
        State.CLOSED,
        office,
        "Đã xong cả 6 nội dung.",
    )
    assert issued.closed_at is not None
    assert audit.of(issued)[-1].name == "directive.closed"


def test_close_wants_a_reason(issued: Directive, office: User) -> None:
    with pytest.raises(Invalid):
        operations.close(issued, by=office, reason="  ")


@pytest.mark.parametrize("state", [State.DRAFT, State.CLOSED])
def test_close_of_drafts_and_closed_letters_is_refused(office: User, state: State) -> None:
    with pytest.raises(InvalidState):
        operations.close(make_directive(state=state), by=office, reason="Đã xong")


@pytest.mark.parametrize("role", [Role.STAFF, Role.DEPT_HEAD, Role.REVIEWER, Role.ADMIN])
def test_close_by_others_is_refused(issued: Directive, role: Role) -> None:
    with pytest.raises(NotAllowed):
        operations.close(issued, by=make_user(role), reason="Đã xong")


def test_issue_gives_the_next_arrival_number_of_the_year(office: User) -> None:
    make_directive(arrival_on=date(2022, 5, 1), arrival_number=900)
    first, second = (make_directive(state=State.DRAFT, arrival_on=date(2023, 2, day)) for day in (3, 4))

    operations.issue(first, by=office)
    operations.issue(second, by=office)

    assert (first.arrival_number, second.arrival_number) == (1, 2)


def test_issue_goes_on_behind_what_the_office_has_typed(office: User) -> None:
    typed, next_ = (make_directive(state=State.DRAFT) for _number in range(2))
    _enter(typed, office, Entry(arrival_number=57, arrival_on=date(2023, 2, 3)))

    operations.issue(typed, by=office)
    next_.arrival_on = date(2023, 2, 4)
    operations.issue(next_, by=office)

    assert (typed.arrival_number, next_.arrival_number) == (57, 58)


def test_outgoing_letter_gets_no_arrival_number(office: User) -> None:
    own = make_directive(state=State.DRAFT, direction=Direction.OUTGOING)

    operations.issue(own, by=office)

    assert (own.arrival_number, own.arrival_on) == (None, None)


def test_arrival_number_that_is_taken_is_refused(office: User) -> None:
    make_directive(arrival_on=date(2023, 1, 9), arrival_number=57)
    draft = make_directive(state=State.DRAFT)

    with pytest.raises(Invalid) as refusal:
        _enter(draft, office, Entry(arrival_number=57, arrival_on=date(2023, 2, 3)))

    assert refusal.value.errors == {"arrival_number": operations.TAKEN}


def test_letter_cannot_arrive_before_it_was_written(office: User) -> None:
    draft = make_directive(state=State.DRAFT, day=2, month=2, year=2023)

    with pytest.raises(Invalid) as refusal:
        _enter(draft, office, Entry(arrival_on=date(2023, 2, 1)))

    assert refusal.value.errors == {"arrival_on": operations.EARLY}


def test_letter_turned_to_go_out_has_not_arrived(office: User) -> None:
    draft = make_directive(state=State.DRAFT, arrival_on=date(2023, 2, 3), arrival_number=4)

    _enter(draft, office, replace(entry_of(draft), direction=Direction.OUTGOING, issued_amount=12))
    db.session.commit()

    assert (draft.arrival_number, draft.arrival_on, draft.issued_amount) == (None, None, 12)


def test_number_of_a_discarded_draft_is_free_again(office: User) -> None:
    draft, other = (make_directive(state=State.DRAFT) for _number in range(2))
    _enter(draft, office, Entry(arrival_number=57, arrival_on=date(2023, 2, 3)))

    operations.discard(draft, by=office)
    _enter(other, office, Entry(arrival_number=57, arrival_on=date(2023, 2, 3)))
    db.session.commit()

    assert other.arrival_number == 57


def test_import_knows_our_own_letters(app: Flask, letter_text: str) -> None:
    clerk = make_user(Role.OFFICE, unit=make_unit())

    own = operations.import_letter(letter_text, by=clerk, own_name="UBND phường Bắc Hồng")
    other = operations.import_letter(letter_text, by=clerk, own_name="UBND phường Nam Hồng")

    assert (own.direction, own.arrival_on) == (Direction.OUTGOING, None)
    assert (other.direction, other.arrival_on) == (Direction.INCOMING, now().astimezone().date())


def _amend(
    letter: Directive,
    *,
    by: User,
    head: dict[str, object] | None = None,
    items: tuple[ItemContent, ...] | None = None,
    reason: str = "Ghi sai.",
) -> None:
    content = of_directive(letter)
    operations.amend(
        letter,
        by=by,
        content=Content(
            head=content.head | (head or {}),
            citations=content.citations,
            items=content.items if items is None else items,
        ),
        seen=queries.revision(letter),
        reason=reason,
    )


def _enter(letter: Directive, office: User, entry: Entry) -> None:
    content = of_directive(letter)
    operations.correct(letter, by=office, content=content, seen=queries.revision(letter), entry=entry)
