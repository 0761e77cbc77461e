"""Votes and comments: few for most initiatives, many for some."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from functools import lru_cache
from random import Random
from typing import Any

from sqlalchemy import insert

from cchc_portal.cli.demo.bulk.compose import Composed
from cchc_portal.cli.demo.bulk.crowd import Person
from cchc_portal.comments.models import Comment
from cchc_portal.core.db import db
from cchc_portal.core.markdown import to_html
from cchc_portal.votes.models import Vote

MOST_VOTES, MOST_COMMENTS = 400, 40
LONG_THREAD, ONE_IN = 500, 1000  # every thousandth initiative is discussed at length
ANSWERED = 0.3

Row = dict[str, Any]


def react(composed: Iterable[Composed], people: Sequence[Person]) -> None:
    """Add votes and comments on initiatives open to them; their stored counts are exact afterwards."""
    votes: list[Row] = []
    comments: list[Row] = []
    answers: list[tuple[int, Row]] = []  # place of the comment it answers, answer
    for one in composed:
        if one.initiative.is_open:
            _vote(one, people, votes)
            _discuss(one, people, comments, answers)
    if votes:
        db.session.execute(insert(Vote), votes)
    _add_threads(comments, answers)


def _vote(one: Composed, people: Sequence[Person], votes: list[Row]) -> None:
    own = {author.user_id for author in one.initiative.authors}
    wanted = min(_skewed(one.chance, 1.2, MOST_VOTES), len(people))
    voters = [person for person in one.chance.sample(people, wanted) if person.id not in own]
    one.initiative.vote_count = len(voters)
    votes += (
        {"initiative_id": one.initiative.id, "user_id": person.id, "created_at": _later(one)}
        for person in voters
    )


def _discuss(
    one: Composed, people: Sequence[Person], comments: list[Row], answers: list[tuple[int, Row]]
) -> None:
    is_long = one.number % ONE_IN == ONE_IN // 2
    wanted = LONG_THREAD if is_long else _skewed(one.chance, 1.3, MOST_COMMENTS)
    one.initiative.comment_count = wanted
    first = len(comments)
    for _ in range(wanted):
        if len(comments) > first and one.chance.random() < ANSWERED:
            answers.append((one.chance.randrange(first, len(comments)), _comment(one, people, "reply")))
        else:
            comments.append(_comment(one, people, "comment"))


def _comment(one: Composed, people: Sequence[Person], symbol: str) -> Row:
    body = one.writer.write(symbol)
    return {
        "initiative_id": one.initiative.id,
        "author_id": one.chance.choice(people).id,
        "body": body,
        "body_html": _html(body),
        "created_at": _later(one),
    }


def _add_threads(comments: list[Row], answers: list[tuple[int, Row]]) -> None:
    if not comments:
        return
    ids = db.session.scalars(insert(Comment).returning(Comment.id, sort_by_parameter_order=True), comments)
    places = list(ids)
    if answers:
        db.session.execute(insert(Comment), [row | {"parent_id": places[place]} for place, row in answers])


def _skewed(chance: Random, shape: float, most: int) -> int:
    """Return a number that is mostly small and seldom large (Pareto)."""
    return min(int(3 * chance.paretovariate(shape)) - 3, most)


def _later(one: Composed) -> datetime:
    return one.submitted_at + timedelta(minutes=one.chance.randint(10, 60 * 24 * 30))


@lru_cache(maxsize=10_000)
def _html(body: str) -> str:
    return to_html(body)
