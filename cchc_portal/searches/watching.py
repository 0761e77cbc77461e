"""What matches a saved search for a person, and the job that looks for what is new.

Every search is asked again whole, so what a crash or a busy index has missed comes with the next
look; see docs/decisions/alerts-compare-what-matches.md.
"""

from collections.abc import Sequence
from urllib.parse import parse_qsl

from werkzeug.datastructures import MultiDict

from cchc_portal.accounts.models import User
from cchc_portal.core.db import db, unit_of_work
from cchc_portal.jobs import job
from cchc_portal.search.forms import criteria_of
from cchc_portal.search.queries import matching, readable
from cchc_portal.searches import operations, queries, rules
from cchc_portal.searches.models import SavedSearch, SearchAlert


@job
def watch_searches() -> None:
    """Look for what is new in every search that somebody watches, if the index has moved; runs by the clock."""
    until = queries.filed_until()
    waiting = queries.outdated_alerts(until)
    db.session.rollback()  # ends the read, so that each write begins afresh
    for alert_id in waiting:
        _look(alert_id, until)


def keys_of(search: SavedSearch, *, to: User) -> Sequence[str] | None:
    """Return the keys of what matches a search for a person; None while the index cannot say for sure."""
    criteria = criteria_of(MultiDict(parse_qsl(search.address)))
    return matching(criteria, to=to, limit=operations.MOST_KNOWN + 1)


def _look(alert_id: int, until: int) -> None:
    alert = queries.get_alert(alert_id)
    new = _new_to(alert) if alert else None
    db.session.rollback()
    if new is None:
        return
    with unit_of_work():
        alert = queries.get_alert(alert_id, is_held=True)
        if alert is None or alert.event_id >= until:
            return
        if rules.can_see(alert.user, alert.search):
            operations.note_matches(alert, by=None, found=new, until=until)
        else:
            operations.end_alert(alert, by=None)


def _new_to(alert: SearchAlert) -> Sequence[str] | None:
    """Return the keys of what matches, was not there before, and may be seen; None if it cannot be said."""
    if not rules.can_see(alert.user, alert.search):
        return []
    found = keys_of(alert.search, to=alert.user)
    return None if found is None else readable(set(found) - set(alert.known or ()), to=alert.user)
