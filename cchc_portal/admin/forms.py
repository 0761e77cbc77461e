"""Forms of the administration."""

from typing import Any

from flask import request
from flask_babel import gettext
from flask_babel import lazy_gettext as _
from flask_wtf.file import FileRequired
from wtforms import (
    BooleanField,
    FileField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length, Optional, Regexp
from wtforms.widgets import CheckboxInput, ListWidget

from cchc_portal.accounts import queries
from cchc_portal.accounts.models import Role, Unit, User
from cchc_portal.accounts.queries import AccountState
from cchc_portal.core.clock import today
from cchc_portal.core.numbers import whole
from cchc_portal.core.text import clean_line
from cchc_portal.web.forms import DayField, Form


class UnitField(SelectField):  # type: ignore[misc]
    """Choice of a unit that exists today; none is a choice too."""

    def __init__(self, label: Any = None, validators: Any = None, **kwargs: Any) -> None:
        """Take ids as numbers, nothing as None."""
        super().__init__(label, validators, coerce=whole, **kwargs)
        self.units: dict[int, Unit] = {}

    def offer(self, *, none: str, but: Unit | None = None, also: Unit | None = None) -> None:
        """Fill in the choices.

        Args:
            none: wording of no unit.
            but: a unit not to be offered.
            also: a unit to be offered even if it is closed.
        """
        units = [*([also] if also else []), *queries.units()]
        self.units = {unit.id: unit for unit in units if unit is not but}
        self.choices = [
            SelectChoice("", none),
            *(SelectChoice(unit.id, unit.name) for unit in self.units.values()),
        ]

    def process_data(self, value: Any) -> None:
        """Take a unit by its id."""
        super().process_data(value.id if isinstance(value, Unit) else value)

    @property
    def unit(self) -> Unit | None:
        """The chosen unit."""
        return self.units.get(self.data)


class RolesField(SelectMultipleField):  # type: ignore[misc]
    """Choice of roles, as check boxes."""

    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()


class FilterForm(Form):
    """What narrows the list of accounts down; it changes nothing and so needs no token."""

    class Meta(Form.Meta):
        """Part of the address."""

        csrf = False

    q = StringField(_("Tên hoặc tên đăng nhập"), [Optional(), Length(max=120)])
    unit = UnitField(_("Bộ phận"), validate_choice=False)
    role = SelectField(_("Vai trò"), validate_choice=False)
    state = SelectField(_("Trạng thái"), validate_choice=False)

    def __init__(self) -> None:
        """Read the address."""
        super().__init__(formdata=request.args)
        self.unit.offer(none=gettext("Mọi bộ phận"))
        self.role.choices = [SelectChoice("", gettext("Mọi vai trò")), *_roles()]
        self.state.choices = [
            SelectChoice("", gettext("Tất cả")),
            *(SelectChoice(state.value, gettext(state.label)) for state in AccountState),
        ]

    def chosen(self) -> dict[str, Any]:
        """Return the conditions as `queries.accounts` takes them."""
        return {
            "q": (self.q.data or "")[:120],
            "unit_id": self.unit.data,
            "role": Role(self.role.data) if self.role.data in set(Role) else None,
            "state": AccountState(self.state.data) if self.state.data in set(AccountState) else None,
        }


class PersonForm(Form):
    """A person's data."""

    full_name = StringField(_("Họ và tên"), [InputRequired(), Length(max=120)])
    job_title = StringField(_("Chức danh"), [Length(max=120)])
    email = StringField(_("Thư điện tử"), [Length(max=200)])
    unit = UnitField(_("Bộ phận"))

    def __init__(self, *, user: User | None = None, **kwargs: Any) -> None:
        """Fill in a person's data; a unit that was closed meanwhile stays until another is chosen."""
        super().__init__(obj=user, **kwargs)
        self.unit.offer(none=gettext("Chưa thuộc bộ phận nào"), also=user.unit if user else None)

    def values(self) -> dict[str, Any]:
        """Return the columns as the operations take them."""
        names = ("full_name", "job_title", "email")
        return {name: self[name].data or "" for name in names} | {"unit": self.unit.unit}


class AccountForm(PersonForm):
    """A new account."""

    username = StringField(_("Tên đăng nhập"), [InputRequired(), Length(max=60)])
    roles = RolesField(_("Vai trò"), [InputRequired(_("Hãy chọn ít nhất một vai trò."))])

    def __init__(self, **kwargs: Any) -> None:
        """Offer the roles."""
        super().__init__(**kwargs)
        self.roles.choices = _roles()


class GrantForm(Form):
    """A role for a period."""

    role = SelectField(_("Vai trò"))
    unit = UnitField(_("Bộ phận"))
    since = DayField(_("Từ ngày"), [Optional()], default=today)
    until = DayField(_("Đến hết ngày"), [Optional()])

    def __init__(self, **kwargs: Any) -> None:
        """Offer roles and units."""
        super().__init__(**kwargs)
        self.role.choices = _roles()
        self.unit.offer(none=gettext("Bộ phận của người này"))


class SheetForm(Form):
    """Upload of a sheet of accounts."""

    sheet = FileField(_("Bảng tài khoản (XLSX hoặc CSV)"), [FileRequired(_("Hãy chọn một tệp."))])


class UnitForm(Form):
    """A unit's data."""

    name = StringField(_("Tên đầy đủ"), [InputRequired(), Length(max=200)])
    short_name = StringField(_("Tên viết tắt"), [Length(max=40)])
    aliases = TextAreaField(_("Tên gọi khác"), [Length(max=1000)])
    parent = UnitField(_("Trực thuộc"))
    takes_part = BooleanField(_("Nhận nhiệm vụ trong công văn và áp dụng mô hình"), default=True)

    def __init__(self, *, unit: Unit | None = None, **kwargs: Any) -> None:
        """Fill in a unit's data; a unit is not offered as its own parent."""
        super().__init__(data=_known(unit) if unit else {}, **kwargs)
        self.parent.offer(none=gettext("Không trực thuộc"), but=unit, also=unit.parent if unit else None)

    def values(self) -> dict[str, Any]:
        """Return the columns as the operations take them."""
        return {
            "name": self.name.data,
            "short_name": self.short_name.data or "",
            "aliases": lines(self.aliases.data),
            "parent": self.parent.unit,
            "takes_part": self.takes_part.data,
        }


class NewUnitForm(UnitForm):
    """A new unit."""

    code = StringField(
        _("Mã"),
        [
            InputRequired(),
            Length(max=20),
            Regexp(r"[A-Za-z0-9.-]+\Z", message=_("Mã chỉ gồm chữ không dấu, số, dấu chấm và gạch.")),
        ],
    )
    valid_from = DayField(_("Hoạt động từ ngày"), [InputRequired()], default=today)
    functions = TextAreaField(_("Mảng việc, mỗi dòng một mảng"), [Length(max=2000)])

    def values(self) -> dict[str, Any]:
        """Return the columns as the operations take them."""
        added = {"valid_from": self.valid_from.data, "functions": lines(self.functions.data)}
        return super().values() | added


class CloseForm(Form):
    """The last day of a unit and who does its work afterwards."""

    on = DayField(_("Ngày cuối cùng hoạt động"), [InputRequired()], default=today)
    successor = UnitField(_("Bộ phận kế thừa"))

    def __init__(self, *, unit: Unit, **kwargs: Any) -> None:
        """Offer the other units."""
        super().__init__(**kwargs)
        self.successor.offer(none=gettext("Không có"), but=unit)


class FunctionForm(Form):
    """A line of work inside a unit."""

    name = StringField(_("Mảng việc"), [InputRequired(), Length(max=200)])
    aliases = TextAreaField(_("Tên gọi khác, mỗi dòng một tên"), [Length(max=1000)])


class EndForm(Form):
    """The last day of something."""

    on = DayField(_("Ngày cuối cùng"), [InputRequired()], default=today)


def lines(text: str | None) -> list[str]:
    """Return the lines of a text that hold something, each once."""
    return list(dict.fromkeys(line for line in map(clean_line, (text or "").split("\n")) if line))


def _known(unit: Unit) -> dict[str, Any]:
    """Return a unit's data as the fields take them, other names one a line."""
    columns = {name: getattr(unit, name) for name in ("name", "short_name", "parent", "takes_part")}
    return {**columns, "aliases": "\n".join(unit.aliases)}


def _roles() -> list[SelectChoice]:
    return [SelectChoice(role.value, gettext(role.label)) for role in Role]
