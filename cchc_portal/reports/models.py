"""Tables: templates that the Office has put in the place of the shipped ones, and its letterhead."""

from typing import Self

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from cchc_portal.accounts.models import User
from cchc_portal.core.db import Model, enum_type
from cchc_portal.core.mixins import Timestamped
from cchc_portal.reports.docx import DocumentKind, LetterHead, Recipients, SignatureBlock
from cchc_portal.storage.models import StoredFile

_FULL = {"UBND": "Ủy ban nhân dân", "HĐND": "Hội đồng nhân dân"}
_TYPES_OF_PLACE = ("phường", "xã", "thị trấn", "đặc khu", "thị xã", "quận", "huyện", "thành phố", "tỉnh")


class DocumentTemplate(Timestamped, Model):
    """What documents of a kind are set in from a moment on; rows are never changed, the last one counts."""

    __tablename__ = "document_template"
    __table_args__ = (
        CheckConstraint("(file_id IS NULL) = (file_name = '')", name="named"),
        Index("ix_document_template_kind_id", "kind", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[DocumentKind] = mapped_column(enum_type(DocumentKind, name="kind"))
    file_id: Mapped[int | None] = mapped_column(ForeignKey("stored_file.id"))  # none: the shipped one again
    file_name: Mapped[str] = mapped_column(String(200), default="")
    chosen_by_id: Mapped[int] = mapped_column(ForeignKey("user.id"))

    file: Mapped[StoredFile | None] = relationship()
    chosen_by: Mapped[User] = relationship()

    @property
    def is_shipped(self) -> bool:
        """True if the Office has gone back to the template that comes with the portal."""
        return self.file_id is None


class OfficeLetterhead(Timestamped, Model):
    """Who issues documents and who signs them unless a document says otherwise; one row at most."""

    __tablename__ = "office_letterhead"
    __table_args__ = (CheckConstraint("id = 1", name="single"),)

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False, default=1)
    issuer: Mapped[str] = mapped_column(Text)  # a line each, as are the next two and the recipients
    superior: Mapped[str] = mapped_column(Text, default="")
    signature: Mapped[str] = mapped_column(Text)
    short_name: Mapped[str] = mapped_column(String(200))
    place: Mapped[str] = mapped_column(String(100))
    symbol: Mapped[str] = mapped_column(String(30))
    signer_name: Mapped[str] = mapped_column(String(60), default="")
    recipients: Mapped[str] = mapped_column(Text, default="")
    filed: Mapped[str] = mapped_column(String(60), default="")

    @classmethod
    def of_office(cls, name: str) -> Self:
        """Return what follows from the name of the office, "UBND phường Bắc Hồng" say."""
        short, _blank, rest = name.partition(" ")
        is_known = short in _FULL and bool(rest)
        kinds = (kind for kind in _TYPES_OF_PLACE if rest.lower().startswith(f"{kind} "))
        return cls(
            issuer=f"{_FULL[short]}\n{rest}" if is_known else name,
            superior="",
            signature="TL. CHỦ TỊCH\nCÔNG CHỨC VĂN PHÒNG - THỐNG KÊ",
            short_name=name,
            place=rest[len(next(kinds, "")) :].strip() if is_known else name,
            symbol=f"{short}-VP" if is_known else "VP",
            signer_name="",
            recipients=f"Như trên\nLãnh đạo {name}",
            filed="VT, VP",
        )

    @property
    def head(self) -> LetterHead:
        """The head of documents."""
        return LetterHead(_lines(self.issuer), self.short_name, self.place, _lines(self.superior))

    @property
    def signature_block(self) -> SignatureBlock:
        """Who signs; the name is blank unless the Office wants it printed."""
        return SignatureBlock(_lines(self.signature), self.signer_name)

    @property
    def receivers(self) -> Recipients:
        """Who gets documents."""
        return Recipients(_lines(self.recipients), self.filed)


def _lines(text: str) -> tuple[str, ...]:
    return tuple(line.strip() for line in text.split("\n") if line.strip())
