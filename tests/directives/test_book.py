import io
from collections.abc import Callable
from datetime import date

import pytest
from flask import Flask

from cchc_portal import audit
from cchc_portal.accounts.models import Role, User
from cchc_portal.core.clock import now
from cchc_portal.core.db import db
from cchc_portal.core.errors import Invalid, NotAllowed, NotFound
from cchc_portal.directives import operations, queries
from cchc_portal.directives.entry import FIELDS, metadata
from cchc_portal.directives.models import Assignment, Direction, Directive, Receipt, State
from cchc_portal.directives.operations import attaching
from cchc_portal.storage.operations import open_file, receive
from tests.factories.accounts import make_unit, make_user
from tests.factories.directives import (
    address_to,
    make_citation,
    make_directive,
    make_letter_file,
    make_receipt,
)
from tests.factories.storage import docx_bytes, image_bytes, keep_file, pdf_bytes, xlsx_bytes

OUTGOING = {
    "number": "45",
    "symbol": "UBND-VP",
    "kind": "Công văn",
    "issuer": "UBND phường Bắc Hồng",
    "subject": "phúc đáp Công văn số 124",
    "day": 10,
    "month": 3,
    "year": 2023,
}


# Who takes note of a letter.


def test_issue_addresses_the_units_the_letter_names(draft: Directive, office: User) -> None:
    other, aside = make_unit("DCXD"), make_unit("MTTQ", takes_part=False)
    draft.addressees = ["Các bộ phận chuyên môn thuộc UBND phường"]
    for item in draft.items:
        item.assignments = []

    operations.issue(draft, by=office)
    db.session.commit()

    assert [one.unit for one in queries.receipts(draft)] == sorted(
        [office.unit, other], key=lambda unit: unit.name
    )
    assert aside not in [one.unit for one in queries.receipts(draft)]


@pytest.mark.parametrize(
    ("words", "codes"),
    [
        ({"to_everybody": True}, {"A", "B", "C"}),
        ({"to_all_units": True}, {"A", "B"}),
        ({}, set()),
    ],
)
def test_words_for_many_address_the_units_they_mean(
    app: Flask, words: dict[str, bool], codes: set[str]
) -> None:
    clerk = make_user(Role.OFFICE, unit=make_unit("A"))
    make_unit("B")
    make_unit("C", takes_part=False)
    make_unit("D", valid_to=date(2021, 1, 1))
    letter = make_directive(state=State.DRAFT, addressees=["Ông bà"])
    letter.items[0].assignments = [Assignment(words="các bộ phận", **words)]

    operations.issue(letter, by=clerk)

    assert {one.unit.code for one in queries.receipts(letter)} - {clerk.unit.code} == codes - {"A"}
    assert (clerk.unit.code in {one.unit.code for one in queries.receipts(letter)}) is ("A" in codes)


def test_receipt_counts_once_whoever_clicks_twice(app: Flask) -> None:
    clerk, letter = make_user(), make_directive()
    address_to(letter, clerk.unit)

    first = operations.acknowledge(letter, by=clerk)
    again = operations.acknowledge(letter, by=clerk)
    db.session.commit()

    assert first == again
    assert (first.user, first.unit, first.at <= now()) == (clerk, clerk.unit, True)
    assert db.session.query(Receipt).count() == 1
    assert [(event.name, event.actor_id) for event in audit.of(letter)] == [
        ("directive.acknowledged", clerk.id)
    ]


def test_receipt_of_somebody_not_addressed_is_refused(app: Flask) -> None:
    letter = make_directive()
    address_to(letter, make_unit())

    with pytest.raises(NotAllowed):
        operations.acknowledge(letter, by=make_user(Role.LEADER))


def test_receipts_tell_who_has_and_who_has_not(app: Flask) -> None:
    letter, unit, other = make_directive(), make_unit(name="Địa chính"), make_unit(name="Công an")
    an, binh, cuong = (make_user(unit=unit, full_name=f"Người {name}") for name in ("Bình", "An", "Cường"))
    make_user(unit=unit, full_name="Người Nghỉ", disabled_at=now())
    address_to(letter, unit, other)
    make_receipt(letter, by=cuong)

    found = queries.receipts(letter)

    assert [one.unit for one in found] == [other, unit]
    assert [receipt.user for receipt in found[1].done] == [cuong]
    assert list(found[1].missing) == [binh, an]
    assert (found[0].done, found[0].missing) == ([], [])


