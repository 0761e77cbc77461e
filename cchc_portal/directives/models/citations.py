"""Table of the documents that a letter names, and of the letters of the register they are."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship, validates

from cchc_portal.accounts.models import User
from cchc_portal.core.db import Model, UtcDateTime
from cchc_portal.directives.models.keys import code_key
from cchc_portal.directives.models.letters import Directive
from cchc_portal.directives.models.states import Relation


class Citation(Model):
    """Another document that a letter names, or that the Office has put beside it.

    `cited` is the letter of the register it is, as soon as that is there; `key` is what it is
    recognised by. Rows with `added_at` are the Office's, the others stand in the letter itself.
    """

    __tablename__ = "citation"

    id: Mapped[int] = mapped_column(primary_key=True)
    directive_id: Mapped[int] = mapped_column(ForeignKey("directive.id", ondelete="CASCADE"), index=True)
    position: Mapped[int]
    kind: Mapped[str] = mapped_column(String(100), default="")
    number: Mapped[str] = mapped_column(String(60), default="")
    issued_on: Mapped[date | None]
    issuer: Mapped[str] = mapped_column(String(200), default="")
    role: Mapped[str] = mapped_column(String(40), default="")
    key: Mapped[str] = mapped_column(String(80), default="", index=True)
    cited_id: Mapped[int | None] = mapped_column(ForeignKey("directive.id"), index=True)
    is_parted: Mapped[bool] = mapped_column(default=False)  # the Office says it is not that letter
    added_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    added_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))

    directive: Mapped[Directive] = relationship(back_populates="citations", foreign_keys=[directive_id])
    cited: Mapped[Directive | None] = relationship(foreign_keys=[cited_id])
    added_by: Mapped[User | None] = relationship()

    @property
    def relation(self) -> Relation | None:
        """What the cited document is to the letter; None where the letter only names it."""
        return Relation(self.role) if self.role in set(Relation) else None

    @validates("number")
    def _keep_key(self, _name: str, number: str) -> str:
        self.key = code_key(number)[:80]
        return number
