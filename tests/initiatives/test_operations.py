"""Writing, submitting, deciding: what each verb does, asks, refuses and records."""

import threading
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from flask import Flask
from sqlalchemy import select

from cchc_portal import audit
from cchc_portal.accounts.models import Role, User
from cchc_portal.core.clock import now, today
from cchc_portal.core.db import db, unit_of_work
from cchc_portal.core.errors import DomainError, Invalid, InvalidState, NotAllowed
from cchc_portal.initiatives import operations, queries
from cchc_portal.initiatives.models import Draft, EntryMode, Initiative, Kind, State
from cchc_portal.initiatives.queries.limits import TOO_LATE
from tests.factories.accounts import make_unit, make_user
from tests.factories.directives import make_directive
from tests.factories.initiatives import make_initiative, make_nomination, typed

pytestmark = pytest.mark.usefixtures("app")


def drafted(*, by: User | None = None, **changes: object) -> Initiative:
    """Make a draft whose author has typed everything, but for the changes."""
    initiative = make_initiative(state=State.DRAFT, by=by)
    draft = db.session.get_one(Draft, initiative.id)
    draft.content = typed(initiative, initiative.created_by) | changes
    db.session.commit()
    return initiative


def saved(initiative: Initiative, by: User, content: dict[str, Any], revision: int = 1) -> Draft:
    draft = operations.save(initiative, by=by, content=content, revision=revision)
    db.session.commit()
    return draft


def submitted(initiative: Initiative, **how: Any) -> Initiative:
    with unit_of_work():
        return operations.submit(initiative, by=how.pop("by", initiative.created_by), **how)


def refused(initiative: Initiative, **how: Any) -> dict[str, str]:
    with pytest.raises(Invalid) as caught:
        submitted(initiative, **how)
    return caught.value.errors


def events(initiative: Initiative) -> list[str]:
    return [event.name for event in audit.of(initiative)]


# Writing


@pytest.mark.parametrize("kind", Kind)
@pytest.mark.parametrize("mode", [EntryMode.PROPOSE, EntryMode.INTRODUCE])
def test_start_makes_the_writer_the_first_author(kind: Kind, mode: EntryMode) -> None:
    writer = make_user()

    initiative = operations.start(by=writer, kind=kind, entry_mode=mode, title="Trả kết quả tại nhà")

    draft = queries.draft_of(initiative, to=writer)
    assert (initiative.kind, initiative.entry_mode, initiative.state) == (kind, mode, State.DRAFT)
    assert [author.user_id for author in initiative.authors] == [writer.id]
    assert draft.content["authors"][0]["share"] == "100"
    assert events(initiative) == ["initiative.started"]


def test_start_of_a_nomination_leaves_the_author_open() -> None:
    writer = make_user()

    initiative = operations.start(
        by=writer, kind=Kind.MODEL, entry_mode=EntryMode.NOMINATE, title="Trả kết quả tại nhà"
    )

    assert initiative.authors == []
    assert initiative.is_author(writer)


def test_start_refuses_accounts_that_only_administer() -> None:
    with pytest.raises(NotAllowed):
        operations.start(
            by=make_user(Role.ADMIN), kind=Kind.MODEL, entry_mode=EntryMode.PROPOSE, title="Mười chữ cái"
        )


@pytest.mark.parametrize(
    "content",
    [
        {
            "title": "",
            "first_applied_on": "hôm nọ",
            "figures": [{"name": "", "before": "năm", "after": "??"}],
        },
        {"title": "x" * 301, "problem": "x" * 100_000},
        {"authors": [{"user_id": "x", "name": "", "workplace": "", "share": "một nửa"}]},
        {"kind": "không có", "entry_mode": "", "fields": ["99", "x"], "tags": ", ,"},
        {"answers": [{"item_id": "404", "sentence": ""}], "unit_id": "-1"},
        {},
    ],
)
def test_save_keeps_anything_as_it_was_typed(content: dict[str, Any]) -> None:
    initiative = drafted()

    saved(initiative, initiative.created_by, content)

    db.session.expire_all()
    assert queries.draft_of(initiative, to=initiative.created_by).content == content


def test_save_counts_changes_and_says_who_and_when() -> None:
    initiative, colleague = drafted(), make_user()
    initiative.authors[0].user = colleague
    content = typed(initiative, colleague)

    with time_machine.travel(now() + timedelta(hours=1), tick=False):
        draft = saved(initiative, colleague, content | {"title": "Tên mới đủ dài"})
        moment = now()

    assert (draft.revision, draft.saved_by, draft.saved_at) == (2, colleague, moment)
    assert initiative.title == "Tên mới đủ dài"


