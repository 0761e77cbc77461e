"""Short lists: one's own, what waits for somebody, what belongs to a letter's item."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Select, and_, exists, func, or_, select
from sqlalchemy.orm import joinedload

from cchc_portal.accounts.models import User
from cchc_portal.accounts.rules import is_office
from cchc_portal.core.db import db
from cchc_portal.directives.models import Directive, Item, ReformField
from cchc_portal.directives.models import State as LetterState
from cchc_portal.initiatives.models import (
    WRITABLE,
    Answer,
    Attachment,
    Author,
    Draft,
    Initiative,
    State,
    Version,
)
from cchc_portal.initiatives.queries.access import is_author, visible_to


@dataclass(frozen=True)
class InHand:
    """An initiative that waits for its author: to be written on, or to be agreed to.

    Args:
        initiative: whose turn it is.
        draft: what is being written.
        has_files: whether files are attached.
        has_items: whether there is an issued letter with items to answer.
        to_confirm: whether the person was nominated and has not agreed yet.
    """

    initiative: Initiative
    draft: Draft
    has_files: bool
    has_items: bool
    to_confirm: bool


def in_hand(user: User, *, limit: int = 20) -> list[InHand]:
    """Return what waits for a person as an author, the last touched first, in one statement."""
    unconfirmed = select(Author.initiative_id).where(Author.user_id == user.id, Author.confirmed_at.is_(None))
    to_confirm = and_(
        Initiative.awaits_confirmation.is_(True),
        Initiative.state == State.SUBMITTED,
        Initiative.id.in_(unconfirmed),
    )
    has_files = exists().where(Attachment.initiative_id == Initiative.id, Attachment.deleted_at.is_(None))
    query = (
        visible_to(user)
        .where(is_author(user), or_(Initiative.state.in_(WRITABLE), to_confirm))
        .join(Draft, Draft.initiative_id == Initiative.id)
        .add_columns(Draft, has_files, _open_items().exists(), to_confirm)
    )
    rows = db.session.execute(query.order_by(Draft.saved_at.desc()).limit(limit))
    return [InHand(*row) for row in rows]


def submitted_by(user: User, *, limit: int = 10) -> Sequence[Initiative]:
    """Return what a person has handed in and need not complete, the last changed first."""
    query = visible_to(user).where(is_author(user), Initiative.state.not_in(WRITABLE))
    return db.session.scalars(query.order_by(Initiative.state_changed_at.desc()).limit(limit)).all()


def to_check(user: User, *, limit: int = 20) -> Sequence[Initiative]:
    """Return what was submitted and waits for the Office, the oldest first; nothing for others."""
    if not is_office(user):
        return []
    query = visible_to(user).where(Initiative.state == State.SUBMITTED).options(joinedload(Initiative.unit))
    return db.session.scalars(query.order_by(Initiative.state_changed_at).limit(limit)).all()


def answering(item: Item, *, to: User) -> Sequence[Initiative]:
    """Return the initiatives that answer an item of a letter, the newest first."""
    query = visible_to(to).join(Answer).where(Answer.item_id == item.id, Initiative.state != State.DRAFT)
    return db.session.scalars(query.options(joinedload(Initiative.unit)).order_by(Initiative.id.desc())).all()


def counts_by_item(directive: Directive, *, to: User) -> dict[int, int]:
    """Return how many initiatives answer each item of a letter: item id -> number."""
    visible = visible_to(to).where(Initiative.state != State.DRAFT).subquery()
    query = (
        select(Answer.item_id, func.count())
        .join(visible, visible.c.id == Answer.initiative_id)
        .join(Item, Item.id == Answer.item_id)
        .where(Item.directive_id == directive.id)
        .group_by(Answer.item_id)
    )
    return dict(db.session.execute(query).all())


def versions(initiative: Initiative) -> Sequence[Version]:
    """Return all submitted texts, the newest first."""
    query = (
        select(Version)
        .where(Version.initiative_id == initiative.id)
        .options(joinedload(Version.submitted_by))
    )
    return db.session.scalars(query.order_by(Version.number.desc())).all()


def attachments(initiative: Initiative) -> Sequence[Attachment]:
    """Return the files of an initiative as its authors see them."""
    query = select(Attachment).where(
        Attachment.initiative_id == initiative.id, Attachment.deleted_at.is_(None)
    )
    return db.session.scalars(query.options(joinedload(Attachment.file)).order_by(Attachment.id)).all()


def open_items() -> Sequence[Item]:
    """Return the items that initiatives can answer: those of issued letters, the newest letter first."""
    query = _open_items().options(joinedload(Item.directive))
    return db.session.scalars(query.order_by(Directive.issued_at.desc(), Item.position)).all()


def reform_fields() -> Sequence[ReformField]:
    """Return the contents of administrative reform in force."""
    query = select(ReformField).where(ReformField.valid_to.is_(None))
    return db.session.scalars(query.order_by(ReformField.code)).all()


def has_open_items() -> bool:
    """Say whether there is anything that initiatives can answer."""
    return bool(db.session.scalar(select(_open_items().exists())))


def _open_items() -> Select[Item]:
    is_open = and_(Directive.state == LetterState.ISSUED, Directive.deleted_at.is_(None))
    return select(Item).join(Directive).where(is_open)
