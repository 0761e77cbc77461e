import time
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pytest
from flask import Flask

from cchc_portal import audit
from cchc_portal.accounts.models import Role
from cchc_portal.core.clock import now
from cchc_portal.core.db import db, unit_of_work
from cchc_portal.core.text import fold
from cchc_portal.initiatives import operations as initiatives
from cchc_portal.initiatives.models import Attachment, Initiative, State
from cchc_portal.initiatives.queries import Filters, page_of
from cchc_portal.search import entries, index, indexer, queries
from cchc_portal.search.engines import Busy
from cchc_portal.search.engines.whoosh import generations, writing
from cchc_portal.search.models import Entry, FilePassage, FileText
from cchc_portal.storage.operations import store
from tests.factories.accounts import make_user
from tests.factories.directives import make_directive
from tests.factories.initiatives import make_initiative
from tests.factories.storage import docx_bytes, pdf_bytes, pptx_bytes, xlsx_bytes

pytestmark = pytest.mark.usefixtures("indexed")


@pytest.fixture
def folder(app: Flask) -> Path:
    return app.config["DATA_DIR"] / "search"


def found(typed: str) -> list[str]:
    return [card.code for card in queries.results(queries.Criteria(q=typed), to=None).cards]


def change(initiative: Initiative, **columns: object) -> None:
    with unit_of_work():
        for name, value in columns.items():
            setattr(initiative, name, value)
        audit.record("initiative.submitted", on=initiative, by=None)


def attach(initiative: Initiative, name: str, content: bytes, *, is_submitted: bool = True) -> None:
    with unit_of_work():
        stored = store(BytesIO(content), name=name)
        db.session.add(
            Attachment(
                initiative=initiative,
                file=stored,
                name=name,
                added_by=initiative.created_by,
                is_submitted=is_submitted,
            ),
        )
        audit.record("initiative.file_attached", on=initiative, by=None)


def test_an_event_makes_a_thing_findable(deliver: Callable[[], None]) -> None:
    initiative = make_initiative(state=State.PUBLISHED, title="Nhắc lịch tiêm chủng qua tin nhắn")
    change(initiative)

    deliver()

    assert found("nhac lich tiem chung") == [initiative.code]
    assert db.session.query(Entry).filter(Entry.is_waiting).count() == 0


def test_an_edit_is_found_within_two_seconds(deliver: Callable[[], None]) -> None:
    initiative = make_initiative(state=State.PUBLISHED, title="Tên trước khi sửa")
    change(initiative)
    deliver()

    began = time.monotonic()
    change(initiative, title="Nhan đề hoàn toàn khác")
    deliver()

    assert found('"trước khi sửa"') == []
    assert found("nhan đề hoàn toàn khác") == [initiative.code]
    assert time.monotonic() - began < 2


def test_the_same_events_twice_change_nothing(deliver: Callable[[], None]) -> None:
    initiative = make_initiative(state=State.PUBLISHED)
    change(initiative)
    deliver()
    revision = db.session.query(Entry.revision).scalar()

    indexer.follow(audit.of(initiative))

    assert db.session.query(Entry.revision).scalar() == revision


def test_a_withdrawn_one_is_gone_for_colleagues_and_stays_for_its_author(deliver: Callable[[], None]) -> None:
    author = make_user()
    initiative = make_initiative(state=State.SUBMITTED, by=author, title="Rút lại sau khi gửi")
    change(initiative)
    deliver()

    with unit_of_work():
        initiatives.withdraw(initiative, by=author, reason="Trùng với đề xuất khác")
    deliver()

    assert found("rút lại sau khi gửi") == []
    mine = queries.results(queries.Criteria(q="rút lại sau khi gửi"), to=author)
    assert [card.id for card in mine.cards] == [initiative.id]


