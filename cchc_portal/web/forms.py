"""Mother of all forms: text arrives clean, messages are Vietnamese, domain refusals find their field."""

from collections.abc import Callable, Iterable, Iterator
from typing import Any, TypeVar

from flask import request
from flask_babel import gettext
from flask_wtf import FlaskForm
from wtforms import DateField, Field, FieldList, StringField, TextAreaField
from wtforms.meta import DefaultMeta
from wtforms.widgets import TextInput

from cchc_portal.core.calendar import typed_day
from cchc_portal.core.db import db
from cchc_portal.core.errors import Invalid
from cchc_portal.core.i18n import N_
from cchc_portal.core.numbers import whole
from cchc_portal.core.text import clean, clean_line

_T = TypeVar("_T")


GONE = N_("Lựa chọn này không còn; vui lòng chọn lại.")
TOO_LONG = N_("Không dài quá %(max)d ký tự.")
TOO_SHORT = N_("Cần ít nhất %(min)d ký tự.")
NO_DAY = "Not a valid date value."
WORDS = {
    "This field is required.": N_("Vui lòng điền hoặc chọn ở đây."),
    "Not a valid choice.": GONE,
    "Invalid Choice: could not coerce.": GONE,
    "Invalid choice(s): one or more data inputs could not be coerced.": GONE,
    "'%(value)s' is not a valid choice for this field.": GONE,
    "'%(value)s' are not valid choices for this field.": GONE,
    NO_DAY: N_("Ngày không đúng. Ví dụ đúng: 15/03/2023."),
    "Not a valid integer value.": N_("Vui lòng nhập một số nguyên."),
    "Not a valid decimal value.": N_("Vui lòng nhập một số."),
    "Invalid input.": N_("Nội dung này không hợp lệ."),
    "Invalid email address.": N_("Địa chỉ thư điện tử không đúng."),
    "Field must be equal to %(other_name)s.": N_("Hai lần nhập chưa giống nhau."),
    "Number must be between %(min)s and %(max)s.": N_("Số phải từ %(min)s đến %(max)s."),
    "Number must be at least %(min)s.": N_("Số phải từ %(min)s trở lên."),
    "Number must be at most %(max)s.": N_("Số không được quá %(max)s."),
    "Field cannot be longer than %(max)d character.": TOO_LONG,
    "Field cannot be longer than %(max)d characters.": TOO_LONG,
    "Field must be at least %(min)d character long.": TOO_SHORT,
    "Field must be at least %(min)d characters long.": TOO_SHORT,
    "Field must be between %(min)d and %(max)d characters long.": N_("Cần từ %(min)d đến %(max)d ký tự."),
}


class Translations:
    """WTForms' own messages, which are English, in the words of the portal."""

    def gettext(self, string: str) -> str:
        """Return the message in the person's language."""
        return str(gettext(WORDS.get(string, string)))

    def ngettext(self, singular: str, plural: str, n: int) -> str:
        """Return the message for a number; Vietnamese has one form."""
        return self.gettext(singular if n == 1 else plural)


class Form(FlaskForm):  # type: ignore[misc]
    """A form of the portal."""

    class Meta(FlaskForm.Meta):  # type: ignore[misc]
        """How fields behave everywhere."""

        def bind_field(self, form: Any, unbound_field: Any, options: dict[str, Any]) -> Any:
            """Store typed text in one Unicode form and without invisible characters."""
            kind = unbound_field.field_class
            filters = list(unbound_field.kwargs.get("filters", ()))
            if issubclass(kind, TextAreaField):
                filters.append(_clean_text)
            elif kind is StringField:
                filters.append(_clean_line)
            if filters:
                options = {**options, "filters": filters}
            return DefaultMeta.bind_field(self, form, unbound_field, options)

        def wrap_formdata(self, form: Any, formdata: Any) -> Any:
            """Take what a form posts and nothing else: Flask-WTF would read JSON of any depth as well."""
            return None if request.is_json else super().wrap_formdata(form, formdata)

        def get_translations(self, _form: Any) -> Translations:
            """Speak through the portal's catalogue."""
            return Translations()

    def perform(self, operation: Callable[..., _T], *args: Any, **kwargs: Any) -> _T | None:
        """Validate, then run an operation; return None with messages at the fields if it is refused.

        Args:
            operation: what to do; must not return None when it succeeds.
            args: its arguments.
            kwargs: its arguments.
        """
        if not self.validate():
            return None
        try:
            return operation(*args, **kwargs)
        except Invalid as refused:
            db.session.rollback()
            self.show(refused)
            return None

    def show(self, refused: Invalid) -> None:
        """Put the messages of a domain refusal at their fields, the rest above the form."""
        for name, message in refused.errors.items():
            field: Field | None = self._fields.get(name)
            if field is None:
                self.form_errors.append(gettext(message))
            else:
                field.errors = [*field.errors, gettext(message)]


class DayField(DateField):  # type: ignore[misc]
    """A day written ngày/tháng/năm whatever the language of the browser; its own control shows month/day."""

    widget = TextInput()
    data: Any

    def __init__(self, label: Any = None, validators: Any = None, **kwargs: Any) -> None:
        """Take what `typed_day` takes and write days as the office does."""
        super().__init__(label, validators, format="%d/%m/%Y", **kwargs)

    def process_formdata(self, valuelist: list[str]) -> None:
        """Read the day; what is none stays in the field."""
        typed = " ".join(valuelist).strip()
        self.data = typed_day(typed)
        if typed and self.data is None:
            raise ValueError(self.gettext(NO_DAY))


class Row(Form):
    """A row of a form that can have several; the token stands in the form around it."""

    class Meta(Form.Meta):
        """Without a token of its own."""

        csrf = False


class Rows(FieldList):  # type: ignore[misc]
    """Rows of the same fields, at least one and at most so many; what lies beyond is passed over.

    WTForms alone trips over a field named "authors-²-name" and makes as many rows as are posted.
    """

    def __init__(self, unbound_field: Any, label: Any = None, *, most: int, **kwargs: Any) -> None:
        """Take a field for each row."""
        super().__init__(unbound_field, label, min_entries=1, max_entries=most, **kwargs)

    def add_row(self) -> None:
        """Add an empty row, unless there are as many as there may be."""
        if len(self.entries) < self.max_entries:
            self.append_entry()

    def _extract_indices(self, prefix: str, formdata: Iterable[str]) -> Iterator[int]:
        start = len(prefix) + 1
        for name in formdata:
            if name.startswith(prefix) and (found := whole(name[start:].split("-", 1)[0])) is not None:
                yield found


def intended_method() -> str:
    """Return what a form means: browsers without JavaScript can only POST and say `_method`."""
    if request.method != "POST":
        return request.method
    return request.form.get("_method", "POST").upper()


def _clean_text(value: str | None) -> str | None:
    return clean(value) if value else value


def _clean_line(value: str | None) -> str | None:
    return clean_line(value) if value else value
