"""What a form does with what was typed and with refusals."""

import unicodedata
from collections.abc import Iterator

import pytest
from flask import Flask
from wtforms import PasswordField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length

from cchc_portal.core.errors import Invalid
from cchc_portal.web.forms import Form, intended_method


class Sample(Form):
    line = StringField("Dòng", [InputRequired(), Length(max=20)])
    text = TextAreaField("Bài")
    secret = PasswordField("Mật")


@pytest.fixture
def post(app: Flask) -> Iterator[object]:
    def make(**data: str) -> Sample:
        context = app.test_request_context("/", method="POST", data=data)
        context.push()
        pushed.append(context)
        return Sample()

    pushed: list[object] = []
    yield make
    for context in reversed(pushed):
        context.pop()  # type: ignore[attr-defined]


def test_typed_text_arrives_composed_and_clean(post: object) -> None:
    form = post(line=unicodedata.normalize("NFD", " Tiếng\u200b  Việt "), text="một\r\n\x00hai\r\n")

    assert (form.line.data, form.text.data) == ("Tiếng Việt", "một\nhai")


def test_passwords_arrive_as_they_were_typed(post: object) -> None:
    assert post(line="x", secret="  hai  trống ").secret.data == "  hai  trống "


def test_form_performs_and_returns_what_the_operation_made(post: object) -> None:
    assert post(line="x").perform(lambda value, *, by: (value, by), 1, by=2) == (1, 2)


def test_invalid_form_performs_nothing(post: object) -> None:
    done: list[int] = []

    assert post(line="").perform(lambda: done.append(1)) is None
    assert done == []


def test_refusal_finds_its_field(post: object) -> None:
    form = post(line="x")

    def refuse() -> None:
        raise Invalid({"line": "Đã có.", "": "Cả bài sai.", "unknown": "Khác."})

    assert form.perform(refuse) is None
    assert form.line.errors == ["Đã có."]
    assert form.form_errors == ["Cả bài sai.", "Khác."]


@pytest.mark.parametrize(
    ("method", "data", "meant"),
    [
        ("POST", {}, "POST"),
        ("POST", {"_method": "delete"}, "DELETE"),
        ("PUT", {"_method": "DELETE"}, "PUT"),
        ("GET", {}, "GET"),
    ],
)
def test_form_may_say_which_method_it_means(
    app: Flask, method: str, data: dict[str, str], meant: str
) -> None:
    with app.test_request_context("/", method=method, data=data):
        assert intended_method() == meant
