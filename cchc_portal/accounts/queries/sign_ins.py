"""Reading sign-ins and tries to sign in."""

from collections.abc import Sequence
from datetime import timedelta
from hashlib import sha256

from sqlalchemy import bindparam, func, or_, select
from sqlalchemy.orm import joinedload

from cchc_portal.accounts.models import SignIn, SignInTry, User
from cchc_portal.core.clock import now
from cchc_portal.core.db import UtcDateTime, db
from cchc_portal.core.errors import NotFound

# Asked by every request, so put together once.
_SIGNED_IN = (
    select(User)
    .join(SignIn, SignIn.user_id == User.id)
    .where(
        SignIn.token_hash == bindparam("token_hash"),
        SignIn.expires_at > bindparam("now", type_=UtcDateTime),
        User.disabled_at.is_(None),
    )
    .options(joinedload(User.unit), joinedload(User.grants))
)


def token_hash(token: str) -> str:
    """Return what is stored of a sign-in's token."""
    return sha256(token.encode()).hexdigest()


def signed_in(token: str) -> User | None:
    """Return the person behind a sign-in that still holds, with unit and roles, in one query."""
    found = db.session.scalars(_SIGNED_IN, {"token_hash": token_hash(token), "now": now()})
    user = found.unique().one_or_none()
    if user is not None:
        user.session_token = token
    return user


def tries(*, username: str, address: str, minutes: int) -> tuple[int, int]:
    """Return the number of tries to sign in of the last minutes.

    For the account those whose password is being checked count as well; from the address only
    those that have failed, for a whole office may stand behind one address and arrive at eight.
    """
    recent = SignInTry.at > now() - timedelta(minutes=minutes)
    counts = db.session.execute(
        select(
            func.count().filter(SignInTry.username == username),
            func.count().filter(SignInTry.address == address, SignInTry.has_failed),
        ).where(recent, or_(SignInTry.username == username, SignInTry.address == address)),
    ).one()
    return counts[0], counts[1]


def sign_ins(user: User) -> Sequence[SignIn]:
    """Return the browsers in which a person is signed in, newest first."""
    query = select(SignIn).where(SignIn.user_id == user.id, SignIn.expires_at > now())
    return db.session.scalars(query.order_by(SignIn.id.desc())).all()


def get_sign_in(sign_in_id: int, *, to: User) -> SignIn:
    """Return a sign-in of the person's own.

    Raises:
        NotFound: there is none, or it is somebody else's.
    """
    found = db.session.get(SignIn, sign_in_id)
    if found is None or found.user_id != to.id:
        raise NotFound
    return found