def test_a_deleted_one_leaves_nothing_behind(deliver: Callable[[], None]) -> None:
    initiative = make_initiative(state=State.PUBLISHED, title="Sẽ bị xoá")
    change(initiative)
    deliver()

    change(initiative, deleted_at=now())
    deliver()

    assert found("sẽ bị xoá") == []
    assert db.session.query(Entry).count() == 0
    assert index.current().reader.revisions() == {}


def test_drafts_are_not_filed(deliver: Callable[[], None]) -> None:
    draft = make_initiative(state=State.DRAFT, title="Bản nháp riêng tư")
    change(draft)

    deliver()

    assert db.session.query(Entry).count() == 0


@pytest.mark.parametrize(
    ("name", "content", "place"),
    [
        ("Phụ lục.docx", docx_bytes("Quy trình luân chuyển hồ sơ chứng thực"), ""),
        ("Phụ lục.xlsx", xlsx_bytes([["Việc"], ["Luân chuyển hồ sơ chứng thực"]]), "sheet Thu chi"),
        ("Phụ lục.pptx", pptx_bytes("Mở đầu", "Luân chuyển hồ sơ chứng thực"), "slide 2"),
        ("Phụ lục.pdf", pdf_bytes("Trang dau", "", "luan chuyen ho so chung thuc"), "trang 3"),
        ("Phụ lục.txt", "Luân chuyển hồ sơ chứng thực".encode(), ""),
    ],
)
def test_the_text_of_files_is_found(
    deliver: Callable[[], None], name: str, content: bytes, place: str
) -> None:
    initiative = make_initiative(state=State.PUBLISHED)
    attach(initiative, name, content)

    deliver()

    assert found("luan chuyen ho so chung thuc") == [initiative.code]
    card = queries.results(queries.Criteria(q="luân chuyển hồ sơ"), to=None).cards[0]
    marked = [fold(piece.text) for piece in card.excerpt.pieces if piece.is_match]
    assert "luan chuyen ho so" in marked
    assert (card.excerpt.file, card.excerpt.place) == (name, place)


def test_a_file_not_submitted_yet_is_not_found(deliver: Callable[[], None]) -> None:
    initiative = make_initiative(state=State.RETURNED)
    attach(initiative, "Thêm.docx", docx_bytes("Số liệu bí mật của quý này"), is_submitted=False)

    deliver()

    assert found('"bí mật"') == []


def test_a_file_without_text_is_read_once(deliver: Callable[[], None]) -> None:
    initiative = make_initiative(state=State.PUBLISHED)
    attach(initiative, "Trống.docx", docx_bytes())

    deliver()

    assert db.session.query(FileText).count() == 1
    assert db.session.query(FilePassage).count() == 0
    assert indexer.read_files() == 0


def test_a_letter_and_its_items_are_found(deliver: Callable[[], None]) -> None:
    letter = make_directive(number="124", symbol="UBND-NV", subject="khắc phục tồn tại", items=2)
    with unit_of_work():
        letter.items[1].text = "Xây dựng kế hoạch khắc phục điểm trừ"
        audit.record("directive.issued", on=letter, by=None)

    deliver()
    entries.refresh([("directive", letter.id)])
    indexer.catch_up()

    kinds = [card.kind for card in queries.results(queries.Criteria(q="124/UBND-NV"), to=None).cards]
    assert sorted(kinds) == ["directive", "directive_item", "directive_item"]
    assert found("kế hoạch khắc phục điểm trừ")[0] == "2"


def test_an_item_taken_out_of_a_letter_is_gone() -> None:
    letter = make_directive(items=2)
    entries.refresh([("directive", letter.id)])
    indexer.catch_up()

    with unit_of_work():
        db.session.delete(letter.items[1])
    entries.refresh([("directive", letter.id)])
    indexer.catch_up()

    assert len(index.current().reader.revisions()) == 2


