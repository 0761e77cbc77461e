"""Forms of holidays."""

from datetime import date
from typing import Any

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from wtforms import SelectField, StringField
from wtforms.validators import InputRequired, Length, Optional

from cchc_portal.holidays.models import Kind
from cchc_portal.web.forms import DayField, Form


class DayForm(Form):
    """One day."""

    first = DayField(_("Ngày"), [InputRequired()])
    kind = SelectField(_("Loại"), coerce=Kind)
    name = StringField(_("Tên"), [InputRequired(), Length(max=120)])
    source = StringField(_("Căn cứ"), [Length(max=300)])

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.kind.choices = [(kind.value, gettext(kind.label)) for kind in Kind]

    def values(self) -> dict[str, Any]:
        """Return what was typed, but for the days."""
        return {"kind": self.kind.data, "name": self.name.data, "source": self.source.data or ""}


class BreakForm(DayForm):
    """Several days at once."""

    last = DayField(_("Đến hết ngày"), [Optional()])

    @property
    def days(self) -> tuple[date, date | None]:
        """The first and the last day."""
        return self.first.data, self.last.data
