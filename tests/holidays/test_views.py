import unicodedata
from collections.abc import Callable
from datetime import date

import pytest
from flask import Flask
from flask.testing import FlaskClient

from cchc_portal.accounts.models import Role, User
from cchc_portal.core.db import db
from cchc_portal.holidays import queries
from cchc_portal.holidays.models import Kind
from tests.factories.accounts import make_user
from tests.factories.holidays import make_holiday

ClientOf = Callable[[User], FlaskClient]


def test_index_shows_the_days_of_the_year_asked_for(app: Flask, client_of: ClientOf) -> None:
    page = client_of(make_user()).get("/holidays?year=2024").text

    assert page.count("<tr>") == 1 + len(queries.of_year(2024))
    assert "Thứ Hai" in page
    assert "Công văn 2450/VPCP-KGVX ngày 12/4/2024" in page


@pytest.mark.parametrize("year", ["", "2.5", "1999", "²", "9" * 40, "-1"])
def test_index_with_a_year_nobody_has_shows_this_one(app: Flask, client_of: ClientOf, year: str) -> None:
    answer = client_of(make_user()).get("/holidays", query_string={"year": year})

    assert answer.status_code == 200


def test_index_shows_the_form_to_those_who_keep_the_table(app: Flask, client_of: ClientOf) -> None:
    staff, office = (client_of(make_user(role)).get("/holidays").text for role in (Role.STAFF, Role.OFFICE))

    assert ("Thêm vào bảng" in staff, "Thêm vào bảng" in office) == (False, True)


def test_index_marks_what_is_to_be_compared(app: Flask, client_of: ClientOf) -> None:
    browser = client_of(make_user(Role.OFFICE))

    old, new = (browser.get(f"/holidays?year={year}").text for year in (2023, 2025))

    assert (old.count("Cần đối chiếu"), new.count("Cần đối chiếu") > 1) == (0, True)


def test_add_writes_composed_letters_and_goes_to_the_year(app: Flask, client_of: ClientOf) -> None:
    typed = unicodedata.normalize("NFD", "Nghỉ bão số 3")

    answer = client_of(make_user(Role.OFFICE)).post(
        "/holidays", data={"first": "2040-01-30", "last": "2040-01-31", "kind": "off", "name": typed}
    )

    assert (answer.status_code, answer.location) == (303, "/holidays?year=2040")
    assert [(one.day_on, one.name) for one in queries.of_year(2040)] == [
        (date(2040, 1, 30), "Nghỉ bão số 3"),
        (date(2040, 1, 31), "Nghỉ bão số 3"),
    ]


@pytest.mark.parametrize(
    ("data", "message"),
    [
        ({}, "Vui lòng điền hoặc chọn ở đây."),
        ({"first": "31/02/2040", "name": "Tết", "kind": "off"}, "Ngày không đúng"),
        ({"first": "2040-01-30", "name": "Tết", "kind": "khac"}, "vui lòng chọn lại"),
        ({"first": "2040-01-30", "name": "T" * 121, "kind": "off"}, "120"),
        ({"first": "2040-01-30", "last": "2040-01-01", "name": "Tết", "kind": "off"}, "Ngày cuối"),
    ],
)
def test_add_of_what_cannot_be_says_why(
    app: Flask, client_of: ClientOf, data: dict[str, str], message: str
) -> None:
    answer = client_of(make_user(Role.OFFICE)).post("/holidays", data=data)

    assert answer.status_code == 422
    assert message in answer.text
    assert queries.of_year(2040) == []


def test_correct_saves_and_goes_to_the_year(app: Flask, client_of: ClientOf) -> None:
    holiday = make_holiday(date(2040, 1, 30), is_checked=False)
    browser = client_of(make_user(Role.LEADER))

    shown = browser.get(f"/holidays/{holiday.id}").text
    answer = browser.post(
        f"/holidays/{holiday.id}", data={"first": "2041-01-05", "kind": "worked", "name": "Làm bù"}
    )
    db.session.refresh(holiday)

    assert 'value="30/01/2040"' in shown
    assert answer.location == "/holidays?year=2041"
    assert (holiday.day_on, holiday.kind, holiday.is_checked) == (date(2041, 1, 5), Kind.WORKED, True)


def test_correct_of_what_cannot_be_says_why(app: Flask, client_of: ClientOf) -> None:
    holiday = make_holiday(date(2040, 1, 30))

    answer = client_of(make_user(Role.OFFICE)).post(
        f"/holidays/{holiday.id}", data={"first": "2040-01-31", "kind": "worked", "name": "Làm bù"}
    )

    assert (answer.status_code, "thứ Bảy hoặc Chủ nhật" in answer.text) == (422, True)


@pytest.mark.parametrize("method", ["DELETE", "POST"])
def test_remove_takes_the_day_out(app: Flask, client_of: ClientOf, method: str) -> None:
    holiday = make_holiday(date(2040, 1, 30))

    answer = client_of(make_user(Role.OFFICE)).open(f"/holidays/{holiday.id}/entry", method=method)

    assert (answer.status_code, queries.of_year(2040)) == (303, [])
