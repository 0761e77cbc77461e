import io
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from flask import Flask

from cchc_portal import audit
from cchc_portal.accounts.models import Role, User
from cchc_portal.core.db import db
from cchc_portal.core.errors import Conflict, Invalid, InvalidState, NotAllowed
from cchc_portal.directives import operations, queries
from cchc_portal.directives.content import INTERNAL, Assigned, Content, ItemContent, of_directive
from cchc_portal.directives.models import Directive, Part, State
from cchc_portal.storage.models import StoredFile
from cchc_portal.storage.operations import open_file, receive
from tests.factories.accounts import make_unit, make_user
from tests.factories.storage import docx_bytes, pdf_bytes


def test_import_keeps_the_text_untouched_and_everything_recognised(
    draft: Directive, letter_text: str
) -> None:
    assert draft.text == letter_text
    assert draft.state is State.DRAFT
    assert (draft.number, draft.symbol, draft.day, draft.month, draft.year) == ("", "UBND-VP", None, 3, 2023)
    assert draft.code == "…/UBND-VP"
    assert [item.code for item in draft.items] == ["1", "2", "2.a", "3", "4", "5", "6"]
    assert [(c.kind, c.number) for c in draft.citations] == [
        ("Công văn", "124/UBND-NV"),
        ("Kế hoạch", "46/KH-UBND"),
        ("Kế hoạch", "48/KH-UBND"),
        ("Nghị quyết", "01-NQ/TU"),
    ]


def test_import_keeps_the_operator_of_the_deadline(draft: Directive) -> None:
    item = draft.items[2]

    assert (item.deadline_operator, item.deadline_on) == ("trước", date(2023, 3, 15))
    assert (item.deadline_words, item.deadline_source) == ("trước 15/3/2023", "letter")
    assert item.last_day == date(2023, 3, 14)
    assert item.parent == draft.items[1]


def test_import_finds_units_functions_and_groups(staff: User, office: User, letter_text: str) -> None:
    directive = operations.import_letter(letter_text, by=office)

    items = {item.code: item.assignments for item in directive.items}
    assert [one.to_all_units for one in items["1"]] == [True]
    assert [one.unit for one in items["2.a"]] == [office.unit]
    assert [one.unit for one in items["3"]] == [office.unit, staff.unit]
    assert items["3"][1].function == staff.unit.functions[0]
    assert [one.to_everybody for one in items["5"]] == [True]


def test_import_knows_units_by_the_names_of_the_letters_time(office: User, letter_text: str) -> None:
    make_unit("VPM", name="Văn phòng", aliases=["Văn phòng - Thống kê"], valid_from=date(2025, 7, 1))

    directive = operations.import_letter(letter_text, by=office)

    assert directive.items[-1].assignments[0].unit == office.unit


def test_import_is_recorded(draft: Directive, office: User) -> None:
    events = audit.of(draft)

    assert [(event.name, event.actor_id, event.data) for event in events] == [
        ("directive.imported", office.id, {"items": 7}),
    ]


@pytest.mark.parametrize("role", [Role.STAFF, Role.DEPT_HEAD, Role.REVIEWER, Role.ADMIN])
def test_import_by_others_is_refused(app: Flask, letter_text: str, role: Role) -> None:
    somebody = make_user(role)

    with pytest.raises(NotAllowed):
        operations.import_letter(letter_text, by=somebody)


def test_import_of_a_word_file_keeps_the_original(office: User, letter_text: str) -> None:
    content = docx_bytes(*(line for line in letter_text.replace("*", "").split("\n") if line.strip()))

    directive = operations.import_file(
        receive(io.BytesIO(content), name="Công văn.docx"), name="Công văn.docx", by=office
    )
    db.session.commit()

    assert [item.code for item in directive.items] == ["1", "2", "2.a", "3", "4", "5", "6"]
    assert directive.file_name == "Công văn.docx"
    with open_file(directive.file) as kept:
        assert kept.read() == content


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("rong.docx", docx_bytes("")),
        ("ban-quet.pdf", pdf_bytes("")),
        ("thu.txt", "Mẹ ơi, con khỏe.".encode()),
        ("thu.docx", docx_bytes("Biên bản họp tổ dân phố")),
    ],
)
def test_import_of_a_file_without_a_letter_keeps_nothing(office: User, name: str, content: bytes) -> None:
    received = receive(io.BytesIO(content), name=name)

    with pytest.raises(Invalid) as refusal:
        operations.import_file(received, name=name, by=office)
    db.session.rollback()

    assert refusal.value.errors[""]
    assert (db.session.query(Directive).count(), db.session.query(StoredFile).count()) == (0, 0)


def test_import_of_text_with_letters_no_database_takes(office: User, letter_text: str) -> None:
    directive = operations.import_letter(letter_text + "\n\x00\ud800", by=office)
    db.session.commit()

    assert directive.text.endswith("\n?")


def test_import_of_endless_names_fits_the_columns(office: User, letter_text: str) -> None:
    text = letter_text.replace("PHƯỜNG BẮC HỒNG**", "PHƯỜNG " + "BẮC HỒNG " * 40 + "**").replace(
        "năm 2023\n\nBắc", "năm 2023 " + "rất dài " * 90 + "\n\nBắc"
    )

    operations.import_letter(text, by=office)
    db.session.commit()


