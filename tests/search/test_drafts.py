"""Drafts are found by their authors, and learned of by nobody else."""

import json
from collections.abc import Callable

import pytest
from flask.testing import FlaskClient

from cchc_portal.accounts.models import Role, User
from cchc_portal.core.db import db, unit_of_work
from cchc_portal.initiatives import operations as initiatives
from cchc_portal.initiatives.models import Draft, Initiative, State
from cchc_portal.search import entries, index, queries
from cchc_portal.search.queries import Criteria
from tests.factories.accounts import make_user
from tests.factories.initiatives import make_initiative

pytestmark = pytest.mark.parametrize("app", ["sqlite"], indirect=True)
Indexed = Callable[[], None]
Browser = Callable[[User], FlaskClient]
ASKED = (
    "/search?q=xyzzyword",
    "/search?q=xyzzywor",
    "/search?q=xyzzywrod",
    "/search?q=ho+so",
    "/search?q=&type=initiative",
    "/search?q=trạng-thái:draft",
    "/search/suggestions?q=xyzzy",
    "/search/suggestions?q=ho+so",
    "/search/similar?title=tra+cuu+ho+so+xyzzyword+truc+tuyen",
)


def found(typed: str, to: User | None, **filters: str) -> list[int]:
    chosen = {name: frozenset({value}) for name, value in filters.items()}
    return [draft.id for draft in queries.results(Criteria(q=typed, filters=chosen), to=to).drafts]


def rewrite(initiative: Initiative, **texts: str) -> None:
    with unit_of_work():
        draft = db.session.get_one(Draft, initiative.id)
        content = draft.content | texts
        initiatives.save(initiative, by=initiative.created_by, content=content, revision=draft.revision)


def test_a_draft_is_found_by_its_author_as_it_was_last_saved(indexed: Indexed) -> None:
    author = make_user()
    draft = make_initiative(state=State.DRAFT, by=author, title="Tra cứu hồ sơ đất đai")
    indexed()

    rewrite(draft, problem="Người dân phải đi lại nhiều lần")

    for typed in ("tra cuu ho so", "đi lại nhiều l", '"đi lại nhiều"', "hồ sơ -zalo", "tra cứu nhiều lần"):
        assert found(typed, author) == [draft.id], typed
    for typed in ("hồ sơ zalo", '"lại đi"', "hồ sơ -đất", "  "):
        assert found(typed, author) == [], typed


def test_filters_that_no_draft_passes_leave_none(indexed: Indexed) -> None:
    author = make_user()
    draft = make_initiative(state=State.DRAFT, by=author, title="Tra cứu hồ sơ")
    indexed()

    assert found("hồ sơ", author, type="initiative") == found("", author, status="draft") == [draft.id]
    assert found("hồ sơ", author, type="comment") == found("hồ sơ", author, year="2023") == []


def test_a_deleted_draft_is_gone_and_back(indexed: Indexed) -> None:
    author = make_user()
    draft = make_initiative(state=State.DRAFT, by=author, title="Tra cứu hồ sơ")
    indexed()

    with unit_of_work():
        initiatives.delete(draft, by=author)
    assert found("hồ sơ", author) == []
    with unit_of_work():
        initiatives.restore(draft, by=author)
    assert found("hồ sơ", author) == [draft.id]


def test_co_authors_find_it_nobody_else_does(indexed: Indexed) -> None:
    author, second = make_user(), make_user()
    draft = make_initiative(state=State.DRAFT, by=author, title="Tra cứu hồ sơ")
    authors = [
        {"user_id": str(person.id), "name": "", "workplace": "", "share": "50"} for person in (author, second)
    ]
    rewrite(draft, authors=authors)
    indexed()

    assert found("hồ sơ", author) == found("hồ sơ", second) == [draft.id]
    for other in (None, make_user(), make_user(Role.OFFICE), make_user(Role.LEADER), make_user(Role.ADMIN)):
        assert found("hồ sơ", other) == []


def test_the_author_sees_drafts_beside_the_results(client_of: Browser, indexed: Indexed) -> None:
    author = make_user()
    draft = make_initiative(state=State.DRAFT, by=author, title="Tra cứu <b>hồ sơ")
    indexed()

    page = client_of(author).get("/search?q=ho+so").text

    assert f'href="/initiatives/{draft.id}/draft">Tra cứu &lt;b&gt;<mark>hồ sơ</mark></a>' in page
    assert "1 bản nháp của bạn" in page


def test_nothing_tells_others_of_a_draft(client_of: Browser, indexed: Indexed) -> None:
    author = make_user()
    make_initiative(state=State.PUBLISHED, title="Tra cứu hồ sơ đất đai trực tuyến")
    before = _everything_shown(client_of, indexed)

    draft = make_initiative(state=State.DRAFT, by=author, title="Tra cứu hồ sơ xyzzyword trực tuyến")
    rewrite(draft, problem="Tra cứu hồ sơ xyzzyword mật của tổ", tags="thẻ xyzzyword")

    assert _everything_shown(client_of, indexed) == before
    assert db.session.query(entries.Entry).filter(entries.Entry.folded.contains("xyzzyword")).count() == 0
    assert len(index.current().reader.revisions()) == 1


def _everything_shown(client_of: Browser, indexed: Indexed) -> str:
    """Return what a colleague and the Office are told, whatever they ask."""
    indexed()
    browsers = [client_of(make_user()), client_of(make_user(Role.OFFICE))]
    answers = [
        browser.get(address, headers={"HX-Request": "true"}) for browser in browsers for address in ASKED
    ]
    return json.dumps([answer.text for answer in answers])
