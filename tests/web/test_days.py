"""Fields for days: written the Vietnamese way whatever the language of the browser."""

from datetime import date

import pytest
from flask import Flask, render_template_string
from wtforms.validators import InputRequired, Optional

from cchc_portal.web.forms import DayField, Form

FIELD = '{% from "components/forms.html" import field %}{{ field(form.on) }}'


class Deadline(Form):
    """A day that must be given, one that may."""

    on = DayField("Hạn", [InputRequired()])
    until = DayField("Đến hết ngày", [Optional()], default=lambda: date(2023, 12, 31))


def posted(app: Flask, **data: str) -> Deadline:
    with app.test_request_context("/", method="POST", data=data):
        form = Deadline(meta={"csrf": False})
        form.validate()
        return form


@pytest.mark.parametrize("typed", ["5/3/2023", "05/03/2023", "2023-03-05", "05032023", " 05/03/2023 "])
def test_day_is_read(app: Flask, typed: str) -> None:
    form = posted(app, on=typed)

    assert (form.on.data, form.errors) == (date(2023, 3, 5), {})


@pytest.mark.parametrize("typed", ["03/25/2023", "31/02/2023", "mai", "5/3/23", "' OR 1=1", "9" * 5000])
def test_what_is_no_day_is_said_and_stays_in_the_field(app: Flask, typed: str) -> None:
    form = posted(app, on=typed)

    assert form.on.data is None
    assert form.on.errors == ["Ngày không đúng. Ví dụ đúng: 15/03/2023."]
    assert form.on._value() == typed  # noqa: SLF001  what the field shows


def test_day_that_must_be_given_is_asked_for(app: Flask) -> None:
    assert posted(app, on="").on.errors == ["Vui lòng điền hoặc chọn ở đây."]


def test_day_that_may_be_left_out_is_left_out(app: Flask) -> None:
    form = posted(app, on="5/3/2023", until="")

    assert (form.until.data, form.errors) == (None, {})


def test_day_is_shown_the_vietnamese_way_with_how_to_write_it(app: Flask) -> None:
    with app.test_request_context("/"):
        shown = render_template_string(FIELD, form=Deadline(data={"on": date(2023, 3, 5)}))

    assert 'value="05/03/2023"' in shown
    assert 'type="text"' in shown
    assert 'aria-describedby="on-hint"' in shown
    assert "Ngày/tháng/năm, ví dụ 05/03/2023" in shown
