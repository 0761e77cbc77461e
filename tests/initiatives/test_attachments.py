"""Files: kept whole or not at all, seen from the next submission on, handed out as they came."""

import io
from collections.abc import Callable

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from cchc_portal.accounts.models import Role, User
from cchc_portal.core.db import db
from cchc_portal.core.errors import Invalid, NotAllowed, NotFound
from cchc_portal.initiatives import operations, queries
from cchc_portal.initiatives.models import Attachment, Initiative, State
from cchc_portal.initiatives.operations.attaching import LARGEST_SUM, MOST_FILES
from cchc_portal.storage.formats import Kind
from cchc_portal.storage.operations import Received
from tests.factories.accounts import make_user
from tests.factories.initiatives import make_attachment, make_initiative
from tests.factories.storage import docx_bytes, keep_file, pdf_bytes

pytestmark = pytest.mark.usefixtures("app")
Open = Callable[[User], FlaskClient]


def upload(
    browser: FlaskClient, initiative: Initiative, *files: tuple[bytes, str], **how: object
) -> TestResponse:
    return browser.post(
        f"/initiatives/{initiative.id}/attachments",
        data={"files": [(io.BytesIO(body), name) for body, name in files]},
        content_type="multipart/form-data",
        **how,
    )


def names(initiative: Initiative) -> list[str]:
    db.session.expire_all()
    return [file.name for file in queries.attachments(initiative)]


def test_upload_keeps_files_under_their_vietnamese_names(client_of: Open) -> None:
    initiative = make_initiative(state=State.DRAFT)
    files = (docx_bytes("Kết quả"), "Báo cáo kết quả.docx"), (pdf_bytes("x"), "Biên bản.pdf")

    answer = upload(client_of(initiative.created_by), initiative, *files)

    assert (answer.status_code, answer.location) == (303, f"/initiatives/{initiative.id}/draft#files")
    assert names(initiative) == ["Báo cáo kết quả.docx", "Biên bản.pdf"]


def test_upload_by_fragment_answers_the_list(client_of: Open) -> None:
    initiative = make_initiative(state=State.DRAFT)

    answer = upload(
        client_of(initiative.created_by),
        initiative,
        (pdf_bytes("x"), "Biên bản.pdf"),
        headers={"HX-Request": "true"},
    )

    assert answer.status_code == 200
    assert answer.text.lstrip().startswith("<section")
    assert "Biên bản.pdf" in answer.text


@pytest.mark.parametrize(
    "files",
    [
        [(b"MZ\x90\x00", "chay.exe")],
        [(b"<svg onload='alert(1)'/>", "anh.png")],
        [(b"", "trong.pdf")],
        [],
    ],
)
def test_upload_refuses_what_is_no_document(files: list[tuple[bytes, str]], client_of: Open) -> None:
    initiative = make_initiative(state=State.DRAFT)

    answer = upload(client_of(initiative.created_by), initiative, *files)

    assert answer.status_code == 422
    assert 'id="chosen-files-error"' in answer.text
    assert all(f"{name}: " in answer.text for _body, name in files)
    assert names(initiative) == []


def test_upload_keeps_the_good_files_and_names_the_bad(client_of: Open) -> None:
    initiative = make_initiative(state=State.DRAFT)
    files = (pdf_bytes("x"), "bien-ban.pdf"), (b"khong phai", "ket-qua.docx")

    answer = upload(client_of(initiative.created_by), initiative, *files)

    assert answer.status_code == 200
    assert "ket-qua.docx: " in answer.text
    assert names(initiative) == ["bien-ban.pdf"]


def test_upload_is_for_authors_while_they_write(client_of: Open) -> None:
    draft, closed = make_initiative(state=State.DRAFT), make_initiative()

    assert upload(client_of(make_user()), draft, (b"x", "x.pdf")).status_code == 404
    assert upload(client_of(closed.created_by), closed, (b"x", "x.pdf")).status_code == 403


