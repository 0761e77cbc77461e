"""Everything is findable, by whom, and gone or back at once: comments, decisions, letters with their files."""

import shutil
import time
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pytest
from flask import Flask

from cchc_portal.accounts.models import Role, User
from cchc_portal.comments import operations as comments
from cchc_portal.core.db import db, unit_of_work
from cchc_portal.directives import operations as letters
from cchc_portal.directives.models import Assignment, Direction
from cchc_portal.directives.models import State as LetterState
from cchc_portal.initiatives import operations as initiatives
from cchc_portal.initiatives.models import Attachment, State
from cchc_portal.replication import operations as replication
from cchc_portal.search import entries, index, indexer, queries
from cchc_portal.search.engines.whoosh import generations
from cchc_portal.search.queries import Criteria, Results
from cchc_portal.storage.operations import receive, store
from cchc_portal.votes import operations as votes
from tests.factories.accounts import make_unit, make_user
from tests.factories.comments import make_comment
from tests.factories.directives import make_directive
from tests.factories.initiatives import make_initiative
from tests.factories.replication import in_days, make_candidate, make_leader, make_selection
from tests.factories.storage import docx_bytes, pdf_bytes

pytestmark = [
    pytest.mark.usefixtures("indexed"),
    pytest.mark.parametrize("app", ["sqlite"], indirect=True),  # no dialect of SQL is asked for
]
Deliver = Callable[[], None]


def found(typed: str, *, to: User | None = None, **filters: str) -> list[tuple[str, int]]:
    results = search(typed, to=to, **filters)
    assert results.total == len(results.cards)
    return [(card.kind, card.id) for card in results.cards]


def search(typed: str, *, to: User | None = None, **filters: str) -> Results:
    chosen = {name: frozenset({value}) for name, value in filters.items()}
    return queries.results(Criteria(q=typed, filters=chosen), to=to)


def test_a_comment_is_found_where_it_stands(deliver: Deliver) -> None:
    initiative = make_initiative(state=State.PUBLISHED, title="Niêm yết thủ tục")
    with unit_of_work():
        comment = comments.write(initiative, by=make_user(), body="Nên thử **máy** lấy số tự động trước.")

    deliver()

    card = search("may lay so tu dong").cards[0]
    assert (card.kind, card.id) == ("comment", comment.id)
    assert "".join(piece.text for piece in card.title) == "Niêm yết thủ tục"
    assert [piece.text for piece in card.excerpt.pieces if piece.is_match] == ["máy lấy số tự động"]

    entries.refresh_all()
    indexer.catch_up()
    assert found("niêm yết thủ tục") == [("initiative", initiative.id)]


def test_comments_that_were_taken_back_hidden_or_changed_are_gone(deliver: Deliver) -> None:
    writer, office = make_user(), make_user(Role.OFFICE)
    initiative = make_initiative(state=State.PUBLISHED)
    with unit_of_work():
        first, second, third = (
            comments.write(initiative, by=writer, body=f"Ý kiến {word}")
            for word in ("alpha", "beta", "gamma")
        )
    deliver()
    assert len(found("ý kiến")) == 3

    with unit_of_work():
        comments.delete(first, by=writer)
        comments.hide(second, by=office)
        comments.edit(third, by=writer, body="Ý kiến delta", minutes=15)
    deliver()

    assert found("ý kiến alpha") == found("ý kiến beta") == found("ý kiến gamma") == [("comment", third.id)]
    assert found("delta") == [("comment", third.id)]


def test_comments_are_found_by_whoever_may_read_what_they_are_about(deliver: Deliver) -> None:
    author, stranger, office = make_user(), make_user(), make_user(Role.OFFICE)
    initiative = make_initiative(state=State.SUBMITTED, by=author)
    with unit_of_work():
        comment = comments.write(initiative, by=stranger, body="Chuyện riêng của tổ")
    deliver()
    assert found("chuyện riêng", to=stranger) == [("comment", comment.id)]

    with unit_of_work():
        initiatives.withdraw(initiative, by=author, reason="Trùng")
    deliver()

    assert found("chuyện riêng", to=stranger) == []
    assert search("", to=stranger, type="comment").total == 0
    assert found("chuyện riêng", to=author) == found("chuyện riêng", to=office) == [("comment", comment.id)]


def test_a_decision_is_found_by_the_units_it_names(deliver: Deliver) -> None:
    unit = make_unit(name="Bộ phận Địa chính")
    model = make_candidate(title="Nhắc lịch hẹn")
    with unit_of_work():
        selection = replication.select(
            model, by=make_leader(), targets=[unit], deadline=in_days(10), note="Bắt đầu từ quý sau"
        )
    deliver()

    assert found("dia chinh quy sau") == [("selection", selection.id)]
    assert set(found("nhắc lịch hẹn", adopted_by=str(unit.id))) == {
        ("selection", selection.id),
        ("initiative", model.id),
    }
    assert found("nhắc lịch hẹn", adopted_by=str(make_unit().id)) == []


