"""Reading accounts and units."""

from collections.abc import Sequence
from datetime import date, timedelta
from hashlib import sha256

from sqlalchemy import func, or_, select
from sqlalchemy.orm import joinedload, selectinload

from cchc_portal.accounts.models import Role, RoleGrant, SignIn, SignInTry, Unit, User
from cchc_portal.accounts.rules import can_administer
from cchc_portal.core.clock import now, today
from cchc_portal.core.db import db
from cchc_portal.core.errors import NotFound
from cchc_portal.core.text import name_sort_key, sort_key


def token_hash(token: str) -> str:
    """Return what is stored of a sign-in's token."""
    return sha256(token.encode()).hexdigest()


def signed_in(token: str) -> User | None:
    """Return the person behind a sign-in that still holds, with unit and roles, in one query."""
    query = (
        select(User)
        .join(SignIn, SignIn.user_id == User.id)
        .where(SignIn.token_hash == token_hash(token), SignIn.expires_at > now(), User.disabled_at.is_(None))
        .options(joinedload(User.unit), joinedload(User.grants))
    )
    user = db.session.scalars(query).unique().one_or_none()
    if user is not None:
        user.session_token = token
    return user


def by_username(username: str) -> User | None:
    """Return the account of that name, whatever its case."""
    return db.session.scalar(select(User).where(User.username == username.strip().lower()))


def failed_tries(*, username: str, address: str, minutes: int) -> tuple[int, int]:
    """Return the number of failed tries of the last minutes: for the account, from the address."""
    recent = SignInTry.at > now() - timedelta(minutes=minutes)
    counts = db.session.execute(
        select(
            func.count().filter(SignInTry.username == username),
            func.count().filter(SignInTry.address == address),
        ).where(recent, or_(SignInTry.username == username, SignInTry.address == address)),
    ).one()
    return counts[0], counts[1]


def units(*, on: date | None = None) -> list[Unit]:
    """Return the units that exist on a day (today if none is given), in the order of the alphabet."""
    day = on or today()
    query = select(Unit).where(Unit.valid_from <= day, or_(Unit.valid_to.is_(None), Unit.valid_to >= day))
    found = db.session.scalars(query.options(selectinload(Unit.functions))).all()
    return sorted(found, key=lambda unit: sort_key(unit.name))


def all_units(*, to: User) -> list[Unit]:
    """Return every unit of every period, for administrators.

    Raises:
        NotFound: the person does not administer units.
    """
    _require_administrator(to)
    found = db.session.scalars(select(Unit).options(selectinload(Unit.functions))).all()
    return sorted(found, key=lambda unit: (unit.valid_to is not None, sort_key(unit.name)))


def get_unit(unit_id: int, *, to: User) -> Unit:
    """Return a unit; everybody who is signed in may see it."""
    unit = db.session.get(Unit, unit_id)
    if unit is None or to is None:
        raise NotFound
    return unit


def unit_by_code(code: str) -> Unit | None:
    """Return the unit with a code."""
    return db.session.scalar(select(Unit).where(Unit.code == code))


def people(*, active: bool = True) -> list[User]:
    """Return the people, sorted by given name; without disabled accounts unless asked."""
    query = select(User).options(joinedload(User.unit))
    if active:
        query = query.where(User.disabled_at.is_(None))
    return sorted(db.session.scalars(query).all(), key=lambda user: name_sort_key(user.full_name))


def accounts(*, to: User) -> list[User]:
    """Return every account with its roles, for administrators.

    Raises:
        NotFound: the person does not administer accounts.
    """
    _require_administrator(to)
    query = select(User).options(joinedload(User.unit), selectinload(User.grants).joinedload(RoleGrant.unit))
    return sorted(db.session.scalars(query).all(), key=lambda user: name_sort_key(user.full_name))


def get_account(user_id: int, *, to: User) -> User:
    """Return an account, for its owner and for administrators.

    Raises:
        NotFound: there is none, or the person may not see it.
    """
    user = db.session.get(User, user_id)
    if user is None or (user.id != to.id and not can_administer(to)):
        raise NotFound
    return user


def holding(*roles: Role, unit_id: int | None = None) -> Sequence[User]:
    """Return active people who hold one of the roles today, within a unit if one is given."""
    day = today()
    query = (
        select(User)
        .join(RoleGrant)
        .where(
            RoleGrant.role.in_(roles),
            RoleGrant.valid_from <= day,
            or_(RoleGrant.valid_to.is_(None), RoleGrant.valid_to >= day),
            User.disabled_at.is_(None),
        )
        .distinct()
    )
    if unit_id is not None:
        query = query.where(RoleGrant.unit_id == unit_id)
    return db.session.scalars(query).all()


def sign_ins(user: User) -> Sequence[SignIn]:
    """Return the browsers in which a person is signed in, newest first."""
    query = select(SignIn).where(SignIn.user_id == user.id, SignIn.expires_at > now())
    return db.session.scalars(query.order_by(SignIn.id.desc())).all()


def _require_administrator(user: User) -> None:
    if not can_administer(user):
        raise NotFound