def test_save_of_the_same_text_is_no_change_even_if_it_comes_late() -> None:
    initiative = drafted()
    content = {"title": "Một tên đủ dài"}
    saved(initiative, initiative.created_by, content)

    again = saved(initiative, initiative.created_by, content, revision=1)

    assert again.revision == 2


def test_save_refuses_to_write_over_what_somebody_else_saved() -> None:
    initiative = drafted()
    saved(initiative, initiative.created_by, {"title": "Của người thứ nhất"})

    with pytest.raises(operations.DraftConflict) as conflict:
        operations.save(
            initiative, by=initiative.created_by, content={"title": "Của người thứ hai"}, revision=1
        )

    assert conflict.value.draft.content == {"title": "Của người thứ nhất"}


def test_save_names_co_authors_who_then_see_the_draft_and_drops_those_taken_out() -> None:
    initiative, co_author = drafted(), make_user()
    rows = [
        {"user_id": str(user.id), "name": "", "workplace": "", "share": "50"}
        for user in (initiative.created_by, co_author)
    ]

    saved(initiative, initiative.created_by, {"authors": rows})
    seen = queries.get(initiative.id, to=co_author)
    saved(initiative, initiative.created_by, {"authors": rows[:1]}, revision=2)

    assert seen == initiative
    assert not initiative.is_author(co_author)


def test_save_refuses_tables_without_end() -> None:
    with pytest.raises(Invalid):
        operations.save(
            initiative := drafted(),
            by=initiative.created_by,
            content={"figures": [{"name": "x"}] * 31},
            revision=1,
        )


@pytest.mark.parametrize("state", [State.SUBMITTED, State.PUBLISHED, State.WITHDRAWN])
def test_save_refuses_what_is_handed_in(state: State) -> None:
    initiative = make_initiative(state=state)

    with pytest.raises(NotAllowed):
        operations.save(initiative, by=initiative.created_by, content={}, revision=1)


def test_delete_and_restore_a_draft() -> None:
    initiative = drafted()

    operations.delete(initiative, by=initiative.created_by)
    hidden = queries.in_hand(initiative.created_by)
    operations.restore(initiative, by=initiative.created_by)

    assert hidden == []
    assert [one.initiative for one in queries.in_hand(initiative.created_by)] == [initiative]
    assert events(initiative) == ["initiative.deleted", "initiative.restored"]


def test_delete_is_for_whoever_began_it_alone() -> None:
    co_author = make_user()
    draft = make_nomination(of=co_author, by=make_user())
    draft.state, draft.code, draft.submitted_at = State.DRAFT, None, None

    with pytest.raises(NotAllowed):
        operations.delete(draft, by=co_author)


# Submitting


def test_submit_gives_a_code_a_version_and_an_event() -> None:
    initiative = submitted(drafted())

    year = today().year
    assert (initiative.state, initiative.code, initiative.year) == (State.SUBMITTED, f"SK-{year}-001", year)
    assert [version.number for version in queries.versions(initiative)] == [1]
    assert events(initiative) == ["initiative.submitted"]
    assert not initiative.awaits_confirmation


def test_submit_copies_the_draft_to_what_everybody_reads() -> None:
    letter, unit, other = make_directive(), make_unit(), make_user()
    initiative = drafted()
    writer = initiative.created_by
    saved(
        initiative,
        writer,
        typed(initiative, writer)
        | {
            "kind": "model",
            "is_trial": True,
            "is_breakthrough": True,
            "first_applied_on": "05/03/2023",
            "tags": "một cửa, mã QR",
            "unit_id": str(unit.id),
            "fields": ["6", "2"],
            "authors": [
                {"user_id": str(writer.id), "name": "", "workplace": "", "share": "60"},
                {"user_id": str(other.id), "name": "", "workplace": "", "share": "30,5"},
                {"user_id": "", "name": "Bà Hai", "workplace": "Tổ dân phố 3", "share": "9,5"},
            ],
            "figures": [{"name": "Thời gian", "measure": "ngày", "before": "5", "after": "2,5"}],
            "answers": [{"item_id": str(letter.items[0].id), "sentence": "Giảm một lượt đi."}],
        },
    )

    submitted(initiative)

    assert (initiative.kind, initiative.unit) == (Kind.MODEL, unit)
    assert (initiative.is_trial, initiative.is_breakthrough) == (True, True)
    assert str(initiative.first_applied_on) == "2023-03-05"
    assert [tag.folded for tag in initiative.tags] == ["mot cua", "ma qr"]
    assert [row.field_code for row in initiative.fields] == [2, 6]
    assert [(author.name, float(author.share or 0)) for author in initiative.authors] == [
        (writer.full_name, 60),
        (other.full_name, 30.5),
        ("Bà Hai", 9.5),
    ]
    assert [(figure.name, float(figure.after or 0)) for figure in initiative.figures] == [("Thời gian", 2.5)]
    assert [(answer.item_id, answer.sentence) for answer in initiative.answers] == [
        (letter.items[0].id, "Giảm một lượt đi.")
    ]


