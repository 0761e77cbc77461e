"""What is close: to a title or a problem while it is typed, to an initiative that is read."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from sqlalchemy import func, select

from cchc_portal.accounts.models import User
from cchc_portal.core.db import db
from cchc_portal.core.text import clean
from cchc_portal.following.models import Follower
from cchc_portal.initiatives.models import Initiative
from cchc_portal.search import index
from cchc_portal.search.analysis import Shared, snippet, words
from cchc_portal.search.documents import INITIATIVE, Key, marks_of
from cchc_portal.search.engines import Likeness
from cchc_portal.search.models import Entry
from cchc_portal.search.queries.asking import of_keys
from cchc_portal.search.queries.cards import Card, cards
from cchc_portal.search.queries.excerpts import Excerpt

MOST_SIMILAR = 3
LONGEST = 1_000  # characters of what is being written
LONGEST_OWN = 1_500  # of an initiative that is read
ALIKE, ALIKE_LONG = 0.45, 0.2  # the least share that is worth telling of, for a title and for a page
LONG = 30  # words from which on a text is more than a title
LONGEST_EXCERPT = 2_500


@dataclass(frozen=True, slots=True)
class Similar:
    """A thing that is close to a text.

    Args:
        card: the thing; its score is the share of the text's rarer pairs of words, 0…1.
        is_followed: whether the person follows it already.
    """

    card: Card
    is_followed: bool

    @property
    def percent(self) -> int:
        """The share in whole per cent."""
        return round(self.card.score * 100)


def similar_to(text: str, *, to: User, but: int | None = None) -> list[Similar]:
    """Return up to three initiatives that say much of what a text says, the closest first.

    Args:
        text: a title or a problem as far as it is typed.
        to: the person.
        but: id of the initiative that is being written.
    """
    return _close(clean(text[:LONGEST]), to, but)


def similar_to_initiative(initiative: Initiative, *, to: User) -> list[Similar]:
    """Return up to three initiatives that say much of what another one says, the closest first."""
    own = f"{initiative.title}\n{initiative.problem}\n{initiative.solution}"
    return _close(own[:LONGEST_OWN], to, initiative.id)


def _close(text: str, to: User, but: int | None) -> list[Similar]:
    run = tuple(words(text))
    asked = Likeness(
        words=run,
        audience=marks_of(to),
        filters={"type": frozenset({INITIATIVE})},
        but=f"{INITIATIVE}:{but}" if but else "",
        limit=MOST_SIMILAR,
    )
    alike = index.similar(asked)
    least = ALIKE_LONG if len(run) > LONG else ALIKE
    hits = [hit for hit in alike.hits if hit.score >= least]
    found = cards(hits, shared := Shared(alike.pairs), to=to, show=partial(_passages, shared=shared))
    followed = _followed([card.id for card in found], to)
    return [Similar(card, card.id in followed) for card in found]


def _passages(keys: Sequence[Key], shared: Shared) -> dict[Key, Excerpt]:
    """Return the stretch of each thing that says the same, where there is one behind its title."""
    beginning = func.substr(Entry.text, 1, LONGEST_EXCERPT)
    query = select(Entry.kind, Entry.thing_id, beginning).where(of_keys(keys))
    texts = {(kind, thing_id): text for kind, thing_id, text in db.session.execute(query)}
    return {key: Excerpt(snippet(text, shared)) for key, text in texts.items() if shared.spans(text)}


def _followed(initiative_ids: Sequence[int], user: User) -> set[int]:
    if not initiative_ids:
        return set()
    query = select(Follower.initiative_id).where(Follower.user_id == user.id)
    return set(db.session.scalars(query.where(Follower.initiative_id.in_(initiative_ids))))
