"""Reading saved searches and alerts."""

from collections.abc import Sequence

from sqlalchemy import Select, and_, func, or_, select
from sqlalchemy.orm import joinedload, selectinload

from cchc_portal.accounts.models import User
from cchc_portal.audit import Cursor
from cchc_portal.core.db import db
from cchc_portal.core.errors import NotFound
from cchc_portal.search.models import Entry
from cchc_portal.searches.models import SavedSearch, SearchAlert, Sharing

MOST_SHOWN = 100
INDEXER = "search"  # the consumer that brings the index up to date


def visible_to(user: User) -> Select[SavedSearch]:
    """Return a query for one's own searches and those that are shared with one."""
    of_unit = and_(SavedSearch.sharing == Sharing.UNIT, SavedSearch.unit_id == user.unit_id)
    everybody = SavedSearch.sharing == Sharing.EVERYBODY
    return select(SavedSearch).where(or_(SavedSearch.owner_id == user.id, everybody, of_unit))


def searches(*, to: User, limit: int = MOST_SHOWN) -> Sequence[SavedSearch]:
    """Return one's own searches, those one watches however many are shared, then the others, by name."""
    query = visible_to(to).options(joinedload(SavedSearch.owner))
    watched = select(SearchAlert.search_id).where(SearchAlert.user_id == to.id)
    first = (SavedSearch.owner_id != to.id, SavedSearch.id.not_in(watched))
    query = query.order_by(*first, SavedSearch.name_folded, SavedSearch.id)
    return db.session.scalars(query.limit(limit)).all()


def get_search(search_id: int, *, to: User) -> SavedSearch:
    """Return a saved search.

    Raises:
        NotFound: there is none, or it is not shared with the person.
    """
    found = db.session.scalar(visible_to(to).where(SavedSearch.id == search_id))
    if found is None:
        raise NotFound
    return found


def number_of_searches(user: User) -> int:
    """Return how many searches a person has saved."""
    return db.session.scalar(select(func.count()).where(SavedSearch.owner_id == user.id)) or 0


def has_search(user: User, *, name_folded: str, besides: int | None = None) -> bool:
    """Say whether a person has another search of that name."""
    named = (SavedSearch.owner_id == user.id, SavedSearch.name_folded == name_folded)
    query = select(SavedSearch.id).where(*named, SavedSearch.id != (besides or 0))
    return db.session.scalar(query) is not None


def alerts_of(user: User) -> dict[int, SearchAlert]:
    """Return the alerts of a person by the id of their search."""
    found = db.session.scalars(select(SearchAlert).where(SearchAlert.user_id == user.id))
    return {alert.search_id: alert for alert in found}


def alert_of(search: SavedSearch, user: User) -> SearchAlert | None:
    """Return a person's alert on a search, if there is one."""
    query = select(SearchAlert).where(SearchAlert.search_id == search.id, SearchAlert.user_id == user.id)
    return db.session.scalar(query)


def filed_until() -> int:
    """Return up to which event the index has followed; 0 while anything still waits for it."""
    if db.session.scalar(select(Entry.id).where(Entry.is_waiting).limit(1)) is not None:
        return 0
    return db.session.scalar(select(Cursor.event_id).where(Cursor.consumer == INDEXER)) or 0


def outdated_alerts(until: int) -> Sequence[int]:
    """Return the ids of alerts of active people that have not seen what the index has."""
    query = select(SearchAlert.id).join(SearchAlert.user)
    query = query.where(SearchAlert.event_id < until, User.disabled_at.is_(None))
    return db.session.scalars(query.order_by(SearchAlert.id)).all()


def get_alert(alert_id: int, *, is_held: bool = False) -> SearchAlert | None:
    """Return an alert with what looking asks for; None if it is gone.

    Args:
        alert_id: its id.
        is_held: whether others wait with it until the running transaction ends.
    """
    person = joinedload(SearchAlert.user).options(selectinload(User.grants), joinedload(User.unit))
    query = select(SearchAlert).where(SearchAlert.id == alert_id)
    if is_held:
        query = query.with_for_update(of=SearchAlert)
    return db.session.scalar(query.options(person, joinedload(SearchAlert.search)))