@pytest.mark.parametrize(
    ("changes", "parts"),
    [
        ({"title": ""}, {"title"}),
        ({"problem": "", "solution": " ", "result": ""}, {"problem", "solution", "result"}),
        ({"kind": "initiative"}, {"novelty", "conditions", "first_applied_on"}),
        ({"entry_mode": "introduce"}, {"source_name"}),
        ({"fields": []}, {"fields"}),
        ({"authors": []}, {"authors"}),
        ({"authors": [{"name": "Bà Hai", "share": "100"}]}, {"authors"}),
        ({"figures": [{"name": "x", "before": "năm", "after": ""}]}, {"figures"}),
        ({"first_applied_on": "32/13/2023"}, {"first_applied_on"}),
        ({"problem": "x" * 20_001}, {"problem"}),
        ({"title": "x" * 301}, {"title"}),
    ],
)
def test_submit_names_what_is_missing_and_changes_nothing(changes: dict[str, Any], parts: set[str]) -> None:
    initiative = drafted(**changes)

    assert set(refused(initiative)) == parts
    assert (initiative.state, initiative.code, queries.versions(initiative)) == (State.DRAFT, None, [])


def test_submit_needs_an_answer_to_an_open_letter() -> None:
    letter = make_directive()
    initiative = drafted()

    without = refused(initiative)
    saved(
        initiative,
        initiative.created_by,
        typed(initiative, initiative.created_by)
        | {"answers": [{"item_id": str(letter.items[0].id), "sentence": "Giảm một lượt đi."}]},
    )

    assert set(without) == {"answers"}
    assert submitted(initiative).state is State.SUBMITTED


@pytest.mark.parametrize("item", ["draft", "nothing"])
def test_submit_refuses_items_that_are_not_open(item: str) -> None:
    from cchc_portal.directives.models import State as LetterState

    letter = make_directive(state=LetterState.DRAFT)
    item_id = letter.items[0].id if item == "draft" else 999_999

    errors = refused(drafted(answers=[{"item_id": str(item_id), "sentence": "x"}]))

    assert errors == {"answers": "Có nội dung công văn không còn hiệu lực; vui lòng chọn lại."}


@pytest.mark.parametrize("account", ["unknown", "disabled", "twice"])
def test_submit_refuses_authors_who_have_no_account_or_stand_there_twice(account: str) -> None:
    writer = make_user()
    ids = {"unknown": 999_999, "disabled": make_user(disabled_at=now()).id, "twice": writer.id}
    rows = [{"user_id": str(user_id), "share": "50"} for user_id in (writer.id, ids[account])]

    assert set(refused(drafted(by=writer, authors=rows))) == {"authors"}


def test_submit_of_personal_data_asks_to_look_again() -> None:
    initiative = drafted(problem="Bà có số định danh 042199001234.")

    assert set(refused(initiative)) == {"warnings_read"}
    assert submitted(initiative, warnings_read=True).state is State.SUBMITTED


@pytest.mark.parametrize(("days", "is_late"), [(364, False), (365 * 2, True)])
def test_submit_of_an_initiative_applied_long_ago_asks_to_look_again(days: int, is_late: bool) -> None:  # noqa: FBT001
    first = today() - timedelta(days=days)
    content = {
        "kind": "initiative",
        "first_applied_on": first.isoformat(),
        "novelty": "Mới",
        "conditions": "Không",
    }
    initiative = drafted(**content)

    assert queries.warnings_about(queries.draft_of(initiative, to=initiative.created_by).content) == (
        [TOO_LATE] if is_late else []
    )
    assert submitted(initiative, warnings_read=is_late).state is State.SUBMITTED
    assert queries.warnings_about(content | {"kind": "model"}) == []


def test_submit_again_after_a_return_keeps_the_code_and_makes_the_next_version() -> None:
    initiative, officer = submitted(drafted()), make_user(Role.OFFICE)
    code = initiative.code
    operations.return_(initiative, by=officer, reason="Bổ sung số liệu")
    saved(
        initiative,
        initiative.created_by,
        typed(initiative, initiative.created_by) | {"result": "Giảm 60 lượt."},
    )

    submitted(initiative)

    assert (initiative.code, initiative.state, initiative.state_reason) == (code, State.SUBMITTED, "")
    assert initiative.result == "Giảm 60 lượt."
    assert [version.number for version in queries.versions(initiative)] == [2, 1]


