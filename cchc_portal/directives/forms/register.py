"""The filters of the register as they stand in the address, and the form that makes it."""

from collections.abc import Mapping
from typing import Any

from flask import request, url_for
from flask_babel import lazy_gettext as _
from wtforms import Form as PlainForm
from wtforms import SelectField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import Length, Optional

from cchc_portal.core.text import clean_line
from cchc_portal.directives.models import State
from cchc_portal.directives.queries import Filters
from cchc_portal.web.forms import DayField

LONGEST = 200
TEXTS = ("direction", "words", "number", "issuer", "kind", "state")
DAYS = ("since", "until")


class FilterForm(PlainForm):  # type: ignore[misc]
    """What to look for in the register; sent by GET, so it needs no token."""

    words = StringField(_("Tìm trong sổ"), [Length(max=LONGEST)])
    number = StringField(_("Số, ký hiệu"), [Length(max=LONGEST)])
    issuer = StringField(_("Cơ quan ban hành"), [Length(max=LONGEST)])
    kind = SelectField(_("Loại văn bản"), validate_choice=False)
    state = SelectField(_("Trạng thái"), validate_choice=False)
    since = DayField(_("Ban hành từ ngày"), [Optional()])
    until = DayField(_("đến ngày"), [Optional()])

    def __init__(self, *, kinds: Any = ()) -> None:
        """Take what the address says.

        Args:
            kinds: kinds of letters there are.
        """
        super().__init__(request.args)
        self.kind.choices = [SelectChoice("", _("Mọi loại")), *map(SelectChoice, kinds)]
        self.state.choices = [
            SelectChoice("", _("Mọi trạng thái")),
            *(SelectChoice(one.value, _(one.label)) for one in (State.ISSUED, State.CLOSED)),
        ]


def filters() -> Filters:
    """Return the filters of the running request; values that cannot exist are passed over."""
    form = FilterForm()
    form.validate()
    typed: dict[str, Any] = {name: clean_line(request.args.get(name, ""))[:LONGEST] for name in TEXTS}
    typed |= {name: None if form[name].errors else form[name].data for name in DAYS}
    return Filters(**typed)


def address(endpoint: str = "directives.index", *, changes: Mapping[str, str] | None = None) -> str:
    """Return an address with the filters of the running request and some of them changed; "" leaves one out.

    Other parameters are left behind: `url_for` would take "endpoint" or "_scheme" for its own.
    """
    known = {name: request.args[name] for name in (*TEXTS, *DAYS) if name in request.args}
    values: dict[str, Any] = {name: value for name, value in (known | dict(changes or {})).items() if value}
    return url_for(endpoint, **values)
