"""Languages, dates, numbers."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
import time_machine
from flask import Flask, render_template_string

from cchc_portal.web.i18n import chosen_language, clock_time, day, file_size, moment, number

EIGHT = datetime(2023, 3, 6, 1, 5, tzinfo=UTC)  # 08:05 in the office


@pytest.mark.parametrize(
    ("cookie", "language"),
    [("", "vi"), ("cchc_lang=en", "en"), ("cchc_lang=tlh", "vi"), ("cchc_lang=../x", "vi")],
)
def test_language_of_strangers_comes_from_their_cookie(app: Flask, cookie: str, language: str) -> None:
    with app.app_context(), app.test_request_context("/", headers={"Cookie": cookie}):
        assert chosen_language() == language


@pytest.mark.parametrize(
    ("value", "written"),
    [(None, ""), (date(2023, 3, 5), "05/03/2023"), (datetime(2023, 3, 5, 18, 0, tzinfo=UTC), "06/03/2023")],
)
def test_dates_are_written_as_in_the_office(value: date | None, written: str) -> None:
    assert day(value) == written


def test_moments_of_today_are_times() -> None:
    with time_machine.travel(EIGHT, tick=False):
        assert moment(EIGHT) == "08:05"
        assert moment(datetime(2023, 3, 5, 1, 5, tzinfo=UTC)) == "08:05 05/03/2023"
    assert moment(None) == ""
    assert clock_time(EIGHT) == "08:05"


@pytest.mark.parametrize(
    ("value", "digits", "written"),
    [
        (None, None, ""),
        (0, None, "0"),
        (1234567, None, "1.234.567"),
        (Decimal("12.50"), None, "12,5"),
        (Decimal(1000), None, "1.000"),
        (0.1, None, "0,1"),
        (-1234.5, 1, "-1.234,5"),
        (12, 2, "12,00"),
        (Decimal("1E+3"), None, "1.000"),
    ],
)
def test_numbers_have_decimal_commas(value: Decimal | float | None, digits: int | None, written: str) -> None:
    assert number(value, digits) == written


@pytest.mark.parametrize(
    ("size", "written"),
    [(0, "0 B"), (1023, "1023 B"), (1024, "1 KB"), (1024 * 1024, "1,0 MB"), (20 * 1024 * 1024, "20,0 MB")],
)
def test_sizes_of_files(size: int, written: str) -> None:
    assert file_size(size) == written


@pytest.mark.parametrize(
    ("template", "said"),
    [
        ("{{ _('Giảm 50%%') }}", "Giảm 50%"),
        ("{{ _('%(n)s của 100%%', n=2) }}", "2 của 100%"),
        ("{{ _('%(name)s', name='<b>') }}", "&lt;b&gt;"),
        ("{% autoescape false %}{{ _('%(name)s', name='<b>') }}{% endautoescape %}", "<b>"),
    ],
)
def test_messages_of_templates_escape_what_fills_them(app: Flask, template: str, said: str) -> None:
    with app.test_request_context():
        assert render_template_string(template) == said
