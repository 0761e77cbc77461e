"""Files at the edge: what comes in is named, what goes out is only saved."""

import io

import pytest
from flask import Flask

from cchc_portal.storage.models import StoredFile
from cchc_portal.web.files import XLSX, hand_out, take_in
from tests.factories.storage import keep_file, pdf_bytes


@pytest.mark.parametrize("kept", [False, True], ids=["made", "kept"])
def test_what_is_handed_out_is_saved_under_its_name_and_never_opened_here(app: Flask, *, kept: bool) -> None:
    content: StoredFile | bytes = keep_file() if kept else b"PK"

    with app.test_request_context():
        answer = hand_out(content, name="Đề án.xlsx", mimetype=XLSX)
        answer.close()

    assert answer.mimetype == XLSX
    assert answer.headers["Content-Disposition"].startswith("attachment;")
    assert answer.headers["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert answer.headers["Cache-Control"] == "no-store"


def test_files_that_cannot_be_kept_are_named_and_hold_up_no_other(app: Flask) -> None:
    sent = [(pdf_bytes("a"), "Hồ sơ/Biên bản.pdf"), (b"MZ", "la.exe"), (b"", "")]
    files = [(io.BytesIO(content), name) for content, name in sent]

    with app.test_request_context(method="POST", data={"files": files}):
        good, bad = take_in()

    assert [name for _received, name in good] == ["Biên bản.pdf"]
    assert [sentence.partition(":")[0] for sentence in bad] == ["la.exe"]
