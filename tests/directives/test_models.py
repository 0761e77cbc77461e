from datetime import date, timedelta

import pytest

from cchc_portal.core.clock import today
from cchc_portal.core.errors import InvalidState
from cchc_portal.directives.models import Directive, Item, State


@pytest.mark.parametrize(
    ("number", "symbol", "code"),
    [
        ("124", "UBND-NV", "124/UBND-NV"),
        ("", "UBND-VP", "…/UBND-VP"),
        ("01", "NQ/TU", "01-NQ/TU"),
        ("61", "2018/NĐ-CP", "61/2018/NĐ-CP"),
        ("", "", ""),
    ],
)
def test_code_is_written_as_others_cite_it(number: str, symbol: str, code: str) -> None:
    assert Directive(number=number, symbol=symbol).code == code


@pytest.mark.parametrize(
    ("day", "month", "year", "words"),
    [
        (None, 3, 2023, "ngày … tháng 3 năm 2023"),
        (2, 2, 2023, "ngày 02 tháng 02 năm 2023"),
        (15, 10, 2023, "ngày 15 tháng 10 năm 2023"),
        (None, None, 2023, "ngày … tháng … năm 2023"),
        (None, None, None, ""),
    ],
)
def test_date_is_written_with_blanks(
    day: int | None, month: int | None, year: int | None, words: str
) -> None:
    assert Directive(day=day, month=month, year=year).date_words == words


@pytest.mark.parametrize(("operator", "left"), [("trước", 3), ("chậm nhất", 4), ("", 4)])
def test_days_left_stop_short_of_an_exclusive_deadline(operator: str, left: int) -> None:
    item = Item(deadline_on=today() + timedelta(days=4), deadline_operator=operator)

    assert item.days_left == left


def test_item_without_a_date_has_no_last_day() -> None:
    assert (Item().last_day, Item().days_left) == (None, None)


def test_past_deadline_is_negative() -> None:
    assert Item(deadline_on=date(2023, 3, 15), deadline_operator="trước").days_left < 0


def test_closed_letter_leads_nowhere() -> None:
    with pytest.raises(InvalidState):
        Directive(state=State.CLOSED).move_to(State.ISSUED)


@pytest.mark.parametrize(("subject", "title"), [("đôn đốc thực hiện", "Đôn đốc thực hiện"), ("", "")])
def test_title_begins_with_a_capital(subject: str, title: str) -> None:
    assert Directive(subject=subject).title == title
