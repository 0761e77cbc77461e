import unicodedata
from collections.abc import Callable
from datetime import date

import pytest
from flask import Flask
from sqlalchemy.exc import IntegrityError

from cchc_portal.accounts.models import Role, User
from cchc_portal.core.clock import now
from cchc_portal.core.db import db
from cchc_portal.core.errors import NotFound
from cchc_portal.directives import queries
from cchc_portal.directives.models import Direction, Directive, State
from tests.factories.accounts import make_user
from tests.factories.directives import make_directive


@pytest.fixture
def letters(app: Flask) -> dict[str, Directive]:
    """Give three letters of different bodies, days and books."""
    return {
        "town": make_directive(
            number="124",
            symbol="UBND-NV",
            issuer="ỦY BAN NHÂN DÂN THỊ XÃ HỒNG LĨNH",
            subject="khắc phục tồn tại, hạn chế",
            text="Đôn đốc các phường rà soát thủ tục hành chính.",
            day=2,
            month=2,
            year=2023,
            arrival_on=date(2023, 2, 3),
            arrival_number=57,
        ),
        "party": make_directive(
            kind="Nghị quyết",
            number="01",
            symbol="NQ/TU",
            issuer="THỊ ỦY HỒNG LĨNH",
            subject="tăng cường lãnh đạo",
            day=1,
            month=11,
            year=2021,
            arrival_on=date(2023, 2, 3),
            arrival_number=58,
        ),
        "own": make_directive(
            number="1124",
            symbol="UBND-VP",
            issuer="UBND PHƯỜNG BẮC HỒNG",
            direction=Direction.OUTGOING,
            month=3,
            year=2023,
        ),
    }


@pytest.mark.parametrize(
    ("filters", "found"),
    [
        ({}, ["own", "party", "town"]),
        ({"direction": "incoming"}, ["party", "town"]),
        ({"direction": "outgoing"}, ["own"]),
        ({"direction": "sideways"}, ["own", "party", "town"]),
        ({"number": "124/UBND-NV"}, ["town"]),
        ({"number": "124"}, ["town"]),
        ({"number": "ubnd"}, ["own", "town"]),
        ({"number": "1-nq/tu"}, ["party"]),
        ({"number": "24"}, []),
        ({"issuer": "ủy ban nhân dân"}, ["own", "town"]),
        ({"issuer": "UBND thị xã"}, ["town"]),
        ({"issuer": "hong linh"}, ["party", "town"]),
        ({"kind": "Nghị quyết"}, ["party"]),
        ({"kind": "nghị quyết"}, []),
        ({"words": "don doc thu tuc"}, ["town"]),
        ({"words": "Khắc phục"}, ["town"]),
        ({"words": unicodedata.normalize("NFD", "KHẮC PHỤC")}, ["town"]),
        ({"words": "01-nq"}, ["party"]),
        ({"words": "hong"}, ["own", "party", "town"]),
        ({"words": "khong co chu nay"}, []),
        ({"words": "100%_"}, []),
        ({"since": date(2023, 2, 2)}, ["own", "town"]),
        ({"until": date(2023, 2, 2)}, ["party", "town"]),
        ({"since": date(2023, 3, 1), "until": date(2023, 3, 31)}, ["own"]),
        ({"state": "closed"}, []),
        ({"state": "issued", "direction": "outgoing", "words": "bac hong"}, ["own"]),
    ],
)
def test_register_is_narrowed_down(
    letters: dict[str, Directive], filters: dict[str, object], found: list[str]
) -> None:
    rows = _page(make_user(), **filters)

    assert [name for row in rows for name, letter in letters.items() if letter == row] == found


def test_register_follows_corrections(letters: dict[str, Directive]) -> None:
    letters["town"].subject = "chấn chỉnh kỷ luật"
    letters["town"].day = 9
    db.session.commit()

    assert _page(make_user(), words="chan chinh") == [letters["town"]]
    assert _page(make_user(), words="khac phuc") == []
    assert letters["town"].issued_on == date(2023, 2, 9)


