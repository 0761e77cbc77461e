"""Initiatives that answer items, and saved views."""

from cchc_portal.accounts.models import Unit, User
from cchc_portal.core.db import db
from cchc_portal.directives.models import Item
from cchc_portal.follow_up import operations
from cchc_portal.follow_up.models import SavedView
from cchc_portal.initiatives.models import Answer, Initiative, State
from tests.factories.accounts import make_unit, make_user
from tests.factories.initiatives import make_initiative


def make_answer(
    item: Item, unit: Unit | None = None, *, state: State = State.SUBMITTED, **columns: object
) -> Initiative:
    """Make an initiative of a unit that answers an item."""
    initiative = make_initiative(by=make_user(unit=unit or make_unit()), state=state, **columns)
    initiative.answers = [Answer(item=item)]
    db.session.commit()
    return initiative


def make_view(
    by: User, *, name: str = "Quá hạn", query: str = "due=overdue", shared: bool = False
) -> SavedView:
    """Make a saved view."""
    view = operations.save_view(query, by=by, name=name, is_shared=shared)
    db.session.commit()
    return view
