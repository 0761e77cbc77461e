"""Saved views: keep, change, remove."""

from cchc_portal import audit
from cchc_portal.accounts.models import User
from cchc_portal.core.db import db
from cchc_portal.core.errors import Invalid, require
from cchc_portal.core.i18n import N_
from cchc_portal.core.text import clean_line, fold_name
from cchc_portal.follow_up import queries, rules
from cchc_portal.follow_up.models import LONGEST_NAME, LONGEST_QUERY, SavedView

MOST_VIEWS = 30  # of one person
NAMELESS = N_("Hãy đặt tên cho bộ lọc.")
TAKEN = N_("Bạn đã có một bộ lọc mang tên này.")
TOO_MANY = N_("Bạn đã lưu 30 bộ lọc; hãy xóa bớt rồi lưu.")
TOO_LONG = N_("Tên bộ lọc dài quá 80 ký tự.")
TOO_MUCH = N_("Bộ lọc này dài quá, không lưu được.")


def save_view(query: str, *, by: User, name: str, is_shared: bool = False) -> SavedView:
    """Keep an address of the follow-up board under a name.

    Args:
        query: of the address, without "?".
        by: who keeps it.
        name: what it is called; a person has each name once, whatever its diacritics and case.
        is_shared: whether all colleagues see it.

    Raises:
        Invalid: the name is blank, taken or too long, or the person has too many.
    """
    require(rules.can_follow_up(by))
    if queries.number_of_views(by) >= MOST_VIEWS:
        raise Invalid({"": TOO_MANY})
    if len(query) > LONGEST_QUERY:
        raise Invalid({"": TOO_MUCH})
    view = SavedView(owner=by, filters=query, is_shared=is_shared)
    _call(view, name, by)
    db.session.add(view)
    audit.record("saved_view.kept", on=view, by=by)
    return view


def change_view(view: SavedView, *, by: User, name: str, is_shared: bool) -> SavedView:
    """Give a view another name, share it or keep it to oneself.

    Raises:
        Invalid: the name is blank, taken or too long.
    """
    require(rules.can_change(by, view))
    _call(view, name, by)
    view.is_shared = is_shared
    audit.record("saved_view.changed", on=view, by=by)
    return view


def remove_view(view: SavedView, *, by: User) -> SavedView:
    """Forget a view; what it showed stays as it is."""
    require(rules.can_remove(by, view))
    audit.record("saved_view.removed", on=view, by=by)
    db.session.delete(view)
    return view


def _call(view: SavedView, name: str, owner: User) -> None:
    name = clean_line(name)
    folded = fold_name(name)
    if not folded:
        raise Invalid({"name": NAMELESS})
    if len(name) > LONGEST_NAME:
        raise Invalid({"name": TOO_LONG})
    if queries.has_view(owner, name_folded=folded, besides=view.id):
        raise Invalid({"name": TAKEN})
    view.name, view.name_folded = name, folded