def test_correct_replaces_head_citations_and_items(draft: Directive, office: User) -> None:
    content = of_directive(draft)
    head = content.head | {"number": "35", "day": 1}
    items = (
        replace(content.items[0], deadline_on=date(2023, 12, 1), deadline_source=INTERNAL),
        ItemContent("7", "Việc mới", (Assigned("VP-TK"), Assigned("Công an", Part.SUPPORT))),
    )

    operations.correct(
        draft, by=office, content=Content(head, content.citations[:1], items), seen=queries.revision(draft)
    )
    db.session.commit()

    assert draft.code == "35/UBND-VP"
    assert draft.date_words == "ngày 01 tháng 3 năm 2023"
    assert [citation.number for citation in draft.citations] == ["124/UBND-NV"]
    assert [(item.code, item.deadline_source) for item in draft.items] == [("1", "internal"), ("7", "")]
    assert [(one.unit, one.part) for one in draft.items[1].assignments] == [
        (office.unit, Part.LEAD),
        (None, Part.SUPPORT),
    ]


def test_correct_keeps_the_rows_of_items_that_stay(draft: Directive, office: User) -> None:
    before = {item.code: item.id for item in draft.items}
    content = of_directive(draft)
    backwards = replace(content, items=content.items[:0:-1])

    operations.correct(draft, by=office, content=backwards, seen=queries.revision(draft))
    db.session.commit()

    assert [item.code for item in draft.items] == ["6", "5", "4", "3", "2.a", "2"]
    assert {item.code: item.id for item in draft.items} == {
        code: id_ for code, id_ in before.items() if code != "1"
    }


def test_correct_of_a_draft_that_somebody_else_changed_is_a_conflict(draft: Directive, office: User) -> None:
    seen = queries.revision(draft)
    operations.correct(draft, by=office, content=of_directive(draft), seen=seen)

    with pytest.raises(Conflict):
        operations.correct(draft, by=office, content=of_directive(draft), seen=seen)


@pytest.mark.parametrize(
    ("items", "message"),
    [
        ((ItemContent("1", "a"), ItemContent("1", "b")), operations.TWICE),
        ((ItemContent("", "a"),), operations.NO_TEXT),
        ((ItemContent("1", ""),), operations.NO_TEXT),
    ],
)
def test_correct_refuses_items_that_cannot_be_told_apart(
    draft: Directive, office: User, items: tuple[ItemContent, ...], message: str
) -> None:
    content = replace(of_directive(draft), items=items)

    with pytest.raises(Invalid) as refusal:
        operations.correct(draft, by=office, content=content, seen=queries.revision(draft))

    assert refusal.value.errors == {"items": message}


def test_correct_by_staff_is_refused(draft: Directive, staff: User) -> None:
    with pytest.raises(NotAllowed):
        operations.correct(draft, by=staff, content=of_directive(draft), seen=queries.revision(draft))


def test_issue_is_an_official_act(draft: Directive, office: User) -> None:
    operations.issue(draft, by=office)
    db.session.commit()

    assert (draft.state, draft.issued_by, draft.issued_at is None) == (State.ISSUED, office, False)
    assert [event.name for event in audit.of(draft)] == ["directive.imported", "directive.issued"]


def test_issued_letter_is_immutable(issued: Directive, office: User) -> None:
    for act in (
        lambda: operations.correct(
            issued, by=office, content=of_directive(issued), seen=queries.revision(issued)
        ),
        lambda: operations.issue(issued, by=office),
        lambda: operations.discard(issued, by=office),
    ):
        with pytest.raises(InvalidState):
            act()


def test_issue_without_subject_is_refused(draft: Directive, office: User) -> None:
    draft.subject = ""

    with pytest.raises(Invalid):
        operations.issue(draft, by=office)


def test_letter_that_asks_for_nothing_is_issued(draft: Directive, office: User) -> None:
    draft.items = []

    assert operations.issue(draft, by=office).state is State.ISSUED


def test_enter_number_fills_in_what_the_letter_lacks(issued: Directive, office: User) -> None:
    operations.enter_number(issued, by=office, number="35", day=6)
    db.session.commit()

    assert (issued.code, issued.date_words) == ("35/UBND-VP", "ngày 06 tháng 3 năm 2023")
    assert audit.of(issued)[-1].data == {"number": "35", "day": 6}
    with pytest.raises(NotAllowed):
        operations.enter_number(issued, by=office, number="36", day=7)


def test_enter_number_never_changes_what_is_there(issued: Directive, office: User) -> None:
    issued.day = 5

    operations.enter_number(issued, by=office, number="35", day=6)

    assert (issued.number, issued.day) == ("35", 5)


@pytest.mark.parametrize(("number", "day"), [("", None), ("35", 32), ("", 0)])
def test_enter_number_refuses_nothing_and_impossible_days(
    issued: Directive, office: User, number: str, day: int | None
) -> None:
    with pytest.raises(Invalid):
        operations.enter_number(issued, by=office, number=number, day=day)


def test_discarded_draft_is_seen_by_nobody(draft: Directive, office: User) -> None:
    operations.discard(draft, by=office)
    db.session.commit()

    assert list(queries.drafts(to=office)) == []


def test_party_letter_parts_number_and_symbol_by_a_dash(office: User) -> None:
    text = (Path(__file__).parent / "letters" / "cong-van-dang-uy.txt").read_text("utf-8")

    directive = operations.import_letter(text, by=office)

    assert directive.code == "128-CV/ĐU"
