"""Table: one row per content, whatever names it came under."""

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from cchc_portal.core.db import Model
from cchc_portal.core.mixins import Timestamped


class StoredFile(Timestamped, Model):
    """Bytes kept under their SHA-256."""

    __tablename__ = "stored_file"

    id: Mapped[int] = mapped_column(primary_key=True)
    sha256: Mapped[str] = mapped_column(String(64), unique=True)
    size: Mapped[int]
    kind: Mapped[str] = mapped_column(String(10))  # docx, pdf, … as found by opening it
