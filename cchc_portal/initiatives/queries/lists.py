"""Short lists: one's own, what waits for somebody, what belongs to a letter's item."""

from collections.abc import Sequence

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from cchc_portal.accounts.models import User
from cchc_portal.accounts.rules import is_office
from cchc_portal.core.db import db
from cchc_portal.directives.models import Directive, Item, ReformField
from cchc_portal.directives.models import State as LetterState
from cchc_portal.initiatives.models import Answer, Attachment, Author, Draft, Initiative, State, Version
from cchc_portal.initiatives.queries.access import is_author, visible_to


def drafts_by(user: User) -> Sequence[Initiative]:
    """Return what a person is writing: drafts and returned ones, the last touched first."""
    query = visible_to(user).where(is_author(user), Initiative.state.in_((State.DRAFT, State.RETURNED)))
    query = query.join(Draft, Draft.initiative_id == Initiative.id).order_by(Draft.saved_at.desc())
    return db.session.scalars(query).all()


def submitted_by(user: User, *, limit: int = 10) -> Sequence[Initiative]:
    """Return what a person has submitted, the last changed first."""
    query = visible_to(user).where(is_author(user), Initiative.state != State.DRAFT)
    return db.session.scalars(query.order_by(Initiative.state_changed_at.desc()).limit(limit)).all()


def to_confirm(user: User) -> Sequence[Initiative]:
    """Return the nominations that wait for a person's agreement."""
    waiting = select(Author.initiative_id).where(Author.user_id == user.id, Author.confirmed_at.is_(None))
    query = visible_to(user).where(
        Initiative.awaits_confirmation.is_(True),
        Initiative.state == State.SUBMITTED,
        Initiative.id.in_(waiting),
    )
    return db.session.scalars(query.order_by(Initiative.submitted_at)).all()


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
    return dict(db.session.execute(query).tuples().all())


def newest_version(initiative: Initiative) -> Version | None:
    """Return the text as it was last submitted; None before the first submission."""
    query = select(Version).where(Version.initiative_id == initiative.id)
    return db.session.scalar(query.order_by(Version.number.desc()).limit(1))


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
    query = (
        select(Item)
        .join(Directive)
        .where(Directive.state == LetterState.ISSUED, Directive.deleted_at.is_(None))
        .options(joinedload(Item.directive))
        .order_by(Directive.issued_at.desc(), Item.position)
    )
    return db.session.scalars(query).all()


def reform_fields() -> Sequence[ReformField]:
    """Return the contents of administrative reform in force."""
    query = select(ReformField).where(ReformField.valid_to.is_(None))
    return db.session.scalars(query.order_by(ReformField.code)).all()
