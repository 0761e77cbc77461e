from decimal import Decimal
from random import Random
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select

from cchc_portal.accounts.models import Role, RoleGrant, User
from cchc_portal.audit import Event
from cchc_portal.cli.demo.bulk import Volume, load_bulk
from cchc_portal.cli.demo.bulk.prose import Writer
from cchc_portal.comments.models import Comment
from cchc_portal.core.db import db
from cchc_portal.initiatives import queries
from cchc_portal.initiatives.content import read
from cchc_portal.initiatives.models import Draft, Initiative, Version
from cchc_portal.votes.models import Vote
from tests.conftest import CATALOGUES
from tests.factories.directives import make_directive

SMALL = Volume(initiatives=30, users=12, seed=7)


def no_tick(_number: int) -> None:
    return None


def count(table: type) -> int:
    return db.session.scalar(select(func.count()).select_from(table)) or 0


def numbers_of(table: type[Vote | Comment]) -> dict[int, int]:
    query = select(table.initiative_id, func.count()).group_by(table.initiative_id)
    return dict(db.session.execute(query).all())


def as_numbers(content: dict[str, Any]) -> dict[str, Any]:
    """Give a version in which "100" and "100.00" are the same."""
    shares = [Decimal(author["share"]) for author in content["authors"]]
    figures = [(Decimal(figure["before"]), Decimal(figure["after"])) for figure in content["figures"]]
    return content | {"authors": shares, "figures": figures}


def texts() -> list[tuple[object, ...]]:
    query = select(Initiative.code, Initiative.title, Initiative.solution, Initiative.vote_count)
    return [tuple(row) for row in db.session.execute(query.order_by(Initiative.code))]


def test_bulk_adds_what_was_asked_for(app: Flask) -> None:
    ticks: list[int] = []

    added = load_bulk(SMALL, tick=ticks.append)

    assert added == 42
    assert (count(Initiative), count(User), sum(ticks)) == (30, 12, 30)


def test_bulk_run_again_adds_nothing(app: Flask) -> None:
    load_bulk(SMALL, tick=no_tick)
    before = count(Vote), count(Comment), count(Version), count(Event), count(RoleGrant)

    added = load_bulk(SMALL, tick=no_tick)

    assert added == 0
    assert (count(Vote), count(Comment), count(Version), count(Event), count(RoleGrant)) == before


def test_bulk_run_again_with_more_adds_the_rest(app: Flask) -> None:
    load_bulk(SMALL, tick=no_tick)

    added = load_bulk(Volume(initiatives=40, users=15, seed=7), tick=no_tick)

    assert (added, count(Initiative), count(User)) == (13, 40, 15)


def test_bulk_of_another_seed_stands_beside(app: Flask) -> None:
    load_bulk(SMALL, tick=no_tick)

    load_bulk(Volume(initiatives=30, users=12, seed=77), tick=no_tick)

    assert (count(Initiative), count(User)) == (60, 24)


def test_bulk_is_the_same_for_the_same_seed(app: Flask) -> None:
    load_bulk(SMALL, tick=no_tick)
    first = texts()
    for table in reversed(db.metadata.sorted_tables):
        if table.name not in CATALOGUES:
            db.session.execute(table.delete())
    db.session.commit()

    load_bulk(SMALL, tick=no_tick)

    assert texts() == first


def test_counts_of_votes_and_comments_are_exact(app: Flask) -> None:
    load_bulk(SMALL, tick=no_tick)

    votes, comments = numbers_of(Vote), numbers_of(Comment)
    stored = db.session.execute(select(Initiative.id, Initiative.vote_count, Initiative.comment_count)).all()
    assert sum(votes.values()) > 0
    assert sum(comments.values()) > 0
    assert [(row.vote_count, row.comment_count) for row in stored] == [
        (votes.get(row.id, 0), comments.get(row.id, 0)) for row in stored
    ]


def test_nobody_votes_on_ones_own(app: Flask) -> None:
    load_bulk(SMALL, tick=no_tick)

    own = [
        vote.id
        for vote in db.session.scalars(select(Vote))
        if vote.user_id in {author.user_id for author in vote.initiative.authors}
    ]

    assert own == []


def test_answers_to_comments_stand_under_the_same_initiative(app: Flask) -> None:
    load_bulk(Volume(initiatives=60, users=12, seed=7), tick=no_tick)

    answers = db.session.scalars(select(Comment).where(Comment.parent_id.is_not(None))).all()

    assert answers
    assert all(answer.parent.initiative_id == answer.initiative_id for answer in answers)
    assert all(answer.parent.parent_id is None for answer in answers)


def test_newest_version_says_what_the_initiative_says(app: Flask) -> None:
    make_directive(items=3)
    load_bulk(SMALL, tick=no_tick)

    for initiative in db.session.scalars(select(Initiative)):
        newest = queries.newest_version(initiative)

        assert newest is not None
        assert as_numbers(newest.content) == as_numbers(queries.snapshot(initiative))


def test_draft_reads_like_the_initiative(app: Flask) -> None:
    make_directive(items=3)
    load_bulk(SMALL, tick=no_tick)

    for draft in db.session.scalars(select(Draft)):
        content = read(draft.content)

        assert content.texts["solution"] == draft.initiative.solution
        assert list(content.tags) == [tag.name for tag in draft.initiative.tags]
        assert [row.user_id for row in content.authors] == [row.user_id for row in draft.initiative.authors]
        assert sum(row.share or 0 for row in content.authors) == 100


def test_every_initiative_reaches_the_search_by_an_event(app: Flask) -> None:
    load_bulk(SMALL, tick=no_tick)

    events = db.session.scalars(select(Event.subject_id).where(Event.name == "initiative.imported"))

    assert sorted(events) == sorted(db.session.scalars(select(Initiative.id)))


def test_people_hold_roles_in_their_units(app: Flask) -> None:
    load_bulk(Volume(initiatives=0, users=220, seed=7), tick=no_tick)

    found = db.session.execute(select(RoleGrant.role, func.count()).group_by(RoleGrant.role))
    roles = dict(found.all())
    assert roles == {Role.STAFF: 220, Role.DEPT_HEAD: 5, Role.REVIEWER: 2, Role.OFFICE: 1}


def test_text_is_as_long_as_people_write() -> None:
    lengths = []
    for number in range(300):
        writer = Writer(Random(number))  # noqa: S311  no secret
        text = " ".join(writer.write(part) for part in ("title", "problem", "solution", "result"))
        assert "{" not in text
        lengths.append(len(text.split()))

    assert sorted(lengths)[15] >= 150
    assert sorted(lengths)[285] <= 260
    assert len(set(lengths)) > 50


@pytest.mark.parametrize("arguments", [["--users", "1"], ["--initiatives", "-5"], ["--seed", "x"]])
def test_command_refuses_nonsense_in_words(app: Flask, arguments: list[str]) -> None:
    result = app.test_cli_runner().invoke(args=["demo", "bulk", *arguments])

    assert result.exit_code == 2
    assert "không dùng được" in result.output


def test_command_says_what_it_added(app: Flask) -> None:
    result = app.test_cli_runner().invoke(args=["demo", "bulk", "--initiatives", "3", "--users", "5"])

    assert result.exit_code == 0
    assert "Đã thêm 8 sáng kiến, công văn và tài khoản." in result.output
