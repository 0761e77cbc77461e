"""Kinds, ways in, states and what the database itself refuses."""

from datetime import UTC, datetime
from decimal import Decimal

import pytest
from sqlalchemy.exc import IntegrityError

from cchc_portal.core.clock import now
from cchc_portal.core.db import db
from cchc_portal.core.errors import InvalidState
from cchc_portal.initiatives.models import Author, EntryMode, Kind, State, Tag, leads_to
from cchc_portal.initiatives.stages import stages
from tests.factories.accounts import make_user
from tests.factories.initiatives import make_initiative, make_nomination

LIFE = {
    "draft": "submitted",
    "submitted": "accepted published returned withdrawn",
    "returned": "submitted withdrawn",
    "withdrawn": "",
    "published": "selected",
    "accepted": "under_review withdrawn",
    "under_review": "not_recognised recognised withdrawn",
    "recognised": "selected",
    "not_recognised": "",
    "selected": "replicating",
    "replicating": "evaluated",
    "evaluated": "",
}
RECOGNITION = {"accepted", "under_review", "recognised", "not_recognised"}


def test_kinds_ways_in_and_states_have_names() -> None:
    assert [kind.label for kind in Kind] == ["Sáng kiến", "Kinh nghiệm", "Mô hình", "Cách làm hay"]
    assert [mode.label for mode in EntryMode] == ["Đề xuất", "Giới thiệu", "Phát hiện"]
    assert all(state.label for state in State)


@pytest.mark.parametrize("state", State)
@pytest.mark.parametrize("kind", Kind)
def test_steps_of_a_kind(kind: Kind, state: State) -> None:
    not_for_it = {"published"} if kind is Kind.INITIATIVE else RECOGNITION

    assert {step.value for step in leads_to(kind, state)} == set(LIFE[state].split()) - not_for_it


@pytest.mark.parametrize("kind", Kind)
def test_every_stage_of_a_kind_is_reached(kind: Kind, app: object) -> None:
    initiative = make_initiative(kind=kind)

    labels = [stage.label for stage in stages(initiative)]

    assert labels[0] == "Đã gửi"
    assert labels[-3:] == ["Được chọn nhân rộng", "Đang nhân rộng", "Đã đánh giá"]
    assert ("Được công nhận" in labels) == (kind is Kind.INITIATIVE)


@pytest.mark.usefixtures("app")
def test_stage_of_a_returned_one_is_off_the_way() -> None:
    initiative = make_initiative(state=State.RETURNED)

    assert [stage.state for stage in stages(initiative)] == ["off", "next", "next", "next", "next"]
    assert stages(initiative)[0].label == "Chờ hoàn thiện"


@pytest.mark.usefixtures("app")
def test_move_to_refuses_what_does_not_follow() -> None:
    initiative = make_initiative(state=State.PUBLISHED)

    with pytest.raises(InvalidState):
        initiative.move_to(State.RETURNED)

    assert initiative.state is State.PUBLISHED


@pytest.mark.usefixtures("app")
@pytest.mark.parametrize(
    ("state", "is_open", "is_writable"),
    [
        (State.DRAFT, False, True),
        (State.SUBMITTED, True, False),
        (State.RETURNED, True, True),
        (State.WITHDRAWN, False, False),
        (State.PUBLISHED, True, False),
        (State.RECOGNISED, True, False),
    ],
)
def test_state_says_who_reads_and_writes(state: State, is_open: bool, is_writable: bool) -> None:  # noqa: FBT001
    initiative = make_initiative(state=state)

    assert (initiative.is_open, initiative.is_writable) == (is_open, is_writable)


@pytest.mark.usefixtures("app")
def test_nomination_is_closed_until_it_is_confirmed() -> None:
    initiative = make_nomination()

    assert not initiative.is_open


@pytest.mark.usefixtures("app")
def test_deleted_draft_is_nobodys_to_write() -> None:
    initiative = make_initiative(state=State.DRAFT, deleted_at=now())

    assert not initiative.is_writable


@pytest.mark.usefixtures("app")
def test_author_is_whoever_began_it_or_is_named() -> None:
    beginner, named = make_user(), make_user()
    initiative = make_nomination(of=named, by=beginner)

    assert [initiative.is_author(user) for user in (beginner, named, make_user())] == [True, True, False]


@pytest.mark.usefixtures("app")
@pytest.mark.parametrize(
    "columns",
    [
        {"kind": Kind.INITIATIVE, "state": State.PUBLISHED},
        {"kind": Kind.MODEL, "state": State.RECOGNISED},
        {"kind": Kind.MODEL, "state": State.ACCEPTED},
        {"state": State.DRAFT, "code": "SK-2023-900"},
        {"state": State.SUBMITTED, "code": None},
        {"state": State.SUBMITTED, "submitted_at": None},
    ],
)
def test_database_refuses_states_that_cannot_be(columns: dict[str, object]) -> None:
    initiative = make_initiative()
    initiative.code, initiative.submitted_at = "SK-2023-901", datetime(2023, 3, 1, tzinfo=UTC)
    for name, value in columns.items():
        setattr(initiative, name, value)

    with pytest.raises(IntegrityError):
        db.session.flush()


@pytest.mark.usefixtures("app")
def test_database_refuses_a_code_given_twice() -> None:
    first, second = make_initiative(), make_initiative()
    second.code = first.code

    with pytest.raises(IntegrityError):
        db.session.flush()


@pytest.mark.usefixtures("app")
@pytest.mark.parametrize("share", ["0", "-1", "100.01"])
def test_database_refuses_impossible_shares(share: str) -> None:
    make_initiative().authors[0].share = Decimal(share)

    with pytest.raises(IntegrityError):
        db.session.flush()


@pytest.mark.usefixtures("app")
def test_database_refuses_an_author_twice() -> None:
    initiative = make_initiative()
    initiative.authors.append(Author(position=2, user=initiative.authors[0].user, name="Cán bộ"))

    with pytest.raises(IntegrityError):
        db.session.flush()


@pytest.mark.usefixtures("app")
def test_database_refuses_a_tag_twice() -> None:
    initiative = make_initiative()
    initiative.tags = [Tag(name="một cửa", folded="mot cua"), Tag(name="Một Cửa", folded="mot cua")]

    with pytest.raises(IntegrityError):
        db.session.flush()