def test_who_moves_away_is_not_asked_again(app: Flask) -> None:
    letter, old, new = make_directive(), make_unit(name="A"), make_unit(name="B")
    person = make_user(unit=old)
    address_to(letter, old, new)
    make_receipt(letter, by=person)
    person.unit = new
    db.session.commit()

    first, second = queries.receipts(letter)

    assert [receipt.user for receipt in first.done] == [person]
    assert (list(second.missing), queries.taken(letter, to=person).is_waiting) == ([], False)


def test_letters_to_acknowledge_are_ones_own_and_open(app: Flask) -> None:
    person = make_user()
    older, newer, done, closed, foreign = (
        make_directive(state=State.CLOSED if name == "closed" else State.ISSUED, subject=name)
        for name in ("older", "newer", "done", "closed", "foreign")
    )
    for letter in (older, newer, done, closed):
        address_to(letter, person.unit)
    address_to(foreign, make_unit())
    make_receipt(done, by=person)

    assert list(queries.to_acknowledge(to=person, limit=5)) == [newer, older]
    assert list(queries.to_acknowledge(to=person, limit=1)) == [newer]


def test_taken_counts_people_and_says_what_i_did(app: Flask) -> None:
    letter, unit = make_directive(), make_unit()
    one, other, stranger = make_user(unit=unit), make_user(unit=unit), make_user()
    address_to(letter, unit)
    make_receipt(letter, by=one)

    seen = [queries.taken(letter, to=person) for person in (one, other, stranger)]

    assert [(taken.people, taken.done) for taken in seen] == [(2, 1)] * 3
    assert [taken.is_waiting for taken in seen] == [False, True, False]


def test_receipts_take_the_same_number_of_questions_for_one_and_three_units(
    app: Flask, count_queries: Callable[[Callable[[], object]], int]
) -> None:
    letter = make_directive()

    def count() -> int:
        db.session.commit()
        assert letter.id
        return count_queries(lambda: [one.unit.name for one in queries.receipts(letter)])

    address_to(letter, make_user().unit)
    with_one = count()
    address_to(letter, make_user().unit, make_user().unit)

    assert count() == with_one == 3


# Files.


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("quét.pdf", pdf_bytes("")),
        ("quét.jpg", image_bytes("JPEG")),
        ("quét.png", image_bytes("PNG")),
        ("phụ lục.xlsx", xlsx_bytes()),
        ("phụ lục.docx", docx_bytes("Phụ lục")),
    ],
)
def test_scan_is_kept_as_it_came(office: User, name: str, content: bytes) -> None:
    letter = make_directive()

    file = operations.attach(letter, by=office, received=_received(content, name), name=name)
    db.session.commit()

    assert [(one.name, one.added_by) for one in queries.files(letter)] == [(name, office)]
    with open_file(file.file) as kept:
        assert kept.read() == content
    assert audit.of(letter)[-1].data == {"size": len(content)}


def test_too_many_files_are_refused(office: User) -> None:
    letter = make_directive()
    for number in range(attaching.MOST_FILES):
        make_letter_file(letter, name=f"{number}.pdf")

    with pytest.raises(Invalid) as refusal:
        operations.attach(letter, by=office, received=_received(pdf_bytes("a"), "a.pdf"), name="a.pdf")

    assert refusal.value.errors == {"files": attaching.TOO_MANY}


def test_too_large_files_together_are_refused(office: User) -> None:
    letter = make_directive()
    make_letter_file(letter).file.size = attaching.LARGEST_SUM
    db.session.commit()

    with pytest.raises(Invalid) as refusal:
        operations.attach(letter, by=office, received=_received(pdf_bytes("a"), "a.pdf"), name="a.pdf")

    assert refusal.value.errors == {"files": attaching.TOO_LARGE}


def test_file_of_the_issue_stays_and_a_later_one_can_go(office: User) -> None:
    letter = make_directive(state=State.DRAFT)
    early = make_letter_file(letter)
    operations.issue(letter, by=office)
    db.session.commit()
    late = make_letter_file(letter, name="nham.pdf")

    with pytest.raises(NotAllowed):
        operations.detach(early, by=office)
    operations.detach(late, by=office)
    operations.detach(late, by=office)
    db.session.commit()

    assert list(queries.files(letter)) == [early]
    assert [event.name for event in audit.of(letter)].count("directive.file_detached") == 1
    with pytest.raises(NotFound):
        queries.get_file(letter, late.id)


def test_file_of_another_letter_is_not_found(app: Flask) -> None:
    file = make_letter_file(make_directive())

    with pytest.raises(NotFound):
        queries.get_file(make_directive(), file.id)


