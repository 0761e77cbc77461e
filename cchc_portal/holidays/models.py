"""Table: the days that differ from an ordinary week."""

from datetime import date

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from cchc_portal.core.db import Model, enum_type
from cchc_portal.core.i18n import N_
from cchc_portal.core.labels import Labelled


class Kind(Labelled):
    """What is different on the day."""

    OFF = "off", N_("Ngày nghỉ")
    WORKED = "worked", N_("Ngày làm bù")


class Holiday(Model):
    """A day on which the office rests although it is no weekend, or works although it is one."""

    __tablename__ = "holiday"

    id: Mapped[int] = mapped_column(primary_key=True)
    day_on: Mapped[date] = mapped_column(unique=True)
    kind: Mapped[Kind] = mapped_column(enum_type(Kind, name="kind"))
    name: Mapped[str] = mapped_column(String(120))
    source: Mapped[str] = mapped_column(String(300), default="")  # law and notice that say so
    is_checked: Mapped[bool] = mapped_column(
        default=True
    )  # False: shipped, nobody held it against the notice
