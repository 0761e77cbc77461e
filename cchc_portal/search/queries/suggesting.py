"""Suggestions under the box: letters by number, things by their words, one's drafts, units, people."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select

from cchc_portal.accounts import queries as accounts
from cchc_portal.accounts.models import Unit, User
from cchc_portal.core.clock import today
from cchc_portal.core.db import db
from cchc_portal.core.text import fold_name
from cchc_portal.directives import queries as letters
from cchc_portal.directives.models import Directive
from cchc_portal.directives.models.keys import code_key
from cchc_portal.initiatives import queries as initiatives
from cchc_portal.initiatives.models import Author, Initiative, State
from cchc_portal.search.analysis import Piece, Wanted, marks
from cchc_portal.search.documents import INITIATIVE, ITEM, LETTER
from cchc_portal.search.engines import Breadth, Hit
from cchc_portal.search.queries.asking import Criteria, ask
from cchc_portal.search.queries.cards import Card, cards
from cchc_portal.search.queries.drafts import FoundDraft, own_drafts

MOST_CARDS, MOST_LETTERS, MOST_OTHERS = 7, 3, 2
SHORTEST_NAME = 2
_NUMBER = re.compile(r"\d.*")
# What people go to by its name; comments and decisions stand below an initiative that is suggested itself.
_TYPES = frozenset({INITIATIVE, LETTER, ITEM})


@dataclass(frozen=True, slots=True)
class Named:
    """A person or a unit whose initiatives are to be shown.

    Args:
        id: of the person or unit.
        name: cut into marked and other pieces.
    """

    id: int
    name: Sequence[Piece]


@dataclass(frozen=True, slots=True)
class Suggestions:
    """What may be meant by what is being typed; all of it this person may see."""

    cards: Sequence[Card] = ()
    drafts: Sequence[FoundDraft] = ()
    units: Sequence[Named] = ()
    people: Sequence[Named] = ()


def suggestions(q: str, *, to: User) -> Suggestions:
    """Return the best few things for what is being typed; nothing for nothing."""
    criteria = Criteria(q=q, filters={"type": _TYPES})
    if not criteria.terms:
        return Suggestions()
    asked = ask(criteria, to=to, limit=MOST_CARDS, is_typing=True)
    found = () if asked.found.breadth is Breadth.ANY else asked.found.hits
    hits = {hit.key: hit for hit in (*_letters(q, to), *found)}
    return Suggestions(
        cards=cards(list(hits.values())[:MOST_CARDS], asked.wanted, to=to),
        drafts=own_drafts(asked, to=to, limit=MOST_OTHERS),
        units=_units(q, asked.wanted),
        people=_people(q, asked.wanted, to),
    )


def _letters(q: str, to: User) -> list[Hit]:
    """Return the newest letters whose number begins like what is typed from its first digit on."""
    number = _NUMBER.search(q)
    if number is None:
        return []
    begins = Directive.code_key.startswith(code_key(number.group()), autoescape=True)
    query = letters.visible_to(to).where(begins).with_only_columns(Directive.id)
    newest = query.order_by(Directive.registered_on.desc(), Directive.id.desc()).limit(MOST_LETTERS)
    return [Hit(f"{LETTER}:{letter_id}", 0) for letter_id in db.session.scalars(newest)]


def _units(q: str, wanted: Wanted) -> list[Named]:
    words = fold_name(q)
    if len(words) < SHORTEST_NAME:
        return []
    columns = (Unit.id, Unit.name, Unit.short_name, Unit.code)
    rows = db.session.execute(select(*columns).where(Unit.valid(today())).order_by(Unit.id))
    named = [row for row in rows if any(f" {words}" in f" {fold_name(name)}" for name in row[1:])]
    return [Named(row.id, marks(row.name, wanted)) for row in named[:MOST_OTHERS]]


def _people(q: str, wanted: Wanted, to: User) -> list[Named]:
    """Return colleagues of that name who made something that the person may see."""
    if len(fold_name(q)) < SHORTEST_NAME:
        return []
    people = {user.id: user.full_name for user in accounts.colleagues(q)}
    if not people:
        return []
    seen = initiatives.visible_to(to).join(Author, Author.initiative_id == Initiative.id)
    query = seen.where(Author.user_id.in_(people), Initiative.state != State.DRAFT)
    made = set(db.session.scalars(query.with_only_columns(Author.user_id).distinct()))
    known = [user_id for user_id in people if user_id in made]
    return [Named(user_id, marks(people[user_id], wanted)) for user_id in known[:MOST_OTHERS]]