def test_returned_text_is_read_as_it_was_submitted_while_it_is_completed() -> None:
    initiative = submitted(drafted())
    before = initiative.result
    operations.return_(initiative, by=make_user(Role.OFFICE), reason="Bổ sung số liệu")

    saved(initiative, initiative.created_by, {"title": "Tên đang sửa dở", "result": "Đang viết"})

    assert queries.get(initiative.id, to=make_user()).result == before


def test_codes_pass_over_imported_ones() -> None:
    imported = make_initiative()
    imported.code = f"SK-{today().year}-001"
    db.session.commit()

    assert submitted(drafted()).code == f"SK-{today().year}-002"


def test_racing_submissions_get_a_code_each(app: Flask) -> None:
    ids = [drafted().id for _number in range(6)]

    outcomes = race(app, [submit_by_id(initiative_id) for initiative_id in ids])

    codes = sorted(db.session.scalars(select(Initiative.code).where(Initiative.id.in_(ids))))
    assert outcomes == ["done"] * 6
    assert codes == [f"SK-{today().year}-{number:03}" for number in range(1, 7)]


def test_racing_submissions_of_one_draft_count_once(app: Flask) -> None:
    initiative = drafted()

    outcomes = race(app, [submit_by_id(initiative.id)] * 4)

    assert sorted(outcomes) == ["NotAllowed"] * 3 + ["done"]
    assert [version.number for version in queries.versions(initiative)] == [1]
    assert events(initiative) == ["initiative.submitted"]


def test_racing_publication_and_withdrawal_leave_one_of_them(app: Flask) -> None:
    initiative, officer = make_initiative(), make_user(Role.OFFICE)
    initiative_id, author_id, officer_id = initiative.id, initiative.created_by_id, officer.id

    def publish() -> None:
        operations.publish(
            db.session.get_one(Initiative, initiative_id), by=db.session.get_one(User, officer_id)
        )

    def withdraw() -> None:
        author = db.session.get_one(User, author_id)
        operations.withdraw(db.session.get_one(Initiative, initiative_id), by=author, reason="Gửi nhầm")

    outcomes = race(app, [publish, withdraw])

    assert sorted(outcomes) == ["NotAllowed", "done"]
    assert len(events(initiative)) == 1


# Taking back and deciding


def test_withdraw_needs_a_reason_and_closes_it() -> None:
    initiative = make_initiative()

    with pytest.raises(Invalid):
        operations.withdraw(initiative, by=initiative.created_by, reason="  ")
    operations.withdraw(initiative, by=initiative.created_by, reason=" Gửi nhầm ")

    assert (initiative.state, initiative.state_reason) == (State.WITHDRAWN, "Gửi nhầm")
    assert events(initiative) == ["initiative.withdrawn"]


def test_return_needs_a_reason() -> None:
    initiative = make_initiative()

    with pytest.raises(Invalid):
        operations.return_(initiative, by=make_user(Role.OFFICE), reason="")
    operations.return_(initiative, by=make_user(Role.OFFICE), reason="Bổ sung số liệu")

    assert (initiative.state, initiative.state_reason) == (State.RETURNED, "Bổ sung số liệu")


@pytest.mark.parametrize("role", [Role.OFFICE, Role.LEADER])
def test_publish_a_practice(role: Role) -> None:
    initiative = make_initiative()

    operations.publish(initiative, by=make_user(role))

    assert initiative.state is State.PUBLISHED
    assert initiative.published_at is not None
    assert events(initiative) == ["initiative.published"]


def test_accept_an_application() -> None:
    initiative = make_initiative(kind=Kind.INITIATIVE)

    operations.accept(initiative, by=make_user(Role.OFFICE))

    assert initiative.state is State.ACCEPTED


@pytest.mark.parametrize(
    "act",
    [
        lambda initiative, by: operations.publish(initiative, by=by),
        lambda initiative, by: operations.accept(initiative, by=by),
        lambda initiative, by: operations.return_(initiative, by=by, reason="x"),
        lambda initiative, by: operations.withdraw(initiative, by=by, reason="x"),
        lambda initiative, by: operations.confirm(initiative, by=by),
        lambda initiative, by: operations.refuse(initiative, by=by, reason="x"),
        lambda initiative, by: operations.delete(initiative, by=by),
        lambda initiative, by: operations.submit(initiative, by=by),
    ],
)
@pytest.mark.parametrize("role", [Role.STAFF, Role.DEPT_HEAD, Role.REVIEWER, Role.ADMIN])
def test_nobody_else_decides(role: Role, act: Callable[[Initiative, User], object]) -> None:
    initiative = make_initiative()
    somebody = make_user(role, unit=initiative.unit)

    with pytest.raises((NotAllowed, InvalidState)):
        act(initiative, somebody)

    assert events(initiative) == []


