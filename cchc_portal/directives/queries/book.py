"""What is kept beside a letter: versions, files, receipts."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Select, and_, func, literal, select
from sqlalchemy.orm import joinedload

from cchc_portal.accounts.models import Role, RoleGrant, Unit, User
from cchc_portal.core.clock import today
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

NOTING = frozenset({Role.STAFF, Role.DEPT_HEAD, Role.OFFICE, Role.LEADER})  # who does the work of units
NEWEST_FOLLOWED = 50


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

    A person counts for the unit they were in; who has moved since is not asked a second time. Closed
    units are answered for by their successors as well. Accounts of the council and of administrators
    are not asked.
    """
    addressed = _addressed(directive)
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
        select(User).where(User.unit_id.in_(addressed), _is_asked()).order_by(User.name_order, User.id)
    ).all()
    every = [
        UnitReceipts(
            unit,
            done=[receipt for receipt in done if receipt.unit_id == unit.id],
            missing=[user for user in people if user.unit_id == unit.id and user.id not in told],
        )
        for unit in sorted(units, key=lambda unit: sort_key(unit.name))
    ]
    return [one for one in every if one.done or one.missing or one.unit.successor_id is None]


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
    asked = and_(User.unit_id.in_(_addressed(directive)), _is_asked())
    noted = select(Receipt.user_id).where(Receipt.directive_id == directive.id)
    row = db.session.execute(
        select(_number(asked), _number(asked, User.id.in_(noted)), _number(asked, User.id == to.id))
    ).one()
    return Taken(row[0], row[1], db.session.get(Receipt, (directive.id, to.id)), bool(row[2]))


def is_addressed(directive: Directive, user: User) -> bool:
    """Say whether a letter is addressed to a person's unit, or to one whose work that does since."""
    return user.unit_id in set(db.session.scalars(_addressed(directive)))


def to_acknowledge(*, to: User, limit: int) -> Sequence[Directive]:
    """Return the issued letters addressed to a person who has not taken note of them, the newest first."""
    if not to.roles & NOTING or to.unit_id is None:
        return ()
    mine = select(AddressedUnit.directive_id).where(AddressedUnit.unit_id.in_(_answered_for(to.unit_id)))
    done = select(Receipt.directive_id).where(Receipt.user_id == to.id)
    query = visible_to(to).where(
        Directive.state == State.ISSUED, Directive.id.in_(mine), Directive.id.not_in(done)
    )
    query = query.options(*WITHOUT_TEXTS).order_by(Directive.issued_at.desc(), Directive.id.desc())
    return db.session.scalars(query.limit(limit)).all()


def not_taken(*, to: User, limit: int) -> Sequence[tuple[Directive, Taken]]:
    """Return the newest issued letters that somebody has not taken note of, with how many have, in one statement."""
    newest = visible_to(to).where(Directive.state == State.ISSUED).with_only_columns(Directive.id)
    newest = newest.order_by(Directive.issued_at.desc(), Directive.id.desc()).limit(NEWEST_FOLLOWED)
    pairs = select(AddressedUnit.directive_id, AddressedUnit.unit_id)
    addressed = pairs.where(AddressedUnit.directive_id.in_(newest)).cte("addressed", recursive=True)
    since = select(addressed.c.directive_id, Unit.successor_id).join(Unit, Unit.id == addressed.c.unit_id)
    addressed = addressed.union(since.where(_is_succeeded()))
    asked = select(addressed.c.directive_id, User.id.label("user_id")).distinct()
    people = asked.join(User, User.unit_id == addressed.c.unit_id).where(_is_asked()).subquery()
    noted = and_(Receipt.directive_id == people.c.directive_id, Receipt.user_id == people.c.user_id)
    number, done = func.count(), func.count(Receipt.user_id)
    query = select(Directive, number, done).join(people, people.c.directive_id == Directive.id)
    query = query.outerjoin(Receipt, noted).group_by(Directive.id).having(number > done)
    query = query.options(*WITHOUT_TEXTS).order_by(Directive.issued_at.desc(), Directive.id.desc())
    found = db.session.execute(query.limit(limit))
    return [(letter, Taken(people, done, None, is_mine=False)) for letter, people, done in found]


def _addressed(directive: Directive) -> Select[int]:
    """Return a query for the units a letter is addressed to, and those that do the work of closed ones."""
    ours = select(AddressedUnit.unit_id.label("id")).where(AddressedUnit.directive_id == directive.id)
    units = ours.cte("addressed", recursive=True)
    since = select(Unit.successor_id).join(units, Unit.id == units.c.id).where(_is_succeeded())
    return select(units.union(since).c.id)


def _answered_for(unit_id: int) -> Select[int]:
    """Return a query for a unit and all closed ones whose work it does."""
    units = select(literal(unit_id).label("id")).cte("answered_for", recursive=True)
    before = select(Unit.id).join(units, Unit.successor_id == units.c.id).where(_is_succeeded())
    return select(units.union(before).c.id)


def _is_succeeded() -> ColumnElement[bool]:
    return and_(Unit.successor_id.is_not(None), Unit.valid_to < today())


def _is_asked() -> ColumnElement[bool]:
    works = User.grants.any(RoleGrant.role.in_(NOTING) & RoleGrant.valid(today()))
    return and_(User.disabled_at.is_(None), works)


def _number(*conditions: ColumnElement[bool]) -> ColumnElement[int]:
    return select(func.count()).select_from(User).where(*conditions).scalar_subquery()
