"""Versions: frozen at submission, and what changed between them readable."""

from collections.abc import Callable

import pytest
from flask.testing import FlaskClient

from cchc_portal.accounts.models import Role, User
from cchc_portal.core.clock import now
from cchc_portal.core.db import db
from cchc_portal.initiatives import operations, queries
from cchc_portal.initiatives.models import Draft, Initiative, State
from tests.factories.accounts import make_user
from tests.factories.directives import make_directive
from tests.factories.initiatives import make_attachment, make_initiative, typed

pytestmark = pytest.mark.usefixtures("app")


def submit_again(initiative: Initiative, **changes: object) -> None:
    """Have the Office return it and the author hand it in with changes."""
    operations.return_(initiative, by=make_user(Role.OFFICE), reason="Bổ sung")
    draft = db.session.get_one(Draft, initiative.id)
    draft.content = typed(initiative, initiative.created_by) | changes
    operations.submit(initiative, by=initiative.created_by)
    db.session.commit()


def test_version_is_complete_enough_to_be_read_alone() -> None:
    letter = make_directive(symbol="UBND-VP", number="124")
    initiative = make_initiative()
    file = make_attachment(initiative)

    submit_again(
        initiative,
        tags="một cửa",
        first_applied_on="05/03/2023",
        figures=[{"name": "Thời gian", "measure": "ngày", "before": "5", "after": "2,5"}],
        answers=[{"item_id": str(letter.items[0].id), "sentence": "Giảm một lượt đi."}],
    )

    version = queries.newest_version(initiative)
    assert version is not None
    assert version.submitted_by == initiative.created_by
    assert version.content["unit"] == initiative.unit.name
    assert version.content["tags"] == ["một cửa"]
    assert version.content["first_applied_on"] == "2023-03-05"
    assert version.content["authors"][0]["name"] == initiative.created_by.full_name
    assert version.content["figures"] == [
        {"name": "Thời gian", "measure": "ngày", "before": "5", "after": "2.5"}
    ]
    assert version.content["answers"][0]["directive"] == "124/UBND-VP"
    assert version.content["attachments"] == [
        {"id": file.id, "name": "Báo cáo kết quả.pdf", "size": 8, "kind": "pdf"}
    ]


def test_version_of_a_first_submission_is_what_the_database_says_afterwards() -> None:
    letter, other = make_directive(), make_user()
    initiative = make_initiative(state=State.DRAFT)
    writer = initiative.created_by
    db.session.get_one(Draft, initiative.id).content = typed(initiative, writer) | {
        "fields": ["6", "2"],
        "tags": "một cửa, mã QR",
        "authors": [{"user_id": str(user.id), "share": "50"} for user in (writer, other)],
        "answers": [{"item_id": str(letter.items[0].id), "sentence": "Giảm một lượt đi."}],
    }
    operations.submit(initiative, by=writer)
    db.session.commit()
    db.session.expire_all()

    version = queries.newest_version(initiative)

    assert version is not None
    assert [field["code"] for field in version.content["fields"]] == [2, 6]
    assert [author["user_id"] for author in version.content["authors"]] == [writer.id, other.id]
    said = queries.snapshot(initiative)
    for author in (*said["authors"], *version.content["authors"]):
        author["share"] = float(author["share"])  # 50 as typed, 50.00 as kept
    assert version.content == said


def test_resubmission_keeps_the_rows_that_stay_and_drops_the_others() -> None:
    initiative, other = make_initiative(), make_user()
    writer = initiative.created_by
    kept = initiative.authors[0].id
    both = [{"user_id": str(user.id), "share": "50"} for user in (other, writer)]

    submit_again(initiative, authors=both)
    names = [(author.position, author.user_id, author.id == kept) for author in initiative.authors]
    submit_again(initiative, authors=[both[1] | {"share": "40"}, {"name": "Bà Hai", "share": "60"}])

    assert names == [(1, other.id, False), (2, writer.id, True)]
    assert [(author.user_id, author.name, float(author.share or 0)) for author in initiative.authors] == [
        (writer.id, writer.full_name, 40),
        (None, "Bà Hai", 60),
    ]


def test_versions_stay_as_they_were() -> None:
    initiative = make_initiative()
    first = queries.newest_version(initiative)
    assert first is not None
    before = dict(first.content)

    submit_again(initiative, title="Một cái tên khác hẳn", problem="Vấn đề viết lại.")

    db.session.expire_all()
    assert first.content == before
    assert [version.number for version in queries.versions(initiative)] == [2, 1]


def test_page_shows_what_changed_word_by_word(client_of: Callable[[User], FlaskClient]) -> None:
    initiative = make_initiative(problem="Người dân phải chờ.")
    submit_again(initiative, problem="Người dân không phải chờ.", kind="model")

    page = client_of(make_user()).get(f"/initiatives/{initiative.id}/versions").text

    assert "Bản 2 so với bản 1" in page
    assert "Người dân <ins>không</ins>" in page.replace("<ins>không </ins>", "<ins>không</ins>")
    assert "<del>Cách</del>" in page
    assert "good_practice" not in page


def test_page_shows_another_pair_when_asked(client_of: Callable[[User], FlaskClient]) -> None:
    initiative = make_initiative()
    for text in ("Lần thứ hai.", "Lần thứ ba."):
        submit_again(initiative, result=text)

    page = client_of(make_user()).get(f"/initiatives/{initiative.id}/versions?newer=2").text

    assert "Bản 2 so với bản 1" in page
    assert "ba." not in page


@pytest.mark.parametrize("query", ["", "?newer=9", "?newer=x", "?newer=-1", "?newer=1"])
def test_page_of_a_first_version_has_nothing_to_compare(
    query: str, client_of: Callable[[User], FlaskClient]
) -> None:
    initiative = make_initiative()

    page = client_of(make_user()).get(f"/initiatives/{initiative.id}/versions{query}")

    assert page.status_code == 200
    assert "Đây là bản đầu tiên" in page.text


def test_versions_are_for_those_who_may_read(client_of: Callable[[User], FlaskClient]) -> None:
    withdrawn = make_initiative(state=State.WITHDRAWN)
    binned = make_initiative(state=State.DRAFT, deleted_at=now())

    for initiative in (withdrawn, binned):
        assert client_of(make_user()).get(f"/initiatives/{initiative.id}/versions").status_code == 404


def test_text_of_others_is_shown_as_text(client_of: Callable[[User], FlaskClient]) -> None:
    initiative = make_initiative()
    submit_again(initiative, problem="<script>alert(1)</script> 100% {{ 7 * 7 }}")

    browser = client_of(make_user())
    pages = [browser.get(f"/initiatives/{initiative.id}{page}").text for page in ("", "/versions")]

    assert [page for page in pages if "<script>alert" in page] == []
    assert "100% {{ 7 * 7 }}" in pages[0]
