"""Documents brought in: from the upload of a ZIP to initiatives with files, and back."""

import io
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select

from cchc_portal.accounts.models import Role, User
from cchc_portal.core.clock import now
from cchc_portal.core.db import db, unit_of_work
from cchc_portal.core.errors import InvalidState
from cchc_portal.imports import consumers, operations, queries
from cchc_portal.imports.fates import Fate
from cchc_portal.imports.models import Batch, BatchRow, State
from cchc_portal.imports.present import SAME_FILE
from cchc_portal.imports.rows import HAS_SECRET, NO_YEAR
from cchc_portal.initiatives.models import Attachment, Initiative, Version
from cchc_portal.storage.models import StoredFile
from cchc_portal.storage.operations import receive_archive
from cchc_portal.storage.sweeping import forget_unused
from tests.factories.accounts import make_user
from tests.factories.imports import import_whole, undo_whole
from tests.factories.storage import docx_bytes, zipped

pytestmark = pytest.mark.parametrize("app", ["sqlite"], indirect=True)
FILES = {
    "2019/một.docx": docx_bytes("Tên sáng kiến: Tra cứu bằng mã QR", "Nội dung: Dán mã."),
    "hai.docx": docx_bytes("Tên sáng kiến: Phòng họp", "Thông tin cần bảo mật: Số máy", "Nội dung: Bỏ giấy."),
    "ba.jpg": b"\xff\xd8\xff",
}


def _batch(files: dict[str, bytes]) -> Batch:
    """Keep an archive and read it to its end."""
    received = receive_archive(io.BytesIO(zipped(files)))
    batch = operations.keep_archive(received, by=None, file_name="cu.zip", paper_count=len(files))
    db.session.commit()
    while not batch.is_read:
        consumers.continue_imports()
    return batch


def _count(model: type) -> int:
    return db.session.scalar(select(func.count()).select_from(model)) or 0


def test_each_file_becomes_a_row_with_its_fate(app: Flask) -> None:
    batch = _batch(FILES)

    rows = queries.all_rows(batch)
    assert (batch.state, batch.archive, batch.counts) == (State.KEPT, None, {"new": 2, "error": 1})
    assert [(row.said["file"], row.fate, row.file_id is None) for row in rows] == [
        ("2019/một.docx", Fate.NEW, False),
        ("ba.jpg", Fate.ERROR, True),
        ("hai.docx", Fate.NEW, False),
    ]
    assert rows[2].problems == [NO_YEAR, HAS_SECRET]


def test_imported_document_has_its_text_and_its_file(app: Flask) -> None:
    import_whole(_batch(FILES))

    one = db.session.scalars(select(Initiative).where(Initiative.code == "SK-2019-001")).one()
    [file] = one.attachments
    assert (one.title, one.solution, one.created_by) == ("Tra cứu bằng mã QR", "Dán mã.", None)
    assert (file.name, file.is_submitted, file.added_by, file.file.kind) == ("một.docx", True, None, "docx")
    version = db.session.scalars(select(Version).where(Version.initiative_id == one.id)).one()
    assert [kept["name"] for kept in version.content["attachments"]] == ["một.docx"]
    assert "Số máy" not in str(db.session.scalars(select(Version.content)).all())


def test_same_files_again_make_no_doubles(app: Flask) -> None:
    import_whole(_batch(FILES))

    again = _batch({**FILES, "2021/tên khác.docx": FILES["2019/một.docx"]})

    assert again.counts == {"known": 3, "error": 1}
    assert [row.problems[0] for row in queries.all_rows(again) if row.fate is Fate.KNOWN] == [SAME_FILE] * 3


def test_same_file_twice_is_imported_once(app: Flask) -> None:
    batch = _batch({"2019/a.docx": FILES["hai.docx"], "2020/b.docx": FILES["hai.docx"]})

    assert [(row.fate, row.same_row) for row in queries.all_rows(batch)] == [
        (Fate.NEW, None),
        (Fate.DOUBLE, 1),
    ]


def test_undone_batch_takes_its_files_away(app: Flask) -> None:
    undo_whole(import_whole(_batch(FILES)))

    assert (_count(Initiative), _count(Attachment)) == (0, 0)
    forget_unused(older_than=now())
    assert _count(StoredFile) == 0


def test_batch_is_confirmed_when_all_of_it_is_read(app: Flask) -> None:
    received = receive_archive(io.BytesIO(zipped(FILES)))
    batch = operations.keep_archive(received, by=None, file_name="cu.zip", paper_count=3)
    db.session.flush()

    with pytest.raises(InvalidState):
        operations.begin(batch, by=None)


def test_reading_goes_on_where_it_was(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(consumers, "PAPERS", 1)
    monkeypatch.setattr(consumers, "enqueue", lambda _job: None)

    batch = _batch(FILES)

    assert [row.number for row in queries.all_rows(batch)] == [1, 2, 3]


def test_archive_goes_through_the_browser(
    app: Flask, client_of: Callable[[User], FlaskClient], deliver: Callable[[], None]
) -> None:
    office = client_of(make_user(Role.OFFICE))
    where = office.post("/imports", data={"sheet": (io.BytesIO(zipped(FILES)), "cu.zip")}).headers["Location"]
    reading = office.get(where).get_data(as_text=True)
    assert ("0 trên 3" in reading, "Nhập 2 dòng" in reading) == (True, False)

    deliver()
    while db.session.scalars(select(Batch)).one().is_at_work:
        consumers.continue_imports()

    page = office.get(where).get_data(as_text=True)
    assert ("2019/một.docx" in page, "Nhập 2 dòng" in page, "Chỉ nhập được tệp DOCX" in page) == (
        True,
        True,
        True,
    )


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04", zipped({"a.txt/": b""})])
def test_bad_archive_is_refused_with_words(
    app: Flask, client_of: Callable[[User], FlaskClient], content: bytes
) -> None:
    answer = client_of(make_user(Role.OFFICE)).post(
        "/imports", data={"sheet": (io.BytesIO(content), "cu.zip")}
    )

    assert (answer.status_code, 'role="alert"' in answer.get_data(as_text=True)) == (422, True)
    assert _count(BatchRow) == 0


def test_large_upload_is_for_people_who_are_signed_in(
    app: Flask, client_of: Callable[[User], FlaskClient]
) -> None:
    app.config["MAX_CONTENT_LENGTH"], before = 1000, app.config["MAX_CONTENT_LENGTH"]
    try:
        sent = [
            browser.post("/imports", data={"sheet": (io.BytesIO(zipped(FILES)), "cu.zip")}).status_code
            for browser in (client_of(make_user(Role.OFFICE)), app.test_client())
        ]
    finally:
        app.config["MAX_CONTENT_LENGTH"] = before

    assert sent == [303, 413]


def test_batch_goes_on_though_others_write_meanwhile(app: Flask) -> None:
    batch = _batch(FILES)
    operations.begin(batch, by=None)
    db.session.commit()
    queries.at_work()  # begins to read, as the worker does

    with ThreadPoolExecutor() as others:
        others.submit(_write_elsewhere, app).result()

    consumers.continue_imports()

    assert batch.imported_count == 2


def _write_elsewhere(app: Flask) -> None:
    with app.app_context(), unit_of_work():
        make_user()
