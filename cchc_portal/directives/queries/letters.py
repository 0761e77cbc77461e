"""Who sees which letters, and loading one with its items through the person who asks."""

from collections.abc import Sequence

from sqlalchemy import Select, select
from sqlalchemy.orm import defer, joinedload, selectinload

from cchc_portal import audit
from cchc_portal.accounts.models import Unit, User
from cchc_portal.accounts.queries import units
from cchc_portal.accounts.rules import is_office
from cchc_portal.core.db import db
from cchc_portal.core.errors import NotFound
from cchc_portal.directives.models import Assignment, Citation, Directive, Item, State
from cchc_portal.directives.reading.dates import existing

CHANGES = (
    "directive.imported",
    "directive.entered",
    "directive.corrected",
    "directive.issued",
    "directive.numbered",
    "directive.amended",
    "directive.closed",
)


def visible_to(user: User) -> Select[Directive]:
    """Return a query for the letters a person may see: issued ones; drafts too for the Office."""
    query = select(Directive).where(Directive.deleted_at.is_(None))
    return query if is_office(user) else query.where(Directive.state != State.DRAFT)


def get(directive_id: int, *, to: User) -> Directive:
    """Return a letter with its items and who has to answer them.

    Raises:
        NotFound: there is none, or the person may not see it.
    """
    query = visible_to(to).where(Directive.id == directive_id).options(*_WHOLE)
    directive = db.session.scalars(query).unique().one_or_none()
    if directive is None:
        raise NotFound
    return directive


def get_item(directive_id: int, code: str, *, to: User) -> Item:
    """Return an item of a letter by its number in it, "2.a" say.

    Raises:
        NotFound: there is none, or the person may not see the letter.
    """
    letters = visible_to(to).with_only_columns(Directive.id).where(Directive.id == directive_id)
    query = select(Item).where(Item.code == code, Item.directive_id.in_(letters)).options(*_ITEM)
    found = db.session.scalar(query)
    if found is None:
        raise NotFound
    return found


def drafts(*, to: User) -> Sequence[Directive]:
    """Return the letters that wait for correction or issue, newest first."""
    query = visible_to(to).where(Directive.state == State.DRAFT)
    query = query.options(selectinload(Directive.items), *WITHOUT_TEXTS)
    return db.session.scalars(query.order_by(Directive.id.desc())).all()


def revision(directive: Directive) -> int:
    """Return a number that grows with every change of what a letter says.

    That somebody took note of it or a scan was added changes nothing for whoever corrects it.
    """
    return max((event.id for event in audit.of(directive, names=CHANGES)), default=0)


def units_of_the_time(year: int | None, month: int | None, day: int | None) -> list[Unit]:
    """Return the units that existed when a letter was written, today's where that is not known."""
    written = existing(year, month or 1, day or 1) if year else None
    return (units(on=written) if written else []) or units()


WITHOUT_TEXTS = (defer(Directive.text), defer(Directive.searched), defer(Directive.recognised))
_ITEM = (
    joinedload(Item.directive),
    joinedload(Item.parent),
    selectinload(Item.assignments).joinedload(Assignment.unit),
    selectinload(Item.assignments).joinedload(Assignment.function),
)
_WHOLE = (
    selectinload(Directive.items).selectinload(Item.assignments).joinedload(Assignment.unit),
    selectinload(Directive.items).selectinload(Item.assignments).joinedload(Assignment.function),
    selectinload(Directive.items).joinedload(Item.parent),
    selectinload(Directive.citations).joinedload(Citation.cited).options(*WITHOUT_TEXTS),
    joinedload(Directive.file),
    joinedload(Directive.issued_by).joinedload(User.unit),
    joinedload(Directive.closed_by),
    defer(Directive.searched),
)
