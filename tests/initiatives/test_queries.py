"""Reading through the person who asks."""

from collections.abc import Callable

import pytest

from cchc_portal.accounts.models import Role
from cchc_portal.core.clock import now
from cchc_portal.core.db import db
from cchc_portal.core.errors import NotFound
from cchc_portal.directives.models import State as LetterState
from cchc_portal.initiatives import queries
from cchc_portal.initiatives.models import Answer, Author, Initiative, State
from tests.factories.accounts import make_user
from tests.factories.directives import make_directive
from tests.factories.initiatives import make_initiative, make_nomination

pytestmark = pytest.mark.usefixtures("app")

Load = Callable[..., Initiative]
CountQueries = Callable[[Callable[[], object]], int]


@pytest.mark.parametrize("role", Role)
def test_get_finds_no_foreign_draft_whatever_the_role(role: Role) -> None:
    draft = make_initiative(state=State.DRAFT)

    with pytest.raises(NotFound):
        queries.get(draft.id, to=make_user(role, unit=draft.unit))


def test_get_finds_what_one_wrote_but_not_in_the_bin() -> None:
    draft = make_initiative(state=State.DRAFT)
    found = queries.get(draft.id, to=draft.created_by)
    draft.deleted_at = now()

    with pytest.raises(NotFound):
        queries.get(draft.id, to=draft.created_by)

    assert found == draft


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("state", State)
@pytest.mark.parametrize("load", [queries.get, queries.get_head])
def test_loading_one_finds_what_the_lists_show(load: Load, state: State, role: Role) -> None:
    reader, initiative = make_user(role), make_initiative(state=state)
    listed = db.session.scalars(queries.visible_to(reader)).all()

    try:
        found = [load(initiative.id, to=reader)]
    except NotFound:
        found = []

    assert found == listed


@pytest.mark.parametrize("load", [queries.get, queries.get_head])
def test_loading_one_takes_one_query_with_all_its_authors(load: Load, count_queries: CountQueries) -> None:
    initiative_id, authors = make_initiative().id, [make_user() for _ in range(2)]
    for position, user in enumerate(authors, start=2):
        named = Author(initiative_id=initiative_id, position=position, user=user, name=user.full_name)
        db.session.add(named)
    reader = make_user(Role.OFFICE)
    assert reader.roles  # loaded with the person, as signing in does
    db.session.expunge_all()

    def read() -> None:
        found = load(initiative_id, to=reader)
        assert (found.is_author(reader), len(found.authors), found.title != "") == (False, 3, True)

    assert count_queries(read) == 1


def test_head_of_one_brings_its_texts_when_they_are_asked_for(count_queries: CountQueries) -> None:
    initiative_id, reader = make_initiative(problem="Phải chờ lâu.").id, make_user()
    db.session.expire_all()
    head = queries.get_head(initiative_id, to=reader)

    assert count_queries(lambda: head.problem) == 1
    assert head.problem == "Phải chờ lâu."


def test_get_deleted_is_for_whoever_began_it() -> None:
    binned = make_initiative(state=State.DRAFT, deleted_at=now())
    live = make_initiative(state=State.DRAFT)

    assert queries.get_deleted(binned.id, to=binned.created_by) == binned
    for initiative, person in ((binned, make_user()), (live, live.created_by)):
        with pytest.raises(NotFound):
            queries.get_deleted(initiative.id, to=person)


def test_draft_of_is_for_authors_even_when_others_read_the_submission() -> None:
    returned = make_initiative(state=State.RETURNED)

    assert queries.draft_of(returned, to=returned.created_by).content["title"] == returned.title
    for role in (Role.STAFF, Role.OFFICE, Role.LEADER, Role.ADMIN):
        with pytest.raises(NotFound):
            queries.draft_of(returned, to=make_user(role))


def test_in_hand_is_what_waits_for_a_person_as_an_author() -> None:
    author = make_user()
    draft = make_initiative(state=State.DRAFT, by=author)
    returned = make_initiative(state=State.RETURNED, by=author)
    nomination = make_nomination(of=author)
    make_initiative(by=author)
    make_initiative(state=State.DRAFT)

    assert {one.initiative for one in queries.in_hand(author)} == {draft, returned, nomination}


def test_to_check_is_the_offices_alone() -> None:
    waiting = make_initiative()
    make_initiative(state=State.PUBLISHED)

    assert queries.to_check(make_user(Role.OFFICE)) == [waiting]
    assert queries.to_check(make_user()) == []


def test_answering_shows_and_counts_what_the_person_may_read() -> None:
    letter = make_directive(items=2)
    for state in (State.SUBMITTED, State.DRAFT, State.WITHDRAWN):
        make_initiative(state=state).answers = [Answer(item=letter.items[0], sentence="x")]
    db.session.commit()

    shown = queries.answering(letter.items[0], to=make_user())

    assert [initiative.state for initiative in shown] == [State.SUBMITTED]
    assert queries.counts_by_item(letter, to=make_user()) == {letter.items[0].id: 1}
    assert queries.counts_by_item(letter, to=make_user(Role.OFFICE)) == {letter.items[0].id: 2}


def test_open_items_are_those_of_issued_letters() -> None:
    issued = make_directive(items=2)
    make_directive(state=LetterState.DRAFT)
    make_directive(deleted_at=now())

    assert queries.open_items() == issued.items


def test_reform_fields_are_the_seven_of_the_catalogue() -> None:
    assert [field.code for field in queries.reform_fields()] == [0, 1, 2, 3, 4, 5, 6]
