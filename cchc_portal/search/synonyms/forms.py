"""The form of a row of synonyms."""

from flask_babel import lazy_gettext as _
from wtforms import HiddenField, TextAreaField
from wtforms.validators import InputRequired, Length

from cchc_portal.web.forms import Form


class SynonymForm(Form):
    """Ways to say one thing, one a line."""

    seen = HiddenField()
    phrases = TextAreaField(_("Các cách viết"), [InputRequired(), Length(max=1000)])

    @property
    def lines(self) -> list[str]:
        """The ways, as typed."""
        return (self.phrases.data or "").splitlines()
