"""Letters in correction, and items of issued letters that wait for an answer or fall due."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, or_, select
from sqlalchemy.orm import contains_eager

from cchc_portal.accounts.models import Unit, User
from cchc_portal.core.calendar import EXCLUSIVE
from cchc_portal.core.clock import today
from cchc_portal.core.db import db
from cchc_portal.directives import queries as letters
from cchc_portal.directives.models import Assignment, Directive, Item, State
from cchc_portal.initiatives import queries as initiatives
from cchc_portal.initiatives.models import Answer, Initiative
from cchc_portal.initiatives.models import State as Stage


def in_correction(*, to: User, limit: int) -> Sequence[Directive]:
    """Return the letters that wait for the Office's correction and issue, the newest first."""
    query = letters.visible_to(to).where(Directive.state == State.DRAFT)
    return db.session.scalars(query.order_by(Directive.id.desc()).limit(limit)).all()


def unanswered(*, to: User, limit: int) -> Sequence[Item]:
    """Return the items of issued letters that no initiative answers, the newest letter first."""
    query = _items(to).where(~_answers(to).exists())
    return db.session.scalars(query.order_by(*_NEWEST).limit(limit)).all()


def unanswered_by(unit: Unit, *, to: User, limit: int) -> Sequence[Item]:
    """Return the items that a unit has to answer and has not, the newest letter first.

    Asked by the words "các bộ phận" are the units that take part.
    """
    answers = _answers(to).where(Initiative.unit_id == unit.id)
    query = _items(to).where(Item.assignments.any(_asks(unit)), ~answers.exists())
    return db.session.scalars(query.order_by(*_NEWEST).limit(limit)).all()


def due(*, to: User, within: int, limit: int) -> Sequence[Item]:
    """Return the last items of issued letters that are overdue or due within so many days, by deadline."""
    end = today() + timedelta(days=within)
    exclusive = and_(Item.deadline_operator.in_(EXCLUSIVE), Item.deadline_on == end + timedelta(days=1))
    query = _items(to).where(or_(Item.deadline_on <= end, exclusive))
    newest = db.session.scalars(query.order_by(Item.deadline_on.desc(), Item.id.desc()).limit(limit)).all()
    return newest[::-1]


def _items(user: User) -> Select[Any]:
    visible = letters.visible_to(user).with_only_columns(Directive.id)
    query = select(Item).join(Item.directive).options(contains_eager(Item.directive).defer(Directive.text))
    return query.where(Directive.state == State.ISSUED, Directive.id.in_(visible))


def _answers(user: User) -> Select[Any]:
    """What was handed in to answer the item of the query around, as far as the person sees it."""
    handed_in = initiatives.visible_to(user).where(Initiative.state != Stage.DRAFT)
    return handed_in.join(Answer).where(Answer.item_id == Item.id).correlate(Item)


def _asks(unit: Unit) -> ColumnElement[bool]:
    named = Assignment.unit_id == unit.id
    return or_(named, Assignment.to_all_units.is_(True)) if unit.takes_part else named


_NEWEST = (Directive.issued_at.desc(), Item.position)
