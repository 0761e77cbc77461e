"""The form of a saved search: its name and who sees it."""

from typing import Any

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from wtforms import HiddenField, SelectField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length

from cchc_portal.accounts.models import User
from cchc_portal.searches.models import LONGEST_NAME, LONGEST_QUERY, Sharing
from cchc_portal.searches.rules import can_share
from cchc_portal.web.forms import Form


class SearchForm(Form):
    """The name of a search, and who sees it."""

    name = StringField(_("Tên tìm kiếm"), [InputRequired(), Length(max=LONGEST_NAME)])
    sharing = SelectField(_("Ai thấy"))
    query = HiddenField(validators=[Length(max=4 * LONGEST_QUERY)])

    def __init__(self, user: User, **values: Any) -> None:
        """Offer what the person may choose."""
        super().__init__(**values)
        offered = [sharing for sharing in Sharing if can_share(user, sharing)]
        self.sharing.choices = [SelectChoice(one.value, gettext(one.label)) for one in offered]