def test_closed_letter_takes_no_files(office: User) -> None:
    letter = make_directive(state=State.CLOSED)

    with pytest.raises(NotAllowed):
        operations.attach(letter, by=office, received=_received(pdf_bytes("a"), "a.pdf"), name="a.pdf")


# Letters that go out.


def test_outgoing_letter_is_seen_by_everybody_at_once(office: User) -> None:
    letter = operations.enter_outgoing(OUTGOING, by=office)
    db.session.commit()

    assert (letter.state, letter.direction, letter.code) == (State.ISSUED, Direction.OUTGOING, "45/UBND-VP")
    assert queries.get(letter.id, to=make_user()) == letter
    assert [version.number for version in queries.versions(letter)] == [1]
    assert [event.name for event in audit.of(letter)] == ["directive.entered"]


def test_outgoing_letter_answers_an_incoming_one(office: User) -> None:
    town = make_directive(number="124", symbol="UBND-NV", issuer="UBND thị xã")

    letter = operations.enter_outgoing(OUTGOING, by=office, answers=town)
    db.session.commit()

    assert [(one.relation.value, one.cited) for one in letter.citations] == [("trả lời", town)]
    assert [link.letter for link in queries.followers(town, to=office)] == [letter]


def test_outgoing_letter_is_found_by_the_words_of_its_file(office: User) -> None:
    content = docx_bytes("Kính đề nghị thị xã xem xét hỗ trợ máy tính.")
    letter = operations.enter_outgoing(
        OUTGOING, by=office, received=_received(content, "45.docx"), name="45.docx"
    )
    db.session.commit()

    assert [file.name for file in queries.files(letter)] == ["45.docx"]
    filters = queries.Filters(words="ho tro may tinh")
    assert list(queries.page_of(filters, to=office, after=None, size=20)) == [letter]


def test_scan_without_words_is_kept_all_the_same(office: User) -> None:
    scan = _received(pdf_bytes(""), "45.pdf")

    letter = operations.enter_outgoing(OUTGOING, by=office, received=scan, name="45.pdf")
    db.session.commit()

    assert (letter.text, len(queries.files(letter))) == ("", 1)


@pytest.mark.parametrize("missing", ["number", "symbol", "year", "subject"])
def test_outgoing_letter_without_what_the_book_needs_is_refused(office: User, missing: str) -> None:
    head = OUTGOING | {missing: None if missing == "year" else ""}

    with pytest.raises(Invalid) as refusal:
        operations.enter_outgoing(head, by=office)

    assert list(refusal.value.errors) == [missing]


@pytest.mark.parametrize("role", [Role.STAFF, Role.DEPT_HEAD, Role.REVIEWER, Role.ADMIN])
def test_outgoing_letter_of_others_is_refused(app: Flask, role: Role) -> None:
    with pytest.raises(NotAllowed):
        operations.enter_outgoing(OUTGOING, by=make_user(role))


# Letters that came twice.


@pytest.mark.parametrize(
    ("other", "same"),
    [
        ({}, True),
        ({"symbol": "ubnd-nv"}, True),
        ({"issuer": "Ủy ban nhân dân thị xã"}, True),
        ({"day": 3}, True),
        ({"year": 2022}, False),
        ({"number": "125"}, False),
        ({"issuer": "UBND phường"}, False),
        ({"deleted_at": now()}, False),
        ({"number": ""}, False),
    ],
)
def test_same_number_and_issuer_of_a_year_is_the_same_letter(
    office: User,
    other: dict[str, object],
    same: bool,  # noqa: FBT001
) -> None:
    columns = {
        "number": "124",
        "symbol": "UBND-NV",
        "issuer": "UBND thị xã",
        "day": 2,
        "month": 2,
        "year": 2023,
    }
    first = make_directive(text="a", **columns | other)
    second = make_directive(text="b", **columns)

    assert list(queries.doubles(second, to=office)) == ([first] if same else [])
    assert list(queries.doubles(second)) == ([first] if same else [])


def test_letters_without_numbers_are_not_the_same(office: User) -> None:
    make_directive(text="a", issuer="UBND", year=2023)

    assert list(queries.doubles(make_directive(text="b", issuer="UBND", year=2023), to=office)) == []


def test_same_text_is_the_same_letter(office: User, letter_text: str) -> None:
    first = operations.import_letter(letter_text, by=office)

    second = operations.import_letter(letter_text.replace("\n\n", "\n \n"), by=office)
    db.session.flush()

    assert list(queries.doubles(second, to=office)) == [first]