@pytest.mark.parametrize("role", [Role.STAFF, Role.OFFICE, Role.LEADER, Role.ADMIN])
def test_register_holds_neither_drafts_nor_what_is_in_the_bin(app: Flask, role: Role) -> None:
    make_directive(state=State.DRAFT)
    make_directive(deleted_at=now())
    closed = make_directive(state=State.CLOSED)

    assert _page(make_user(role)) == [closed]


def test_pages_of_the_register_hold_every_letter_once(app: Flask) -> None:
    day = date(2023, 2, 3)
    for number in range(300):
        db.session.add(_issued(number, day))
    db.session.commit()
    reader, seen, after = make_user(), [], None

    while True:
        rows = queries.page_of(queries.Filters(), to=reader, after=after, size=20)
        seen += rows[:20]
        if len(rows) <= 20:
            break
        after = queries.place_of(rows[19])

    assert [letter.arrival_number for letter in seen] == list(range(300, 0, -1))


@pytest.mark.parametrize("after", [(0, 0, 0), (-5, 1, 1), (2**40, 1, 1)])
def test_made_up_place_is_not_found(app: Flask, after: tuple[int, int, int]) -> None:
    with pytest.raises(NotFound):
        queries.page_of(queries.Filters(), to=make_user(), after=after, size=20)


def test_page_and_export_ask_the_same_number_of_questions_for_one_and_three_letters(
    office: User, count_queries: Callable[[Callable[[], object]], int]
) -> None:
    def count(read: Callable[[], object]) -> int:
        db.session.commit()
        assert office.has_role(Role.OFFICE)  # loads the person, who is loaded once for each request
        return count_queries(read)

    def page() -> object:
        return [len(letter.items) for letter in _page(office)]

    def export() -> object:
        return list(queries.register_rows(queries.Filters(), to=office))

    make_directive(items=2)
    with_one = (count(page), count(export))
    for _number in range(2):
        make_directive(items=3)

    assert (count(page), count(export)) == with_one == (2, 3)


def test_kinds_are_those_of_the_register(letters: dict[str, Directive]) -> None:
    assert list(queries.kinds(to=make_user())) == ["Công văn", "Nghị quyết"]


@pytest.mark.parametrize("words", ["124/UBND-NV", " 124/ubnd-nv", "0124/UBND–NV"])
def test_letter_is_named_by_its_number(letters: dict[str, Directive], words: str) -> None:
    assert queries.named(words, to=make_user()) == letters["town"]


@pytest.mark.parametrize("words", ["", "124", "UBND-NV", "125/UBND-NV"])
def test_letter_is_not_named_by_half_a_number(letters: dict[str, Directive], words: str) -> None:
    assert queries.named(words, to=make_user()) is None


def test_number_of_two_letters_names_none(letters: dict[str, Directive]) -> None:
    make_directive(number="124", symbol="UBND-NV", issuer="UBND huyện Đức Thọ")

    assert queries.named("124/UBND-NV", to=make_user()) is None


def test_two_letters_of_a_year_never_bear_the_same_arrival_number(letters: dict[str, Directive]) -> None:
    with pytest.raises(IntegrityError):
        make_directive(arrival_on=date(2023, 12, 1), arrival_number=57)


def test_numbers_begin_anew_each_year(letters: dict[str, Directive]) -> None:
    assert make_directive(arrival_on=date(2024, 1, 2), arrival_number=57).arrival_year == 2024


@pytest.mark.parametrize(
    "columns",
    [
        {"direction": Direction.OUTGOING, "arrival_on": date(2023, 1, 2)},
        {"arrival_number": 5},
        {"priority": 4},
    ],
)
def test_database_refuses_what_the_book_does_not_know(app: Flask, columns: dict[str, object]) -> None:
    with pytest.raises(IntegrityError):
        make_directive(**columns)


def _page(reader: User, **filters: object) -> list[Directive]:
    return list(queries.page_of(queries.Filters(**filters), to=reader, after=None, size=20))


def _issued(number: int, day: date) -> Directive:
    return Directive(
        state=State.ISSUED,
        issued_at=now(),
        issued_by=_somebody(),
        kind="Công văn",
        text=f"Nội dung {number}",
        arrival_on=day,
        arrival_number=number + 1,
    )


def _somebody() -> User:
    return db.session.query(User).first() or make_user()
