"""One's own drafts, looked through in the database: nothing of a draft ever enters the index."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select

from cchc_portal.accounts.models import User
from cchc_portal.core.db import db
from cchc_portal.initiatives import content as contents
from cchc_portal.initiatives import queries as initiatives
from cchc_portal.initiatives.models import Draft, Initiative, State
from cchc_portal.search.analysis import Dictionary, Piece, Terms, Wanted, column_text, marks, snippet
from cchc_portal.search.documents import INITIATIVE
from cchc_portal.search.queries.asking import Asked
from cchc_portal.search.queries.excerpts import held_words, needed_words

MOST_READ = 100  # of one person, the last saved
MOST_SHOWN = 5


@dataclass(frozen=True, slots=True)
class FoundDraft:
    """A draft of the person who asks.

    Args:
        id: of the initiative.
        title: cut into marked and other pieces; empty while it has none.
        excerpt: the stretch that answers best, cut likewise.
        saved_at: when it was last saved.
    """

    id: int
    title: Sequence[Piece]
    excerpt: Sequence[Piece]
    saved_at: datetime


def own_drafts(asked: Asked, *, to: User | None, limit: int = MOST_SHOWN) -> list[FoundDraft]:
    """Return the person's drafts that hold all words, the last saved first; nothing without words.

    Args:
        asked: what was asked for; filters that no draft can pass leave none.
        to: whoever writes them; None has no drafts.
        limit: how many at most.
    """
    terms = asked.meaning.terms
    if to is None or not _may_pass(asked) or not (terms.words or "status" in asked.filters):
        return []
    texts = [(draft, _text(draft.content)) for draft in _drafts(to)]
    found = [(draft, text) for draft, text in texts if _holds(text, terms, asked.wanted)]
    return [_found(draft, asked.wanted) for draft, _ in found[:limit]]


def _may_pass(asked: Asked) -> bool:
    passing = {"type": INITIATIVE, "status": State.DRAFT.value}
    return all(passing.get(facet) in values for facet, values in asked.filters.items())


def _drafts(user: User) -> Sequence[Draft]:
    query = (
        select(Draft)
        .join(Draft.initiative)
        .where(
            Initiative.state == State.DRAFT,
            Initiative.deleted_at.is_(None),
            initiatives.is_author(user),
        )
    )
    return db.session.scalars(query.order_by(Draft.saved_at.desc()).limit(MOST_READ)).all()


def _text(raw: Mapping[str, Any]) -> str:
    content = contents.read(raw)
    sentences = (answer.sentence for answer in content.answers)
    return "\n".join(text for text in (*content.texts.values(), *sentences, *content.tags) if text)


def _holds(text: str, terms: Terms, wanted: Wanted) -> bool:
    needed = needed_words(terms)
    if held_words(text, wanted, needed) < len(needed):
        return False
    if not (terms.phrases or terms.excluded):
        return True
    column = column_text((text,), Dictionary())
    phrases, excluded = (
        [f" {' '.join(word.folded for word in phrase)} " in column for phrase in several]
        for several in (terms.phrases, terms.excluded)
    )
    return all(phrases) and not any(excluded)


def _found(draft: Draft, wanted: Wanted) -> FoundDraft:
    title, _, rest = _text(draft.content).partition("\n")
    return FoundDraft(draft.initiative_id, marks(title, wanted), snippet(rest, wanted), draft.saved_at)
