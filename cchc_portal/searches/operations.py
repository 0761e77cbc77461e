"""Saved searches: keep, change, remove, be told of what is new."""

from collections.abc import Sequence

from cchc_portal import audit
from cchc_portal.accounts.models import User
from cchc_portal.core.clock import today
from cchc_portal.core.db import db
from cchc_portal.core.errors import Invalid, require
from cchc_portal.core.i18n import N_
from cchc_portal.core.text import clean_line, fold_name
from cchc_portal.searches import queries, rules
from cchc_portal.searches.models import LONGEST_NAME, LONGEST_QUERY, SavedSearch, SearchAlert, Sharing

MOST_SEARCHES = 30  # of one person
MOST_KNOWN = 2_000  # matches of a search of which one can be told what is new
NAMELESS = N_("Hãy đặt tên cho lần tìm này.")
TAKEN = N_("Bạn đã có một tìm kiếm mang tên này.")
TOO_MANY = N_("Bạn đã lưu 30 tìm kiếm; hãy xóa bớt rồi lưu.")
TOO_LONG = N_("Tên không được dài quá 80 ký tự.")
TOO_MUCH = N_("Câu tìm và bộ lọc này dài quá, không lưu được.")
EMPTY = N_("Hãy gõ từ cần tìm hoặc chọn bộ lọc trước khi lưu.")
TOO_WIDE = N_("Tìm kiếm này đang có hơn 2.000 kết quả; hãy lọc bớt rồi mới bật báo được.")


def save_search(query: str, *, by: User, name: str, sharing: Sharing = Sharing.PRIVATE) -> SavedSearch:
    """Keep the address of a search under a name.

    Args:
        query: of the address, without "?".
        by: who keeps it.
        name: what it is called; a person has each name once, whatever its diacritics and case.
        sharing: who else sees it.

    Raises:
        NotAllowed: the person may not share it so widely.
        Invalid: the name is blank, taken or too long, nothing is asked for, or the person has too many.
    """
    require(rules.can_keep(by))
    if not query:
        raise Invalid({"": EMPTY})
    if len(query) > LONGEST_QUERY:
        raise Invalid({"": TOO_MUCH})
    if queries.number_of_searches(by) >= MOST_SEARCHES:
        raise Invalid({"": TOO_MANY})
    search = SavedSearch(owner=by, address=query)
    _call(search, name, by)
    _share(search, sharing, by)
    db.session.add(search)
    audit.record("saved_search.kept", on=search, by=by, sharing=sharing)
    return search


def change_search(search: SavedSearch, *, by: User, name: str, sharing: Sharing) -> SavedSearch:
    """Give a search another name, share it or keep it to oneself.

    Raises:
        NotAllowed: it is somebody else's, or the person may not share it so widely.
        Invalid: the name is blank, taken or too long.
    """
    require(rules.can_change(by, search))
    _call(search, name, by)
    _share(search, sharing, by)
    audit.record("saved_search.changed", on=search, by=by, sharing=sharing)
    return search


def remove_search(search: SavedSearch, *, by: User) -> SavedSearch:
    """Forget a search and everybody's alerts on it; what it found stays as it is."""
    require(rules.can_remove(by, search))
    audit.record("saved_search.removed", on=search, by=by)
    db.session.delete(search)
    return search


def start_alert(search: SavedSearch, *, by: User, known: Sequence[str] | None, until: int) -> SearchAlert:
    """Tell a person from now on when something new matches; asking twice is asking once.

    Args:
        search: one that the person sees.
        by: the person.
        known: keys of what matches already, of which nobody is told; None if it cannot be said now.
        until: up to which event the index had followed when they were looked up.

    Raises:
        Invalid: too much matches for new things to mean anything.
    """
    require(rules.can_see(by, search))
    if known is not None and len(known) > MOST_KNOWN:
        raise Invalid({"": TOO_WIDE})
    alert = queries.alert_of(search, by)
    if alert is None:
        at = 0 if known is None else until
        alert = SearchAlert(search=search, user=by, known=known, event_id=at, waiting=0)
        db.session.add(alert)
        audit.record("saved_search.watched", on=search, by=by)
    return alert


def stop_alert(search: SavedSearch, *, by: User) -> SavedSearch:
    """Tell a person of a search no more."""
    require(rules.can_see(by, search))
    alert = queries.alert_of(search, by)
    if alert is not None:
        db.session.delete(alert)
        audit.record("saved_search.unwatched", on=search, by=by)
    return search


def end_alert(alert: SearchAlert, *, by: User | None) -> SearchAlert:
    """Let go of an alert of a person who sees the search no more: its name is nothing to be told of.

    Args:
        alert: locked by the running transaction.
        by: None, the portal itself.
    """
    require(by is None)
    audit.record("saved_search.unwatched", on=alert.search, by=by)
    db.session.delete(alert)
    return alert


def note_matches(alert: SearchAlert, *, by: User | None, found: Sequence[str], until: int) -> SearchAlert:
    """Keep what matches now and let the notifier tell of what is new, once a day for each search.

    Args:
        alert: locked by the running transaction.
        by: None, the portal itself.
        found: keys of things that match, that were not known and that the person may see.
        until: up to which event the index had followed.
    """
    require(by is None)
    is_first = alert.known is None
    new = sorted(set(found) - set(alert.known or ()))
    alert.known = [*(alert.known or ()), *new][-2 * MOST_KNOWN :]
    alert.event_id = until
    alert.waiting += 0 if is_first else len(new)
    if alert.waiting and alert.told_on != today():
        name = alert.search.name
        audit.record(
            "saved_search.matched", on=alert.search, by=by, to=alert.user_id, titles=name, count=alert.waiting
        )
        alert.waiting, alert.told_on = 0, today()
    return alert


def _call(search: SavedSearch, name: str, owner: User) -> None:
    name = clean_line(name)
    folded = fold_name(name)
    if not folded:
        raise Invalid({"name": NAMELESS})
    if len(name) > LONGEST_NAME:
        raise Invalid({"name": TOO_LONG})
    if queries.has_search(owner, name_folded=folded, besides=search.id):
        raise Invalid({"name": TAKEN})
    search.name, search.name_folded = name, folded


def _share(search: SavedSearch, sharing: Sharing, owner: User) -> None:
    require(rules.can_share(owner, sharing))
    search.sharing = sharing
    search.unit_id = owner.unit_id if sharing is Sharing.UNIT else None
