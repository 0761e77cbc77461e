"""Table: saved views of the follow-up board."""

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from cchc_portal.accounts.models import User
from cchc_portal.core.db import Model
from cchc_portal.core.mixins import Timestamped

LONGEST_NAME = 80
LONGEST_QUERY = 500


class SavedView(Timestamped, Model):
    """A name for the filters of the follow-up board; the address is the truth, this only remembers it."""

    __tablename__ = "saved_view"
    __table_args__ = (UniqueConstraint("owner_id", "name_folded"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    owner_id: Mapped[int] = mapped_column(ForeignKey("user.id", ondelete="CASCADE"))
    name: Mapped[str] = mapped_column(String(LONGEST_NAME))
    name_folded: Mapped[str] = mapped_column(String(2 * LONGEST_NAME))
    filters: Mapped[str] = mapped_column(String(LONGEST_QUERY), default="")  # of the address, without "?"
    is_shared: Mapped[bool] = mapped_column(default=False, index=True)  # with the whole office

    owner: Mapped[User] = relationship()
