"""Forms of the leaders' decision."""

from typing import Any

from flask_babel import lazy_gettext as _
from wtforms import SelectMultipleField, TextAreaField
from wtforms.validators import InputRequired, Length
from wtforms.widgets import CheckboxInput, ListWidget

from cchc_portal.accounts import queries as accounts
from cchc_portal.accounts.models import Unit
from cchc_portal.web.forms import DayField, Form


class SelectionForm(Form):
    """Which units take the model over, until when, and what they should mind."""

    targets = SelectMultipleField(
        _("Bộ phận thực hiện"),
        [InputRequired()],
        coerce=int,
        option_widget=CheckboxInput(),
        widget=ListWidget(prefix_label=False),
    )
    deadline = DayField(_("Hạn thực hiện"), [InputRequired()])
    note = TextAreaField(_("Ghi chú cho bộ phận thực hiện"), [Length(max=2000)])

    def __init__(self, **kwargs: Any) -> None:
        """Offer the units that take part today."""
        super().__init__(**kwargs)
        self._units = {unit.id: unit for unit in accounts.units_taking_part()}
        self.targets.choices = [(unit.id, unit.name) for unit in self._units.values()]

    @property
    def chosen_units(self) -> list[Unit]:
        """The units that were ticked."""
        return [self._units[number] for number in self.targets.data or [] if number in self._units]


class DeclineForm(Form):
    """Why a candidate is not selected."""

    reason = TextAreaField(_("Lý do chưa chọn"), [InputRequired(), Length(max=2000)])
