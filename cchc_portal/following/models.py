"""Table: followers."""

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from cchc_portal.accounts.models import User
from cchc_portal.core.db import Model
from cchc_portal.core.mixins import Timestamped
from cchc_portal.initiatives.models import Initiative


class Follower(Timestamped, Model):
    """A person who wants to hear what happens to an initiative."""

    __tablename__ = "follower"
    __table_args__ = (UniqueConstraint("user_id", "initiative_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id", ondelete="CASCADE"))
    initiative_id: Mapped[int] = mapped_column(ForeignKey("initiative.id", ondelete="CASCADE"), index=True)

    user: Mapped[User] = relationship()
    initiative: Mapped[Initiative] = relationship()
