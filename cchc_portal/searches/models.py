"""Tables: searches under a name, and who is told when something new matches."""

from datetime import date

from sqlalchemy import JSON, CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from cchc_portal.accounts.models import Unit, User
from cchc_portal.core.db import Model, enum_type
from cchc_portal.core.i18n import N_
from cchc_portal.core.labels import Labelled
from cchc_portal.core.mixins import Timestamped

LONGEST_NAME = 80
LONGEST_QUERY = 2000


class Sharing(Labelled):
    """Who sees a saved search."""

    PRIVATE = "private", N_("Chỉ mình tôi")
    UNIT = "unit", N_("Bộ phận của tôi")
    EVERYBODY = "everybody", N_("Cả cơ quan")


class SavedSearch(Timestamped, Model):
    """A name for the address of a search; the address is the truth, this only remembers it."""

    __tablename__ = "saved_search"
    __table_args__ = (
        UniqueConstraint("owner_id", "name_folded"),
        CheckConstraint("(sharing = 'unit') = (unit_id IS NOT NULL)", name="of_unit"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    owner_id: Mapped[int] = mapped_column(ForeignKey("user.id", ondelete="CASCADE"))
    name: Mapped[str] = mapped_column(String(LONGEST_NAME))
    name_folded: Mapped[str] = mapped_column(String(2 * LONGEST_NAME))
    address: Mapped[str] = mapped_column(String(LONGEST_QUERY))  # its query, without "?"
    sharing: Mapped[Sharing] = mapped_column(enum_type(Sharing, name="sharing"), default=Sharing.PRIVATE)
    unit_id: Mapped[int | None] = mapped_column(ForeignKey("unit.id"), index=True)

    owner: Mapped[User] = relationship()
    unit: Mapped[Unit | None] = relationship()


class SearchAlert(Timestamped, Model):
    """A person wants to be told when something new matches a saved search.

    `known` are the keys of what has matched so far: of those nobody is told again. It is None until
    the index could be asked what was there when the person began to watch.
    """

    __tablename__ = "search_alert"
    __table_args__ = (UniqueConstraint("search_id", "user_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    search_id: Mapped[int] = mapped_column(ForeignKey("saved_search.id", ondelete="CASCADE"))
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id", ondelete="CASCADE"), index=True)
    event_id: Mapped[int] = mapped_column(default=0)  # the index had followed events up to it
    known: Mapped[list[str] | None] = mapped_column(JSON(none_as_null=True))
    waiting: Mapped[int] = mapped_column(default=0)  # new matches that the person was not told of yet
    told_on: Mapped[date | None]

    search: Mapped[SavedSearch] = relationship()
    user: Mapped[User] = relationship()
