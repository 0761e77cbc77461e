"""Table: votes."""

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from cchc_portal.accounts.models import User
from cchc_portal.core.db import Model
from cchc_portal.core.mixins import Timestamped
from cchc_portal.initiatives.models import Initiative


class Vote(Timestamped, Model):
    """A person's advisory vote for an initiative; taking it back deletes the row."""

    __tablename__ = "vote"
    __table_args__ = (UniqueConstraint("initiative_id", "user_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    initiative_id: Mapped[int] = mapped_column(ForeignKey("initiative.id", ondelete="CASCADE"))
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"), index=True)

    initiative: Mapped[Initiative] = relationship()
    user: Mapped[User] = relationship()
