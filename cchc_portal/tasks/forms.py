"""Forms of tasks: they shape what was typed; what is missing or too late, operations say."""

from collections.abc import Collection
from typing import Any

from flask import request
from flask_babel import gettext
from flask_babel import lazy_gettext as _
from wtforms import BooleanField, MultipleFileField, SelectField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length, Optional

from cchc_portal.accounts import queries as accounts
from cchc_portal.accounts.models import Unit, User
from cchc_portal.core.numbers import whole
from cchc_portal.directives.models import Part
from cchc_portal.tasks import queries
from cchc_portal.tasks.models import State, Task
from cchc_portal.web.forms import DayField, Form

LONGEST_TEXT, LONGEST_REASON = 4000, 2000
NOBODY = _("— chưa giao cho ai —")


class WithFiles(Form):
    """A form that takes evidence; files that arrived stay with it when something else is refused."""

    files = MultipleFileField(_("Tệp minh chứng"), id="evidence")

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.kept: list[tuple[str, str]] = []  # word by which a file is known again, its name


class NoteForm(WithFiles):
    """How far the work is."""

    text = TextAreaField(_("Đã làm được gì, đang vướng gì"), [Length(max=LONGEST_TEXT)])
    percent = StringField(_("Tiến độ (%)"))

    @property
    def percentage(self) -> int | None:
        """What was typed as a number: None for nothing, -1 for what is none."""
        typed = (self.percent.data or "").removesuffix("%").strip()
        if not typed:
            return None
        number = whole(typed)
        return -1 if number is None else number


class ReportForm(WithFiles):
    """The result."""

    text = TextAreaField(_("Kết quả thực hiện"), [InputRequired(), Length(max=LONGEST_TEXT)])
    answer_code = StringField(_("Số công văn, báo cáo trả lời (nếu có)"), [Length(max=60)])


class CheckForm(Form):
    """What was looked at; may stay empty."""

    text = TextAreaField(_("Nhận xét"), [Length(max=LONGEST_TEXT)])


class ReturnForm(Form):
    """What is still to be done."""

    reason = TextAreaField(_("Nội dung cần làm tiếp"), [InputRequired(), Length(max=LONGEST_TEXT)])


class CancellationForm(Form):
    """Why it need not be done."""

    reason = TextAreaField(_("Lý do hủy"), [InputRequired(), Length(max=LONGEST_TEXT)])
    ends_series = BooleanField(_("Dừng luôn các kỳ sau của bộ phận này"))

    def about(self, task: Task) -> None:
        """Ask about further periods only where the duty returns."""
        if task.recurrence is None:
            del self.ends_series

    @property
    def ends(self) -> bool:
        """Whether no further tasks are to follow."""
        return "ends_series" in self and bool(self.ends_series.data)


class ExtensionForm(Form):
    """Until when, and why."""

    until = DayField(_("Xin gia hạn đến hết ngày"), [InputRequired()])
    reason = TextAreaField(_("Lý do"), [InputRequired(), Length(max=LONGEST_REASON)])


class DecisionForm(Form):
    """A word to whoever asked for more time."""

    answer = TextAreaField(_("Ý kiến trả lời"), [Length(max=LONGEST_REASON)])


class DeadlineForm(Form):
    """The last day, of the Office's own making."""

    due_on = DayField(_("Hạn nội bộ (ngày cuối cùng)"), [Optional()])


class PersonForm(Form):
    """Who of the unit does it."""

    person = SelectField(_("Người thực hiện"), coerce=whole)

    def about(self, task: Task) -> None:
        """Offer the people of the unit."""
        self._people = {user.id: user for user in queries.people_of(task)}
        named = [(user.id, user.full_name) for user in self._people.values()]
        self.person.choices = [("", NOBODY), *named]

    @property
    def chosen(self) -> User | None:
        """Who was chosen; None for nobody."""
        return self._people.get(self.person.data)


class DetailsForm(Form):
    """What is kept beside the work."""

    answer_code = StringField(_("Số công văn, báo cáo trả lời"), [Length(max=60)])
    is_backlog = BooleanField(_("Việc tồn đọng từ trước"))
    serves_citizens = BooleanField(_("Liên quan trực tiếp đến người dân, doanh nghiệp"))
    remark = StringField(_("Ghi chú trong sổ theo dõi"), [Length(max=500)])


class AssignmentForm(Form):
    """Giving an item to a further unit."""

    unit = SelectField(_("Bộ phận"), [InputRequired()], coerce=whole)
    part = SelectField(_("Vai trò"), default=Part.LEAD.value)
    person = SelectField(_("Người thực hiện (nếu đã rõ)"), coerce=whole)
    due_on = DayField(_("Hạn nội bộ (nếu có)"), [Optional()])
    deliverable = StringField(_("Sản phẩm (nếu có)"), [Length(max=500)])

    def __init__(self, *, given: Collection[int] = (), **kwargs: Any) -> None:
        """Offer the units that answer letters, but for those that have been given the item."""
        super().__init__(**kwargs)
        self._units = {unit.id: unit for unit in accounts.units_taking_part() if unit.id not in given}
        self._people = {user.id: user for user in accounts.people() if user.unit_id in self._units}
        self.unit.choices = [("", gettext("— chọn bộ phận —")), *_names(self._units)]
        self.part.choices = [("lead", gettext("Chủ trì")), ("support", gettext("Phối hợp"))]
        people = [
            (user.id, f"{user.full_name} ({user.unit.short_name or user.unit.name})")
            for user in self._people.values()
            if user.unit
        ]
        self.person.choices = [("", NOBODY), *people]

    @property
    def chosen_unit(self) -> Unit:
        """The unit; the form is valid, so there is one."""
        return self._units[self.unit.data]

    @property
    def values(self) -> dict[str, Any]:
        """Everything else, as the operation takes it."""
        return {
            "part": Part(self.part.data),
            "person": self._people.get(self.person.data),
            "due_on": self.due_on.data,
            "deliverable": self.deliverable.data or "",
        }


class FilterForm(Form):
    """Which tasks of a list; it stands in the address."""

    class Meta(Form.Meta):
        """Nothing is changed, so no token."""

        csrf = False

    unit = SelectField(_("Bộ phận"), coerce=whole, validate_choice=False)
    state = SelectField(_("Trạng thái"), validate_choice=False)
    due = SelectField(_("Hạn"), validate_choice=False)
    backlog = BooleanField(_("Chỉ việc tồn đọng"))

    def __init__(self, **kwargs: Any) -> None:
        """Take what the address says and offer what there is."""
        super().__init__(formdata=request.args, **kwargs)
        units = {unit.id: unit for unit in accounts.units_taking_part()}
        self.unit.choices = [("", gettext("Mọi bộ phận")), *_names(units)]
        self.state.choices = [("", gettext("Chưa kết thúc"))] + [
            (state.value, gettext(state.label)) for state in State
        ]
        self.due.choices = [
            ("", gettext("Mọi hạn")),
            ("overdue", gettext("Quá hạn")),
            ("week", gettext("Trong 7 ngày tới")),
        ]


def _names(units: dict[int, Unit]) -> list[tuple[Any, str]]:
    return [(unit.id, unit.name) for unit in units.values()]