def test_a_lost_index_is_rebuilt(lose_index: Callable[[], None], deliver: Callable[[], None]) -> None:
    initiative = make_initiative(state=State.PUBLISHED, title="Vẫn tìm thấy")
    change(initiative)
    deliver()

    lose_index()
    missing = queries.results(queries.Criteria(q="vẫn tìm thấy"), to=None)
    indexer.heal_search()
    healed = queries.results(queries.Criteria(q="vẫn tìm thấy"), to=None)

    assert (missing.is_fallback, [card.code for card in missing.cards]) == (True, [initiative.code])
    assert (healed.is_fallback, [card.code for card in healed.cards]) == (False, [initiative.code])


def test_an_edit_while_the_index_is_missing_is_not_lost(
    lose_index: Callable[[], None], deliver: Callable[[], None]
) -> None:
    initiative = make_initiative(state=State.PUBLISHED)
    lose_index()

    change(initiative, title="Sửa trong lúc hỏng")
    deliver()

    assert found("sửa trong lúc hỏng") == [initiative.code]
    assert list(indexer.unfiled()) == []


@pytest.mark.parametrize("app", ["sqlite"], indirect=True)
@pytest.mark.parametrize("damage", [b"", b"garbage" * 999])
def test_garbled_files_are_rebuilt(
    damage: bytes, folder: Path, deliver: Callable[[], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("cchc_portal.search.engines.whoosh.reading.CHECK_SECONDS", 0.0)
    initiative = make_initiative(state=State.PUBLISHED, title="Chịu được hư hỏng")
    change(initiative)
    deliver()

    for path in generations.Generations(folder).current().iterdir():
        path.write_bytes(damage)
    during = queries.results(queries.Criteria(q="chiu duoc hu hong"), to=None)
    indexer.heal_search()

    assert during.is_fallback
    assert [card.code for card in during.cards] == [initiative.code]
    assert found("chiu duoc hu hong") == [initiative.code]
    assert list(indexer.unfiled()) == []


@pytest.mark.parametrize("app", ["sqlite"], indirect=True)
def test_a_busy_index_is_caught_up_later(
    deliver: Callable[[], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(writing, "LOCK_SECONDS", 0.1)
    initiative = make_initiative(state=State.PUBLISHED, title="Chờ đến lượt")
    change(initiative)

    with index.current().writer._alone():  # noqa: SLF001 - stands for another process
        deliver()
        with pytest.raises(Busy):
            indexer.file_waiting()
    indexer.heal_search()

    assert found("chờ đến lượt") == [initiative.code]


def test_a_crash_between_entry_and_index_loses_nothing() -> None:
    initiative = make_initiative(state=State.PUBLISHED, title="Sập giữa chừng")
    entries.refresh([("initiative", initiative.id)])

    indexer.catch_up()

    assert found("sập giữa chừng") == [initiative.code]


def test_a_crash_before_the_note_files_again(monkeypatch: pytest.MonkeyPatch) -> None:
    initiative = make_initiative(state=State.PUBLISHED, title="Sập trước khi ghi nhận")
    entries.refresh([("initiative", initiative.id)])
    with monkeypatch.context() as patched:
        patched.setattr(indexer, "_mark_filed", _crash)
        with pytest.raises(KeyboardInterrupt):
            indexer.file_waiting()

    assert indexer.file_waiting() == 1
    assert found("sập trước khi ghi nhận") == [initiative.code]
    assert len(index.current().reader.revisions()) == 1


def test_the_audience_of_entries_is_who_may_read() -> None:
    author, colleague, office = make_user(), make_user(), make_user(Role.OFFICE)
    for state in State:
        make_initiative(state=state, by=author)
    make_initiative(state=State.SUBMITTED, by=author, awaits_confirmation=True)
    entries.refresh_all()
    indexer.catch_up()

    for person in (author, colleague, office):
        cards = queries.results(queries.Criteria(), to=person, limit=50)
        listed = _listed(person)
        assert {card.id for card in cards.cards} == listed
        assert cards.total == len(listed)


def _listed(person: object) -> set[int]:
    return {row.id for row in page_of(Filters(), to=person, sort="newest", after=None, size=50)}  # type: ignore[arg-type]


def _crash(_seen: object) -> None:
    raise KeyboardInterrupt