def test_a_refusal_is_found_with_its_reason(deliver: Deliver) -> None:
    model = make_candidate()
    with unit_of_work():
        selection = replication.decline(model, by=make_leader(), reason="Chưa đủ số liệu so sánh")
    deliver()

    assert found("chưa đủ số liệu so sánh") == [("selection", selection.id)]


def test_the_files_of_a_letter_are_found(deliver: Deliver) -> None:
    office = make_user(Role.OFFICE)
    letter = make_directive(number="7", direction=Direction.OUTGOING, subject="báo cáo quý")
    received = receive(BytesIO(pdf_bytes("Bia", "bieu tong hop diem tru")), name="Bieu.pdf")
    with unit_of_work():
        file = letters.attach(letter, by=office, received=received, name="Bieu.pdf")
    deliver()

    card = search("bieu tong hop diem tru", kind="outgoing").cards[0]
    assert (card.kind, card.id, card.excerpt.file, card.excerpt.place) == (
        "directive",
        letter.id,
        "Bieu.pdf",
        "trang 2",
    )

    with unit_of_work():
        file.created_at = letter.issued_at + (letter.issued_at - letter.issued_at.replace(year=2000))
        letters.detach(file, by=office)
    deliver()

    assert found("bieu tong hop diem tru") == []


def test_the_files_of_a_letter_under_review_are_for_the_office(deliver: Deliver) -> None:
    office = make_user(Role.OFFICE)
    letter = make_directive(state=LetterState.DRAFT, items=0)
    received = receive(BytesIO(docx_bytes("Danh sách chưa công bố")), name="Danh sách.docx")
    with unit_of_work():
        letters.attach(letter, by=office, received=received, name="Danh sách.docx")
    deliver()

    assert found("danh sách chưa công bố") == []
    assert found("danh sách chưa công bố", to=office) == [("directive", letter.id)]


def test_an_item_is_found_by_the_unit_that_has_to_answer_it() -> None:
    unit, letter = make_unit(), make_directive(items=2)
    letter.items[1].assignments = [Assignment(words="Bộ phận ấy", unit_id=unit.id)]
    db.session.commit()
    entries.refresh_all()
    indexer.catch_up()

    assert found("nội dung mục", unit=str(unit.id)) == [("directive_item", letter.items[1].id)]


def test_authors_with_an_account_and_from_outside_are_facets() -> None:
    author = make_user()
    initiative = make_initiative(state=State.PUBLISHED, by=author)
    outside = make_initiative(state=State.PUBLISHED)
    outside.authors[0].user, outside.authors[0].name = None, "Tổ công tác cũ"
    db.session.commit()
    entries.refresh_all()
    indexer.catch_up()

    assert found("", author=str(author.id)) == [("initiative", initiative.id)]
    assert found("", author="Tổ công tác cũ") == [("initiative", outside.id)]


def test_a_new_name_of_a_unit_or_person_finds_what_bears_it(deliver: Deliver) -> None:
    admin, unit, writer = make_user(Role.ADMIN), make_unit(name="Tổ cũ"), make_user()
    selection = make_selection(targets=(unit,))
    comment = make_comment(by=writer)
    from cchc_portal import audit

    with unit_of_work():
        unit.name, writer.full_name = "Tổ hoàn toàn mới", "Người đổi tên"
        audit.record("unit.corrected", on=unit, by=admin)
        audit.record("account.corrected", on=writer, by=admin)
    deliver()

    assert found("hoàn toàn mới") == [("selection", selection.id)]
    assert found("người đổi tên") == [("comment", comment.id)]


def test_votes_and_adoptions_are_kept_to_sort_by(deliver: Deliver) -> None:
    selection = make_selection(targets=(make_unit(), make_unit()))
    with unit_of_work():
        votes.cast(selection.initiative, by=make_user())
    deliver()

    entry = db.session.query(entries.Entry).filter_by(kind="initiative").one()
    assert entry.figures == {"votes": 1, "adoptions": 2}


def test_a_vote_does_not_read_the_comments_again(
    deliver: Deliver, count_queries: Callable[[Callable[[], object]], int]
) -> None:
    counts = []
    for number in (1, 60):
        initiative = make_initiative(state=State.PUBLISHED)
        for _ in range(number):
            make_comment(initiative)
        entries.refresh_all()
        indexer.catch_up()
        with unit_of_work():
            votes.cast(initiative, by=make_user())
        counts.append(count_queries(deliver))
        assert list(entries.differences()) == list(indexer.unfiled()) == []

    assert counts[1] <= counts[0]


