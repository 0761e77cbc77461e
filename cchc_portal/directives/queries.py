"""Reading letters: every list comes from `visible_to`."""

from sqlalchemy import Select, select
from sqlalchemy.orm import joinedload

from cchc_portal.accounts.models import User
from cchc_portal.core.db import db
from cchc_portal.core.errors import NotFound
from cchc_portal.directives.models import Directive, Item, State
from cchc_portal.directives.rules import can_import


def visible_to(user: User) -> Select[Directive]:
    """Return the letters a person may see: issued ones everybody, all of them the Office."""
    query = select(Directive).where(Directive.deleted_at.is_(None))
    return query if can_import(user) else query.where(Directive.state != State.DRAFT)


def get_item(directive_id: int, code: str, *, to: User) -> Item:
    """Return an item of a letter by its number in it.

    Raises:
        NotFound: there is none, or the person may not see the letter.
    """
    letters = visible_to(to).with_only_columns(Directive.id).where(Directive.id == directive_id)
    query = select(Item).where(Item.code == code, Item.directive_id.in_(letters))
    found = db.session.scalar(query.options(joinedload(Item.directive)))
    if found is None:
        raise NotFound
    return found
