"""Switches of the kinds of notifications."""

from typing import Any

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from wtforms import SelectMultipleField
from wtforms.widgets import CheckboxInput, ListWidget

from cchc_portal.accounts.models import User
from cchc_portal.notifications.queries import kinds_for, muted_by
from cchc_portal.web.forms import Form


class SwitchesForm(Form):
    """Which kinds a person wants.

    Args:
        user: whose switches.
    """

    kinds = SelectMultipleField(
        _("Báo cho tôi khi"), widget=ListWidget(prefix_label=False), option_widget=CheckboxInput()
    )

    def __init__(self, user: User, *args: Any, **kwargs: Any) -> None:
        kinds, muted = kinds_for(user), muted_by(user)
        wanted = [kind.name for kind in kinds if kind.name not in muted]
        super().__init__(*args, data={"kinds": wanted}, **kwargs)
        self.kinds.choices = [(kind.name, gettext(kind.label)) for kind in kinds]
