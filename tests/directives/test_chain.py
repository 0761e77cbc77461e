from collections.abc import Callable, Sequence
from itertools import pairwise

import pytest
from flask import Flask

from cchc_portal.accounts.models import Role, User
from cchc_portal.core.clock import now
from cchc_portal.core.db import db
from cchc_portal.core.errors import NotFound
from cchc_portal.directives import queries
from cchc_portal.directives.models import Directive, Relation, State
from tests.factories.accounts import make_user
from tests.factories.directives import make_citation, make_directive

Tree = list[tuple[str, list["Tree"]]]


@pytest.fixture
def reader(app: Flask) -> User:
    """Give a clerk."""
    return make_user()


def test_chain_is_walked_from_a_letter_up_to_its_legal_basis(reader: User) -> None:
    ward, town, province = _letters("35", "124", "7")
    make_citation(ward, of=town, role=Relation.CARRIES_OUT)
    make_citation(town, of=province)
    make_citation(province, number="76/NQ-CP", kind="Nghị quyết")

    assert _tree(queries.basis(ward, to=reader)) == [
        ("124/UBND-VP", [("7/UBND-VP", [("76/NQ-CP", [])])]),
    ]


def test_chain_is_walked_down_to_what_carries_a_letter_out(reader: User) -> None:
    ward, town, answer = _letters("35", "124", "40")
    make_citation(ward, of=town, role=Relation.CARRIES_OUT)
    make_citation(answer, of=ward, role=Relation.ANSWERS)

    chain = queries.chain(ward, to=reader)

    assert _tree(chain.up) == [("124/UBND-VP", [])]
    assert [link.letter for link in chain.down] == [answer]
    assert _tree_down(queries.followers(town, to=reader)) == [("35/UBND-VP", [("40/UBND-VP", [])])]


def test_chain_below_goes_on_behind_what_carries_out(reader: User) -> None:
    ward, town, province = _letters("35", "124", "7")
    make_citation(ward, of=town, role=Relation.CARRIES_OUT)
    make_citation(town, of=province)

    assert _tree_down(queries.followers(province, to=reader)) == [
        ("124/UBND-VP", [("35/UBND-VP", [])]),
    ]


@pytest.mark.parametrize("role", [Relation.ATTACHED, Relation.REPLACES, Relation.ANSWERS, ""])
def test_chain_ends_behind_what_is_no_basis(reader: User, role: str) -> None:
    one, other, third = _letters("1", "2", "3")
    make_citation(one, of=other, role=role)
    make_citation(other, of=third)

    assert _tree(queries.basis(one, to=reader)) == [("2/UBND-VP", [])]


def test_circle_of_letters_ends(reader: User) -> None:
    one, other, third = _letters("1", "2", "3")
    make_citation(one, of=other)
    make_citation(other, of=third)
    make_citation(third, of=one)

    links = queries.basis(one, to=reader)

    assert _tree(links) == [("2/UBND-VP", [("3/UBND-VP", [("1/UBND-VP", [])])])]
    assert links[0].below[0].below[0].is_repeated
    assert _tree_down(queries.followers(one, to=reader)) == [
        ("3/UBND-VP", [("2/UBND-VP", [("1/UBND-VP", [])])]),
    ]


def test_letter_that_cites_itself_ends(reader: User) -> None:
    (one,) = _letters("1")
    make_citation(one, of=one)

    assert _tree(queries.basis(one, to=reader)) == [("1/UBND-VP", [])]


def test_letter_reached_twice_is_walked_once(reader: User) -> None:
    one, left, right, top = _letters("1", "2", "3", "4")
    for below, above in ((one, left), (one, right), (left, top), (right, top)):
        make_citation(below, of=above)
    make_citation(top, number="76/NQ-CP")

    links = queries.basis(one, to=reader)

    assert _tree(links) == [
        ("2/UBND-VP", [("4/UBND-VP", [("76/NQ-CP", [])])]),
        ("3/UBND-VP", [("4/UBND-VP", [])]),
    ]
    assert [link.below[0].is_repeated for link in links] == [False, True]


def test_long_chain_is_cut(reader: User) -> None:
    letters = _letters(*map(str, range(1, 41)))
    for below, above in pairwise(letters):
        make_citation(below, of=above)

    links, depth = queries.basis(letters[0], to=reader), 0
    while links:
        links, depth = links[0].below, depth + 1

    assert depth == 13


@pytest.mark.parametrize("hidden", [{"state": State.DRAFT}, {"deleted_at": now()}])
def test_chain_does_not_tell_of_letters_a_person_may_not_see(reader: User, hidden: dict[str, object]) -> None:
    ward, province = _letters("35", "7")
    secret = make_directive(number="124", **hidden)
    make_citation(ward, of=secret)
    make_citation(secret, of=province)

    links = queries.basis(ward, to=reader)

    assert [(link.citation.number, link.letter, link.below) for link in links] == [("124/UBND-VP", None, [])]
    assert queries.followers(province, to=reader) == []


def test_office_sees_drafts_in_the_chain(app: Flask) -> None:
    ward, province = _letters("35", "7")
    draft = make_directive(number="124", state=State.DRAFT)
    make_citation(ward, of=draft)
    make_citation(draft, of=province)
    office = make_user(Role.OFFICE)

    assert _tree(queries.basis(ward, to=office)) == [("124/UBND-VP", [("7/UBND-VP", [])])]
    assert _tree_down(queries.followers(province, to=office)) == [("124/UBND-VP", [("35/UBND-VP", [])])]


def test_chain_takes_the_same_number_of_questions_whatever_its_length(
    reader: User, count_queries: Callable[[Callable[[], object]], int]
) -> None:
    letters = _letters("1", "2", "3", "4")
    make_citation(letters[0], of=letters[1])

    def count() -> int:
        db.session.commit()
        first = letters[0].id, reader.has_role(Role.STAFF)
        assert first
        return count_queries(lambda: queries.chain(letters[0], to=reader))

    short = count()
    make_citation(letters[1], of=letters[2])
    make_citation(letters[2], of=letters[3])

    assert count() == short == 2


def test_relation_is_found_at_its_own_letter_alone(app: Flask) -> None:
    one, other = _letters("1", "2")
    citation = make_citation(one, of=other)

    assert queries.get_relation(one, citation.id) == citation
    for letter, citation_id in ((other, citation.id), (one, citation.id + 1)):
        with pytest.raises(NotFound):
            queries.get_relation(letter, citation_id)


def _letters(*numbers: str) -> list[Directive]:
    return [make_directive(number=number) for number in numbers]


def _tree(links: Sequence[queries.Link]) -> Tree:
    return [(link.citation.number, _tree(link.below)) for link in links]


def _tree_down(links: Sequence[queries.Link]) -> Tree:
    return [(link.letter.code, _tree_down(link.below)) for link in links]