# Nominations


def nominated() -> tuple[Initiative, User]:
    author = make_user()
    rows = [{"user_id": str(author.id), "share": "100"}]
    return submitted(drafted(entry_mode="nominate", authors=rows)), author


def test_nomination_waits_for_its_author() -> None:
    nomination, author = nominated()

    assert nomination.awaits_confirmation
    assert [one.initiative for one in queries.in_hand(author) if one.to_confirm] == [nomination]
    assert nomination not in db.session.scalars(queries.visible_to(make_user())).all()


def test_nomination_names_a_colleague_with_an_account_and_not_oneself() -> None:
    writer = make_user()

    for rows in (
        [{"user_id": str(writer.id), "share": "100"}],
        [{"name": "Bà Hai", "share": "100"}],
        [{"user_id": "999999", "share": "100"}],
    ):
        assert set(refused(drafted(by=writer, entry_mode="nominate", authors=rows))) == {"authors"}


def test_proposal_cannot_name_a_colleague_alone_to_go_round_the_agreement() -> None:
    rows = [{"user_id": str(make_user().id), "share": "100"}]

    assert set(refused(drafted(entry_mode="propose", authors=rows))) == {"authors"}


def test_confirm_opens_the_nomination() -> None:
    nomination, author = nominated()

    operations.confirm(nomination, by=author)

    assert nomination.is_open
    assert queries.in_hand(author) == []
    assert events(nomination) == ["initiative.submitted", "initiative.confirmed"]


def test_confirm_of_one_of_two_authors_still_waits_for_the_other() -> None:
    first, second = make_user(), make_user()
    rows = [{"user_id": str(user.id), "share": "50"} for user in (first, second)]
    nomination = submitted(drafted(entry_mode="nominate", authors=rows))

    operations.confirm(nomination, by=first)
    waiting = nomination.awaits_confirmation
    operations.confirm(nomination, by=second)

    assert (waiting, nomination.awaits_confirmation) == (True, False)


def test_confirmed_nomination_stays_open_when_it_is_completed() -> None:
    nomination, author = nominated()
    operations.confirm(nomination, by=author)
    operations.return_(nomination, by=make_user(Role.OFFICE), reason="Bổ sung số liệu")

    submitted(nomination)

    assert nomination.is_open


def test_refuse_ends_the_nomination_with_a_reason() -> None:
    nomination, author = nominated()

    with pytest.raises(Invalid):
        operations.refuse(nomination, by=author, reason=" ")
    operations.refuse(nomination, by=author, reason="Chưa làm xong")

    assert (nomination.state, nomination.awaits_confirmation) == (State.WITHDRAWN, False)
    assert nomination.state_reason == "Chưa làm xong"


def test_office_publishes_no_nomination_before_it_is_confirmed() -> None:
    nomination, author = nominated()
    officer = make_user(Role.OFFICE)

    with pytest.raises(NotAllowed):
        operations.publish(nomination, by=officer)
    operations.confirm(nomination, by=author)

    assert operations.publish(nomination, by=officer).state is State.PUBLISHED


def race(app: Flask, acts: list[Callable[[], object]]) -> list[str]:
    """Run the acts at once, each in a transaction of its own; return how each ended."""
    db.session.commit()
    outcomes: list[str] = []
    start = threading.Barrier(len(acts))

    def run(act: Callable[[], object]) -> None:
        with app.app_context():
            start.wait()
            try:
                with unit_of_work():
                    act()
                outcomes.append("done")
            except DomainError as error:
                outcomes.append(type(error).__name__)
            finally:
                db.session.remove()

    threads = [threading.Thread(target=run, args=(act,)) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    db.session.expire_all()
    return outcomes


def submit_by_id(initiative_id: int) -> Callable[[], object]:
    def act() -> None:
        initiative = db.session.get_one(Initiative, initiative_id)
        operations.submit(initiative, by=initiative.created_by)

    return act


def test_start_from_an_item_answers_it() -> None:
    item = make_directive().items[0]

    initiative = operations.start(
        by=make_user(), kind=Kind.MODEL, entry_mode=EntryMode.PROPOSE, title="Một mô hình", item_id=item.id
    )

    draft = db.session.get_one(Draft, initiative.id)
    assert draft.content["answers"] == [{"item_id": str(item.id), "sentence": ""}]
