"""Saved searches."""

from cchc_portal.accounts.models import User
from cchc_portal.core.db import db
from cchc_portal.searches import operations
from cchc_portal.searches.models import SavedSearch, Sharing


def make_search(
    by: User, *, name: str = "Mã QR", query: str = "q=ma+qr", sharing: Sharing = Sharing.PRIVATE
) -> SavedSearch:
    """Make a saved search."""
    search = operations.save_search(query, by=by, name=name, sharing=sharing)
    db.session.commit()
    return search
