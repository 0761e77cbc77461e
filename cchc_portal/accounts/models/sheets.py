"""Table of uploaded sheets of accounts between their dry run and their import."""

from datetime import datetime

from sqlalchemy import JSON, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from cchc_portal.accounts.models.users import User
from cchc_portal.core.db import Model, UtcDateTime
from cchc_portal.core.mixins import Timestamped


class AccountSheet(Timestamped, Model):
    """The rows of a sheet that somebody looked at and may import once."""

    __tablename__ = "account_sheet"

    id: Mapped[int] = mapped_column(primary_key=True)
    file_name: Mapped[str] = mapped_column(String(200))
    rows: Mapped[list[dict[str, object]]] = mapped_column(JSON)  # as `accounts.sheets.Row` gives them
    created_by_id: Mapped[int] = mapped_column(ForeignKey("user.id", ondelete="CASCADE"))
    imported_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    created_by: Mapped[User] = relationship()
