"""Tables of signed-in browsers and of tries to sign in."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from cchc_portal.accounts.models.users import User
from cchc_portal.core.clock import now
from cchc_portal.core.db import Model, UtcDateTime


class SignIn(Model):
    """A browser that is signed in; deleting the row signs it out."""

    __tablename__ = "sign_in"

    id: Mapped[int] = mapped_column(primary_key=True)
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id", ondelete="CASCADE"), index=True)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)
    expires_at: Mapped[datetime] = mapped_column(UtcDateTime)
    browser: Mapped[str] = mapped_column(String(200), default="")

    user: Mapped[User] = relationship()


class SignInTry(Model):
    """A try to sign in, kept to slow guessing down; one that succeeds takes its account's along."""

    __tablename__ = "sign_in_try"
    __table_args__ = (Index(None, "username", "at"), Index(None, "address", "at"))

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)
    username: Mapped[str] = mapped_column(String(60))
    address: Mapped[str] = mapped_column(String(60))
    has_failed: Mapped[bool] = mapped_column(default=False)  # False also while its password is checked
