"""What was found as lines of a table: the same columns whatever kind of thing it is."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from cchc_portal.accounts.models import User
from cchc_portal.core.clock import local
from cchc_portal.core.errors import Unavailable
from cchc_portal.core.i18n import N_
from cchc_portal.search import index
from cchc_portal.search.analysis import Terms, Wanted
from cchc_portal.search.documents import COMMENT, DECISION, INITIATIVE, ITEM, LETTER
from cchc_portal.search.queries.asking import Criteria, ask
from cchc_portal.search.queries.cards import Card, cards
from cchc_portal.search.queries.facets import TYPES

NOT_WHOLE = N_("Chưa lấy được đủ kết quả; hãy thêm từ hoặc bộ lọc, hoặc thử lại sau ít phút.")
AT_ONCE = 500  # cards read in one query


@dataclass(frozen=True, slots=True)
class Line:
    """A found thing in a table; form, type and status are words of the portal, to be translated.

    Args:
        day: the day it was submitted or falls due; `day_words` where a letter says it in words.
    """

    code: str
    title: str
    type: str
    form: str = ""
    status: str = ""
    unit: str = ""
    day: date | None = None
    day_words: str = ""
    votes: int | None = None


def lines(criteria: Criteria, *, to: User, limit: int) -> list[Line] | None:
    """Return all that a person finds as lines, in order; None if it is more than a limit.

    Args:
        criteria: what is asked for; its page is passed over.
        to: the person.
        limit: how many at most.

    Raises:
        Unavailable: the index could not come up with all of it in time.
    """
    asked = ask(replace(criteria, page=1, after=None), to=to, limit=limit)
    if asked.found.total > limit:
        return None
    if not asked.found.is_complete:
        raise Unavailable(NOT_WHOLE)
    unmarked = Wanted(Terms(), index.current().dictionary)  # marks are for the screen, and take their time
    hits = asked.found.hits
    steps = (hits[start : start + AT_ONCE] for start in range(0, len(hits), AT_ONCE))
    return [line_of(card) for step in steps for card in cards(step, unmarked, to=to)]


def line_of(card: Card) -> Line:
    """Return what a table says of a found thing."""
    title = "".join(piece.text for piece in card.title)
    told = _READERS.get(card.kind, _nothing)(card.about)
    return Line(**{"code": card.code, "title": title, "type": TYPES.get(card.kind, ""), **told})


def _initiative(about: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "form": about["form"].label,
        "status": about["state"].label,
        "unit": about["unit"] or "",
        "day": local(about["submitted_at"]).date() if about["submitted_at"] else None,
        "votes": about["vote_count"],
    }


def _letter(about: Mapping[str, Any]) -> dict[str, Any]:
    return {"day_words": about["day"], "unit": about.get("issuer", "")}


def _item(about: Mapping[str, Any]) -> dict[str, Any]:
    return {"unit": about["letter"], "day": about["deadline_on"]}


def _comment(about: Mapping[str, Any]) -> dict[str, Any]:
    return {"unit": about["who"], "day": local(about["at"]).date()}


def _decision(about: Mapping[str, Any]) -> dict[str, Any]:
    decision = about["decision"]
    return {"status": decision.outcome.label, "unit": decision.decided_as, "day": decision.decided_on}


def _nothing(_about: Mapping[str, Any]) -> dict[str, Any]:
    return {}


_READERS: dict[str, Callable[[Mapping[str, Any]], dict[str, Any]]] = {
    INITIATIVE: _initiative,
    LETTER: _letter,
    ITEM: _item,
    COMMENT: _comment,
    DECISION: _decision,
}
