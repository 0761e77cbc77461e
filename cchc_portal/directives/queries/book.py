"""What is kept beside a letter: versions, files, receipts."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import joinedload

from cchc_portal.accounts.models import Unit, User
from cchc_portal.core.db import db
from cchc_portal.core.errors import NotFound
from cchc_portal.core.text import sort_key
from cchc_portal.directives.models import (
    AddressedUnit,
    Directive,
    DirectiveFile,
    DirectiveVersion,
    Receipt,
    State,
)
from cchc_portal.directives.queries.letters import WITHOUT_TEXTS, visible_to


def versions(directive: Directive) -> Sequence[DirectiveVersion]:
    """Return a letter as it was issued and corrected, the newest first."""
    query = select(DirectiveVersion).where(DirectiveVersion.directive_id == directive.id)
    query = query.options(joinedload(DirectiveVersion.made_by))
    return db.session.scalars(query.order_by(DirectiveVersion.number.desc())).all()


def newest_version(directive: Directive) -> DirectiveVersion | None:
    """Return a letter as it was last issued or corrected; None while it is a draft."""
    query = select(DirectiveVersion).where(DirectiveVersion.directive_id == directive.id)
    return db.session.scalar(query.order_by(DirectiveVersion.number.desc()).limit(1))


def files(directive: Directive) -> Sequence[DirectiveFile]:
    """Return the files of a letter in the order they came."""
    query = select(DirectiveFile).where(
        DirectiveFile.directive_id == directive.id, DirectiveFile.deleted_at.is_(None)
    )
    return db.session.scalars(query.options(joinedload(DirectiveFile.file)).order_by(DirectiveFile.id)).all()


def get_file(directive: Directive, file_id: int) -> DirectiveFile:
    """Return a file of a letter the person may see.

    Raises:
        NotFound: there is none, or it was taken away.
    """
    found = db.session.get(DirectiveFile, file_id)
    if found is None or found.directive_id != directive.id or found.deleted_at is not None:
        raise NotFound
    return found


@dataclass(frozen=True)
class UnitReceipts:
    """A unit a letter is addressed to: who has taken note of it and who has not yet."""

    unit: Unit
    done: Sequence[Receipt]
    missing: Sequence[User]


def receipts(directive: Directive) -> list[UnitReceipts]:
    """Return who has taken note of a letter, unit by unit in the order of the alphabet, people by given name.

    A person counts for the unit they were in; who has moved since is not asked a second time.
    """
    addressed = select(AddressedUnit.unit_id).where(AddressedUnit.directive_id == directive.id)
    units = db.session.scalars(select(Unit).where(Unit.id.in_(addressed))).all()
    done = db.session.scalars(
        select(Receipt)
        .join(Receipt.user)
        .where(Receipt.directive_id == directive.id)
        .options(joinedload(Receipt.user))
        .order_by(Receipt.at, User.name_order)
    ).all()
    told = {receipt.user_id for receipt in done}
    people = db.session.scalars(
        select(User)
        .where(User.unit_id.in_(addressed), User.disabled_at.is_(None))
        .order_by(User.name_order, User.id)
    ).all()
    return [
        UnitReceipts(
            unit,
            done=[receipt for receipt in done if receipt.unit_id == unit.id],
            missing=[user for user in people if user.unit_id == unit.id and user.id not in told],
        )
        for unit in sorted(units, key=lambda unit: sort_key(unit.name))
    ]


@dataclass(frozen=True)
class Taken:
    """How many people a letter is addressed to, how many took note of it, and whether and when I did."""

    people: int
    done: int
    mine: Receipt | None
    is_mine: bool

    @property
    def is_waiting(self) -> bool:
        """True if it is addressed to me and I have not taken note of it."""
        return self.is_mine and self.mine is None


def taken(directive: Directive, *, to: User) -> Taken:
    """Return how far a letter has been taken note of, in one statement and one look-up."""
    units = select(AddressedUnit.unit_id).where(AddressedUnit.directive_id == directive.id)
    noted = select(Receipt.user_id).where(Receipt.directive_id == directive.id)
    row = db.session.execute(
        select(
            _number(User.unit_id.in_(units), User.disabled_at.is_(None)),
            _number(User.unit_id.in_(units), User.disabled_at.is_(None), User.id.in_(noted)),
            _number(User.unit_id.in_(units), User.id == to.id),
        )
    ).one()
    return Taken(row[0], row[1], db.session.get(Receipt, (directive.id, to.id)), bool(row[2]))


def is_addressed(directive: Directive, user: User) -> bool:
    """Say whether a letter is addressed to a person's unit."""
    return db.session.get(AddressedUnit, (directive.id, user.unit_id or 0)) is not None


def to_acknowledge(*, to: User, limit: int) -> Sequence[Directive]:
    """Return the issued letters addressed to a person who has not taken note of them, the newest first."""
    mine = select(AddressedUnit.directive_id).where(AddressedUnit.unit_id == to.unit_id)
    done = select(Receipt.directive_id).where(Receipt.user_id == to.id)
    query = visible_to(to).where(
        Directive.state == State.ISSUED, Directive.id.in_(mine), Directive.id.not_in(done)
    )
    query = query.options(*WITHOUT_TEXTS).order_by(Directive.issued_at.desc(), Directive.id.desc())
    return db.session.scalars(query.limit(limit)).all()


def _number(*conditions: ColumnElement[bool]) -> ColumnElement[int]:
    return select(func.count()).select_from(User).where(*conditions).scalar_subquery()