def test_withdrawn_and_returned_are_gone_or_back_within_two_seconds(deliver: Deliver) -> None:
    author, office, stranger = make_user(), make_user(Role.OFFICE), make_user()
    going, returning = (make_initiative(by=author, title=f"Chuyện chóng vánh {n}") for n in (1, 2))
    for initiative in (going, returning):
        with unit_of_work():
            db.session.add(
                Attachment(
                    initiative=initiative,
                    file=store(BytesIO(docx_bytes(f"Tệp của {initiative.id}")), name="a.docx"),
                    name="a.docx",
                    added_by=author,
                    is_submitted=True,
                )
            )
        make_comment(initiative, body="Chuyện chóng vánh nhỉ")
    entries.refresh_all()
    indexer.catch_up()
    assert len(found("chuyện chóng vánh", to=stranger)) == 4

    began = time.monotonic()
    with unit_of_work():
        initiatives.withdraw(going, by=author, reason="Trùng")
        initiatives.return_(returning, by=office, reason="Thiếu số liệu")
    deliver()

    assert len(found("chuyện chóng vánh", to=stranger)) == 2
    assert time.monotonic() - began < 2


@pytest.fixture
def every_kind(indexed: Callable[[], None]) -> None:
    """Make things of every kind, with files, found and counted."""
    author = make_user()
    letter = make_directive(number="124", symbol="UBND-NV", subject="kiểm tra đối chiếu", items=2, year=2023)
    model = make_candidate(by=author, title="Kiểm tra đối chiếu hồ sơ")
    make_comment(model, body="Kiểm tra đối chiếu thế nào?")
    make_selection(initiative=model)
    with unit_of_work():
        stored = store(BytesIO(docx_bytes("Biểu kiểm tra đối chiếu")), name="Biểu.docx")
        db.session.add(
            Attachment(initiative=model, file=stored, name="Biểu.docx", added_by=author, is_submitted=True)
        )
    assert letter.year == 2023
    indexed()


def _delete(folder: Path) -> None:
    shutil.rmtree(folder)


def _truncate(folder: Path) -> None:
    for path in generations.Generations(folder).current().iterdir():
        path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


def _garble(folder: Path) -> None:
    for path in generations.Generations(folder).current().iterdir():
        path.write_bytes(b"garbage" * 999)


def _put_folders_in_the_place_of_files(folder: Path) -> None:
    """Make files unreadable, even for whoever may read everything."""
    for path in generations.Generations(folder).current().iterdir():
        path.unlink()
        path.mkdir()


@pytest.mark.usefixtures("every_kind")
@pytest.mark.parametrize("damage", [_delete, _truncate, _garble, _put_folders_in_the_place_of_files])
def test_every_kind_survives_a_broken_index(
    damage: Callable[[Path], None], app: Flask, deliver: Deliver, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("cchc_portal.search.engines.whoosh.reading.CHECK_SECONDS", 0.0)
    before = search("kiểm tra đối chiếu")

    damage(app.config["DATA_DIR"] / "search")
    during = search("kiểm tra đối chiếu")
    with unit_of_work():
        comments.write(make_candidate(), by=make_user(), body="Viết trong lúc hỏng")
    deliver()  # finds the damage and mends it
    after = search("kiểm tra đối chiếu")

    assert (before.is_fallback, during.is_fallback, after.is_fallback) == (False, True, False)
    for results in (before, during, after):
        assert {card.kind for card in results.cards} == {"initiative", "directive", "comment", "selection"}
        assert _types(results) == _types(before)
    assert [kind for kind, _ in found("viết trong lúc hỏng")] == ["comment"]
    entries.refresh_all()
    indexer.catch_up()
    assert list(entries.differences()) == list(indexer.unfiled()) == []


def _types(results: Results) -> dict[str, int]:
    facet = next(facet for facet in results.facets if facet.name == "type")
    return {option.value: option.count for option in facet.options}


@pytest.mark.usefixtures("every_kind")
def test_what_was_never_filed_is_named_for_every_kind() -> None:
    db.session.query(entries.Entry).delete()
    db.session.commit()

    kinds = {key.partition(":")[0] for key in entries.differences()}

    assert kinds == {"initiative", "directive", "directive_item", "comment", "selection"}
    assert {key.partition(":")[0] for key in indexer.unfiled()} == kinds


@pytest.mark.usefixtures("every_kind")
def test_reading_a_batch_costs_the_same_however_many_there_are(
    count_queries: Callable[[Callable[[], object]], int],
) -> None:
    for _ in range(2):
        make_comment(make_selection(targets=(make_unit(), make_unit())).initiative)
        make_directive(items=2)

    for kind, source in entries.SOURCES.items():
        ids = list(source.ids())
        counts = set()
        for some in (ids[:1], ids):
            db.session.expire_all()
            counts.add(count_queries(lambda read=source.read, some=some: read(some)))
        assert (len(ids) >= 3, len(counts)) == (True, 1), kind


@pytest.mark.usefixtures("every_kind")
def test_the_index_holds_every_kind() -> None:
    kinds = [key.partition(":")[0] for key in index.current().reader.revisions()]

    assert sorted(kinds) == [
        "comment",
        "directive",
        "directive_item",
        "directive_item",
        "initiative",
        "selection",
    ]
