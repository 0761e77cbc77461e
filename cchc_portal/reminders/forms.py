"""Forms of reminders."""

from typing import Any

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from wtforms import BooleanField, IntegerField, SelectField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length, Optional

from cchc_portal.accounts.queries import units
from cchc_portal.reminders.models import Audience, Channel, MailChoice, State, Timing
from cchc_portal.web.forms import DayField, Form


class AnswerForm(Form):
    """A short answer to a reminder."""

    promised_on = DayField(_("Xong trước ngày"), [Optional()])
    words = TextAreaField(_("Trả lời"), [Length(max=300)])


class UrgingForm(Form):
    """What is added when a unit is urged."""

    words = TextAreaField(_("Lời nhắn thêm"), [Length(max=300)])
    again = BooleanField(_("Đôn đốc lần nữa trong ngày hôm nay"))


class RuleForm(Form):
    """A line of the schedule."""

    timing = SelectField(_("Khi nào"), coerce=Timing)
    days = IntegerField(_("Số ngày"), [InputRequired()])
    every = IntegerField(_("Lặp lại sau mỗi (ngày làm việc)"), [Optional()])
    audience = SelectField(_("Nhắc ai"), coerce=Audience)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.timing.choices = [(one.value, gettext(one.label)) for one in Timing]
        self.audience.choices = [(one.value, gettext(one.label)) for one in Audience]


class ChoicesForm(Form):
    """What a person wants by mail.

    Args:
        choice: as it is now.
    """

    wants_digest = BooleanField(_("Bản tổng hợp nhắc việc, 7 giờ sáng ngày làm việc khi có việc đến hạn"))
    wants_each = BooleanField(_("Thư ngay cho từng thông báo của tôi trên cổng"))

    def __init__(self, choice: MailChoice, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, obj=choice, **kwargs)


class LogForm(Form):
    """What is looked for in the log."""

    class Meta(Form.Meta):
        """It changes nothing, so it needs no token."""

        csrf = False

    unit = SelectField(_("Bộ phận"))
    channel = SelectField(_("Hình thức"))
    state = SelectField(_("Tình trạng"))
    answered = SelectField(_("Trả lời"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        everything = SelectChoice("", gettext("Tất cả"))
        self.unit.choices = [everything, *((str(unit.id), unit.name) for unit in units())]
        self.channel.choices = [everything, *((one.value, gettext(one.label)) for one in Channel)]
        self.state.choices = [everything, *((one.value, gettext(one.label)) for one in State)]
        self.answered.choices = [everything, ("1", gettext("Đã trả lời")), ("0", gettext("Chưa trả lời"))]
