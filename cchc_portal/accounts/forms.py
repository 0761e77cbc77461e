"""Forms of signing in and passwords."""

from flask_babel import lazy_gettext as _
from wtforms import PasswordField, SelectField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import EqualTo, InputRequired, Length

from cchc_portal.web.forms import Form
from cchc_portal.web.i18n import LANGUAGES


class SignInForm(Form):
    """Name and password."""

    username = StringField(_("Tên đăng nhập"), [InputRequired(), Length(max=60)])
    password = PasswordField(_("Mật khẩu"), [InputRequired(), Length(max=128)])


class PasswordForm(Form):
    """Change of one's own password."""

    current = PasswordField(_("Mật khẩu hiện tại"), [InputRequired(), Length(max=128)])
    new = PasswordField(_("Mật khẩu mới"), [InputRequired(), Length(max=128)])
    again = PasswordField(
        _("Nhập lại mật khẩu mới"),
        [InputRequired(), EqualTo("new", _("Hai lần nhập mật khẩu mới chưa giống nhau."))],
    )


class LanguageForm(Form):
    """Choice of the language."""

    locale = SelectField(_("Ngôn ngữ"), choices=[SelectChoice(*one) for one in LANGUAGES.items()])