def test_same_file_is_the_same_letter(office: User) -> None:
    first = make_directive(file=keep_file(), text="a")
    second = make_directive(file=keep_file(), text="b")

    assert list(queries.doubles(second, to=office)) == [first]


def test_doubles_do_not_tell_of_drafts(office: User) -> None:
    make_directive(state=State.DRAFT, text="a")

    assert list(queries.doubles(make_directive(text="a"), to=make_user())) == []


# Names and lengths of NĐ 30/2020, Phụ lục VI.


def test_metadata_bear_the_names_of_the_decree(app: Flask) -> None:
    letter = make_directive()

    assert list(metadata(letter)) == [field.name for field in FIELDS]


@pytest.mark.parametrize(
    ("name", "column"),
    [
        ("TypeName", "kind"),
        ("CodeNumber", "number"),
        ("CodeNotation", "symbol"),
        ("OrganName", "issuer"),
        ("Subject", "subject"),
        ("Language", "language"),
        ("Description", "description"),
        ("Position", "signer_position"),
        ("FullName", "signer_name"),
        ("ToPlaces", "to_places"),
    ],
)
def test_columns_are_as_long_as_the_decree_allows(name: str, column: str) -> None:
    allowed = next(field.longest for field in FIELDS if field.name == name)

    assert Directive.__table__.c[column].type.length == allowed


def test_metadata_hold_what_the_book_holds(app: Flask) -> None:
    letter = make_directive(
        number="124",
        symbol="UBND-NV",
        issuer="UBND thị xã",
        day=2,
        month=2,
        year=2023,
        arrival_on=date(2023, 2, 3),
        arrival_number=57,
        priority=2,
        page_amount=3,
        file_notation="12/CCHC",
        file_catalog=2023,
        doc_ordinal=4,
        due_on=date(2023, 3, 14),
        signer_position="CHỦ TỊCH",
        to_places="Văn phòng - Thống kê",
    )

    said = metadata(letter, organ_id="000.00.19.H29")

    assert said == {
        "FileCode": "000.00.19.H29.2023.12/CCHC",
        "DocOrdinal": 4,
        "TypeName": "Công văn",
        "CodeNumber": "124",
        "CodeNotation": "UBND-NV",
        "IssuedDate": date(2023, 2, 2),
        "OrganName": "UBND thị xã",
        "Subject": "triển khai kế hoạch",
        "Language": "Tiếng Việt",
        "PageAmount": 3,
        "Description": "",
        "ArrivalDate": date(2023, 2, 3),
        "ArrivalNumber": 57,
        "Position": "CHỦ TỊCH",
        "FullName": "",
        "Priority": 2,
        "ToPlaces": "Văn phòng - Thống kê",
        "TraceHeaderList": "",
        "IssuedAmount": None,
        "DueDate": date(2023, 3, 14),
    }


def test_metadata_say_no_date_that_is_not_whole(app: Flask) -> None:
    letter = make_directive(month=3, year=2023)

    assert metadata(letter)["IssuedDate"] is None


def test_metadata_take_units_and_days_from_the_items(issued: Directive, office: User) -> None:
    said = metadata(issued)

    assert said["DueDate"] == date(2023, 3, 14)
    assert str(said["ToPlaces"]).split("; ")[:2] == [
        "Các bộ phận chuyên môn",
        "Các bộ phận chuyên môn liên quan",
    ]


def test_letter_that_asks_nothing_goes_to_whom_it_greets(app: Flask) -> None:
    letter = make_directive(items=0, addressees=["UBND thị xã", "Phòng Nội vụ"])

    assert metadata(letter)["ToPlaces"] == "UBND thị xã; Phòng Nội vụ"


def test_rows_of_the_register_are_those_that_are_filtered(app: Flask) -> None:
    make_directive(number="1", direction=Direction.OUTGOING)
    make_directive(number="2")
    make_directive(number="3", state=State.DRAFT)

    rows = list(queries.register_rows(queries.Filters(direction="incoming"), to=make_user()))

    assert [row["CodeNumber"] for row in rows] == ["2"]


def test_citation_by_hand_is_no_word_of_the_letter(office: User) -> None:
    letter = make_directive()
    make_citation(letter, number="76/NQ-CP", by=office)

    assert letter.citations == []


def _received(content: bytes, name: str):  # noqa: ANN202
    return receive(io.BytesIO(content), name=name)