@pytest.mark.parametrize("limit", ["count", "sum"])
def test_attach_refuses_more_than_the_limits(limit: str) -> None:
    initiative = make_initiative(state=State.DRAFT)
    if limit == "count":
        stored = keep_file()
        for _number in range(MOST_FILES):
            db.session.add(
                Attachment(initiative=initiative, file=stored, name="x.pdf", added_by=initiative.created_by)
            )
    else:
        make_attachment(initiative).file.size = LARGEST_SUM
    db.session.commit()

    with pytest.raises(Invalid) as refused:
        operations.attach(
            initiative, by=initiative.created_by, received=Received("0" * 64, 1, Kind.PDF), name="y.pdf"
        )

    assert set(refused.value.errors) == {"files"}


def test_download_hands_out_bytes_never_to_be_opened_inside(client_of: Open) -> None:
    initiative = make_initiative()
    file = make_attachment(initiative, name='Báo cáo "kết quả".pdf', body=b"%PDF-1.7 noi dung")

    answer = client_of(make_user()).get(f"/initiatives/{initiative.id}/attachments/{file.id}")

    assert answer.data == b"%PDF-1.7 noi dung"
    assert answer.mimetype == "application/octet-stream"
    assert answer.headers["Content-Disposition"].startswith("attachment; ")
    assert "filename*=UTF-8''B%C3%A1o%20c%C3%A1o" in answer.headers["Content-Disposition"]
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Content-Security-Policy"].startswith("sandbox")
    assert "no-store" in answer.headers["Cache-Control"]
    answer.close()


def test_file_of_a_draft_is_its_authors_alone(client_of: Open) -> None:
    initiative = make_initiative(state=State.DRAFT)
    file = make_attachment(initiative)

    for role in (Role.STAFF, Role.OFFICE, Role.LEADER, Role.ADMIN):
        answer = client_of(make_user(role)).get(f"/initiatives/{initiative.id}/attachments/{file.id}")
        assert answer.status_code == 404


def test_file_added_to_a_returned_one_is_seen_after_the_next_submission() -> None:
    initiative, colleague = make_initiative(state=State.RETURNED), make_user()
    file = make_attachment(initiative, is_submitted=False)

    with pytest.raises(NotFound):
        queries.attachment(initiative, file.id, to=colleague)
    operations.submit(initiative, by=initiative.created_by)

    assert queries.attachment(initiative, file.id, to=colleague) == file


def test_file_taken_out_stays_while_the_text_that_is_read_names_it() -> None:
    initiative, colleague = make_initiative(state=State.RETURNED), make_user()
    file = make_attachment(initiative)
    operations.submit(initiative, by=initiative.created_by)
    operations.return_(initiative, by=make_user(Role.OFFICE), reason="Bỏ tệp có tên người dân")

    operations.detach(file, by=initiative.created_by)
    named = queries.attachment(initiative, file.id, to=colleague)
    operations.submit(initiative, by=initiative.created_by)

    assert named == file
    assert queries.attachments(initiative) == []
    for person in (colleague, initiative.created_by):
        with pytest.raises(NotFound):
            queries.attachment(initiative, file.id, to=person)


def test_file_of_one_initiative_is_not_found_below_another(client_of: Open) -> None:
    open_one, draft = make_initiative(), make_initiative(state=State.DRAFT)
    file = make_attachment(draft)

    answer = client_of(make_user()).get(f"/initiatives/{open_one.id}/attachments/{file.id}")

    assert answer.status_code == 404


def test_detach_by_a_browser_without_javascript(client_of: Open) -> None:
    initiative = make_initiative(state=State.DRAFT)
    file = make_attachment(initiative)
    path = f"/initiatives/{initiative.id}/attachments/{file.id}"
    browser = client_of(initiative.created_by)

    plain = browser.post(path)
    kept = names(initiative)
    answer = browser.post(path, data={"_method": "DELETE"})

    assert (plain.status_code, kept) == (403, ["Báo cáo kết quả.pdf"])
    assert (answer.status_code, names(initiative)) == (303, [])


def test_detach_is_for_authors_while_they_write() -> None:
    file = make_attachment(make_initiative())

    with pytest.raises(NotAllowed):
        operations.detach(file, by=file.initiative.created_by)
