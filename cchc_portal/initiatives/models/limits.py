"""Table of the time limits that the law sets."""

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from cchc_portal.accounts.models.periods import Lasting, period_check
from cchc_portal.core.db import Model

REQUEST_RECOGNITION = "request_recognition"


class TimeLimit(Lasting, Model):
    """Months within which something has to be done, as a law says for a while."""

    __tablename__ = "time_limit"
    __table_args__ = (period_check(),)

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(40))
    months: Mapped[int]
    source: Mapped[str] = mapped_column(String(200))
