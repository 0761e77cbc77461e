"""The chain of letters: up to what one rests on, down to what carries it out, answers or replaces it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from sqlalchemy import select
from sqlalchemy.orm import InstrumentedAttribute, joinedload

from cchc_portal.accounts.models import User
from cchc_portal.core.db import db
from cchc_portal.core.errors import NotFound
from cchc_portal.directives.models import LEADING_ON, Citation, Directive
from cchc_portal.directives.queries.letters import WITHOUT_TEXTS, visible_to
from cchc_portal.directives.rules import can_read

DEEPEST = 12  # steps
MOST = 300  # citations
_End = InstrumentedAttribute[int] | InstrumentedAttribute[int | None]


@dataclass
class Link:
    """A step of the chain: the citation, the letter of the register at its other end, and what follows behind it."""

    citation: Citation
    letter: Directive | None
    is_repeated: bool = False
    below: list["Link"] = field(default_factory=list)


@dataclass(frozen=True)
class Chain:
    """Both ways from a letter."""

    up: list[Link]
    down: list[Link]


def chain(directive: Directive, *, to: User) -> Chain:
    """Return the chain through a letter, as far as the person may see the letters in it.

    It goes on behind what a letter rests on or carries out. A letter that comes again is shown, not
    walked again, so circles end.
    """
    return Chain(up=basis(directive, to=to), down=followers(directive, to=to))


def basis(directive: Directive, *, to: User) -> list[Link]:
    """Return the documents a letter cites, and behind those of the register what they cite in turn."""
    found = _steps(directive, Citation.directive_id, Citation.cited_id, to)
    return _Walk(found, to, is_up=True).links(directive.id)


def followers(directive: Directive, *, to: User) -> list[Link]:
    """Return the letters of the register that cite a letter, and those that cite them in turn."""
    found = _steps(directive, Citation.cited_id, Citation.directive_id, to)
    return _Walk(found, to, is_up=False).links(directive.id)


def get_relation(directive: Directive, citation_id: int) -> Citation:
    """Return a citation of a letter.

    Raises:
        NotFound: there is none.
    """
    found = db.session.get(Citation, citation_id)
    if found is None or found.directive_id != directive.id:
        raise NotFound
    return found


def _steps(directive: Directive, here: _End, there: _End, to: User) -> Mapping[int, Sequence[Citation]]:
    """Return the citations at a letter and at all it leads to, by the letter at this end; one statement."""
    seen = visible_to(to).with_only_columns(Directive.id)
    reached = select(Directive.id).where(Directive.id == directive.id).cte("reached", recursive=True)
    next_ = select(there).join(reached, here == reached.c.id)
    reached = reached.union(  # rows that are there already are not walked again: circles end
        next_.where(there.is_not(None), Citation.role.in_(LEADING_ON), there.in_(seen))
    )
    query = select(Citation).where(here.in_(select(reached.c.id)))
    query = query.options(
        joinedload(Citation.cited).options(*WITHOUT_TEXTS),
        joinedload(Citation.directive).options(*WITHOUT_TEXTS),
    )
    order = (Citation.added_at.is_not(None), Citation.position, Citation.id)
    found: dict[int, list[Citation]] = {}
    for citation in db.session.scalars(query.order_by(*order).limit(MOST)):
        found.setdefault(getattr(citation, here.key), []).append(citation)
    return found


class _Walk:
    """A walk one way, from letter to letter."""

    def __init__(self, found: Mapping[int, Sequence[Citation]], to: User, *, is_up: bool) -> None:
        self.found, self.to, self.is_up = found, to, is_up
        self.walked: set[int] = set()

    def links(self, letter_id: int, depth: int = 0) -> list[Link]:
        """Return the steps from a letter, with what is behind them."""
        self.walked.add(letter_id)
        links = [Link(citation, self._letter(citation)) for citation in self.found.get(letter_id, ())]
        shown = [link for link in links if self.is_up or link.letter]
        for link in shown:
            self._go_on(link, depth)
        return shown

    def _go_on(self, link: Link, depth: int) -> None:
        if link.letter is None or link.citation.relation not in LEADING_ON:
            return
        link.is_repeated = link.letter.id in self.walked
        if not link.is_repeated and depth < DEEPEST:
            link.below = self.links(link.letter.id, depth + 1)

    def _letter(self, citation: Citation) -> Directive | None:
        letter = citation.cited if self.is_up else citation.directive
        return letter if letter is not None and can_read(self.to, letter) else None
