"""Messages of forms, in the words of the portal."""

import pytest
from flask import Flask
from werkzeug.datastructures import MultiDict
from wtforms import DateField, IntegerField, SelectField, SelectMultipleField, StringField
from wtforms.validators import InputRequired, Length, NumberRange

from cchc_portal.web.forms import Form


class Everything(Form):
    """One field of each kind whose messages people read."""

    name = StringField(validators=[InputRequired(), Length(min=2, max=5)])
    note = StringField(validators=[Length(max=3)])
    on = DateField()
    many = IntegerField(validators=[NumberRange(min=1, max=9)])
    one = SelectField()
    units = SelectMultipleField(coerce=int)

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.one.choices, self.units.choices = [("a", "A")], [(1, "Một")]


def _messages(app: Flask, **typed: object) -> dict[str, list[str]]:
    with app.test_request_context(method="POST"):
        form = Everything(MultiDict(typed), meta={"csrf": False})
        form.validate()
        return {name: [str(message) for message in found] for name, found in form.errors.items() if name}


@pytest.mark.parametrize(
    ("typed", "message"),
    [
        ({"name": ""}, "Vui lòng điền hoặc chọn ở đây."),
        ({"name": "a"}, "Cần từ 2 đến 5 ký tự."),
        ({"note": "abcd"}, "Không dài quá 3 ký tự."),
        ({"on": "31/02"}, "Ngày không đúng. Ví dụ đúng: 15/03/2023."),
        ({"many": "x"}, "Vui lòng nhập một số nguyên."),
        ({"many": "10"}, "Số phải từ 1 đến 9."),
        ({"one": "b"}, "Lựa chọn này không còn; vui lòng chọn lại."),
        ({"units": "2"}, "Lựa chọn này không còn; vui lòng chọn lại."),
        ({"units": "x"}, "Lựa chọn này không còn; vui lòng chọn lại."),
    ],
)
def test_messages_are_vietnamese(app: Flask, typed: dict[str, str], message: str) -> None:
    field = next(iter(typed))

    assert message in _messages(app, **typed)[field]
