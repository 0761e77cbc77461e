"""Deadlines in days and words."""

from datetime import date

import pytest

from cchc_portal.core import calendar
from cchc_portal.core.calendar import days_left, last_day, typed_day, words_for


@pytest.fixture(autouse=True)
def tenth_of_march(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(calendar, "today", lambda: date(2023, 3, 10))


def test_last_day_before_a_day_is_the_day_before() -> None:
    assert last_day(date(2023, 3, 15), operator="trước") == date(2023, 3, 14)


@pytest.mark.parametrize("operator", ["", "chậm nhất", "đến hết"])
def test_last_day_by_other_words_is_the_day_itself(operator: str) -> None:
    assert last_day(date(2023, 3, 15), operator=operator) == date(2023, 3, 15)


@pytest.mark.parametrize(
    ("deadline", "operator", "days"),
    [
        (date(2023, 3, 15), "trước", 4),
        (date(2023, 3, 15), "", 5),
        (date(2023, 3, 11), "trước", 0),
        (date(2023, 3, 10), "trước", -1),
        (date(2023, 3, 8), "", -2),
    ],
)
def test_days_left(deadline: date, operator: str, days: int) -> None:
    assert days_left(deadline, operator=operator) == days


@pytest.mark.parametrize(
    ("days", "words"), [(4, "còn 4 ngày"), (1, "còn 1 ngày"), (0, "hôm nay"), (-2, "quá hạn 2 ngày")]
)
def test_words_for(days: int, words: str) -> None:
    assert words_for(days) % {"days": abs(days)} == words


@pytest.mark.parametrize(
    "typed",
    ["05/03/2023", "5/3/2023", " 5 / 3 / 2023 ", "5-3-2023", "05.03.2023", "2023-03-05", "05032023"],
)
def test_typed_day_is_read_as_the_office_writes_it(typed: str) -> None:
    assert typed_day(typed) == date(2023, 3, 5)


@pytest.mark.parametrize(
    "typed",
    ["", " ", "31/02/2023", "03/25/2023", "5/3", "5/3/23", "2023", "hôm nay", "05/03/20233", "0/1/2023"],
)
def test_typed_day_that_is_none(typed: str) -> None:
    assert typed_day(typed) is None


@pytest.mark.parametrize(
    ("words", "is_other"),
    [
        ("trước ngày 15/3/2023", False),
        ("chậm nhất 15-03", False),
        ("từ 01/3 đến 15/3/2023", False),
        ("trong quý I", False),
        ("trước ngày 14/3/2023", True),
        ("trước ngày 15/3/2022", True),
    ],
)
def test_words_name_another_day_than_the_one_that_was_set(words: str, *, is_other: bool) -> None:
    assert calendar.names_another_day(words, date(2023, 3, 15)) is is_other
    assert calendar.names_another_day(words, None) is False
