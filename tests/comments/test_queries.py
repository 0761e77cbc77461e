from collections.abc import Callable

import pytest
from flask import Flask

from cchc_portal.accounts.models import Role, User
from cchc_portal.comments import queries
from cchc_portal.comments.models import Comment
from cchc_portal.core.clock import now
from cchc_portal.core.db import db
from cchc_portal.core.errors import NotFound
from cchc_portal.initiatives.models import Initiative, State
from tests.factories.accounts import make_user
from tests.factories.comments import make_comment, make_report
from tests.factories.initiatives import make_initiative

CountQueries = Callable[[Callable[[], object]], int]


def test_page_reads_the_newest_thread_first_and_answers_in_the_order_of_time(app: Flask) -> None:
    initiative = make_initiative()
    first, second = make_comment(initiative), make_comment(initiative)
    answers = [make_comment(answer_to=first), make_comment(answer_to=first)]
    make_comment()

    assert queries.page(initiative, limit=9) == [second, first, *answers]


def test_page_goes_on_inside_a_thread(app: Flask) -> None:
    initiative = make_initiative()
    first, second = make_comment(initiative), make_comment(initiative)
    answers = [make_comment(answer_to=second) for _ in range(3)]

    rest = queries.page(initiative, after=(second.id, answers[0].id), limit=9)

    assert rest == [answers[1], answers[2], first]


def test_threads_say_where_a_page_begins_in_the_middle(app: Flask) -> None:
    root = make_comment()
    answers = [make_comment(answer_to=root), make_comment(answer_to=root)]

    whole, rest = queries.threads([root, *answers]), queries.threads(answers)

    assert [(one.id, one.root, one.answers) for one in whole] == [(root.id, root, answers)]
    assert [(one.id, one.root, one.answers) for one in rest] == [(root.id, None, answers)]


def test_thread_of_an_answer_is_the_whole_thread(app: Flask) -> None:
    root = make_comment()
    answers = [make_comment(answer_to=root), make_comment(answer_to=root)]
    make_comment(root.initiative)

    assert queries.thread_of(answers[1]) == [root, *answers]


@pytest.mark.parametrize("number", [1, 3])
def test_page_with_writers_and_units_needs_one_query(
    app: Flask, count_queries: CountQueries, number: int
) -> None:
    initiative = make_initiative()
    for _ in range(number):
        make_comment(initiative)
    initiative_id = initiative.id
    db.session.expunge_all()
    initiative = db.session.get_one(Initiative, initiative_id)

    def read() -> None:
        found = queries.page(initiative, limit=20)
        assert len([one.author.unit.name for one in found if one.author.unit]) == number

    assert count_queries(read) == 1


def test_get_hides_comments_on_what_the_person_may_not_see(app: Flask) -> None:
    comment = make_comment(make_initiative(state=State.WITHDRAWN))

    assert queries.get(comment.id, to=comment.initiative.created_by) == comment
    with pytest.raises(NotFound):
        queries.get(comment.id, to=make_user())


def test_colleagues_named_leaves_out_disabled_and_unknown_ones(app: Flask) -> None:
    here, gone = make_user(username="vptk"), make_user(username="nghiviec", disabled_at=now())

    assert queries.colleagues_named([here.username, gone.username, "khongco"]) == {here.id}


def test_reported_groups_open_reports_by_comment(app: Flask) -> None:
    first, second = make_comment(), make_comment()
    reports = [make_report(first), make_report(second), make_report(first)]
    settled = make_report(make_comment())
    settled.settled_at = now()
    db.session.commit()

    found = queries.reported(to=make_user(Role.OFFICE))

    assert [(one.comment, one.reports) for one in found] == [
        (first, [reports[0], reports[2]]),
        (second, [reports[1]]),
    ]


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.OFFICE])
def test_reported_is_not_found_by_others(app: Flask, role: Role) -> None:
    with pytest.raises(NotFound):
        queries.reported(to=make_user(role))


@pytest.mark.parametrize("number", [1, 3])
def test_reported_needs_one_query(app: Flask, count_queries: CountQueries, number: int) -> None:
    for _ in range(number):
        make_report(make_comment())
    office = make_user(Role.OFFICE)
    assert office.roles == {Role.OFFICE}
    db.session.commit()
    office_id = office.id
    db.session.expunge_all()
    office = db.session.get_one(User, office_id)
    assert office.roles == {Role.OFFICE}

    def read() -> None:
        found = queries.reported(to=office)
        assert len([(one.comment.initiative.title, one.comment.author.full_name) for one in found]) == number

    assert count_queries(read) == 1


def test_five_hundred_comments_are_read_in_pages_without_gap_or_double(app: Flask) -> None:
    initiative, writer = make_initiative(), make_user()
    roots = [_row(initiative.id, writer.id) for _ in range(100)]
    db.session.add_all(roots)
    db.session.flush()
    db.session.add_all(_row(initiative.id, writer.id, roots[number % 100].id) for number in range(400))
    db.session.commit()

    seen: list[Comment] = []
    while batch := queries.page(initiative, after=_last(seen), limit=20):
        seen += batch

    assert len(seen) == len(set(seen)) == 500
    assert [one.thread_id for one in seen] == sorted((one.thread_id for one in seen), reverse=True)


def _row(initiative_id: int, author_id: int, parent_id: int | None = None) -> Comment:
    return Comment(
        initiative_id=initiative_id, author_id=author_id, parent_id=parent_id, body="x", body_html="<p>x</p>"
    )


def _last(seen: list[Comment]) -> tuple[int, int] | None:
    return (seen[-1].thread_id, seen[-1].id) if seen else None
