from collections.abc import Callable

import pytest
from flask import Flask
from flask.testing import FlaskClient

from cchc_portal.accounts.models import Role, User
from cchc_portal.core.db import db
from cchc_portal.initiatives.models import Initiative, State
from tests import databases
from tests.factories.accounts import make_user
from tests.factories.initiatives import make_initiative
from tests.factories.votes import make_vote

ClientOf = Callable[[User], FlaskClient]
HTMX = {"HX-Request": "true"}


def address(initiative: Initiative) -> str:
    return f"/initiatives/{initiative.id}/vote"


def stored_count(initiative: Initiative) -> int:
    db.session.expire_all()
    return initiative.vote_count


def test_put_votes_and_answers_with_the_exact_count(app: Flask, client_of: ClientOf) -> None:
    initiative, colleague = make_initiative(), make_user()
    make_vote(initiative)
    browser = client_of(colleague)

    answers = [browser.put(address(initiative)) for _ in range(2)]

    assert [answer.status_code for answer in answers] == [200, 200]
    assert [answer.text.count("data-vote-count>2<") for answer in answers] == [1, 1]
    assert stored_count(initiative) == 2


def test_delete_takes_the_vote_back_and_answers_with_the_exact_count(app: Flask, client_of: ClientOf) -> None:
    initiative, colleague = make_initiative(), make_user()
    make_vote(initiative, by=colleague)
    browser = client_of(colleague)

    answers = [browser.delete(address(initiative)) for _ in range(2)]

    assert [answer.text.count("data-vote-count>0<") for answer in answers] == [1, 1]
    assert stored_count(initiative) == 0


def test_form_without_script_goes_back_to_the_initiative(app: Flask, client_of: ClientOf) -> None:
    initiative = make_initiative()
    browser = client_of(make_user())

    voted = browser.post(address(initiative), data={"_method": "PUT"})
    count = stored_count(initiative)
    taken_back = browser.post(address(initiative), data={"_method": "DELETE"})

    for answer in (voted, taken_back):
        assert (answer.status_code, answer.location) == (303, f"/initiatives/{initiative.id}")
    assert (count, stored_count(initiative)) == (1, 0)


def test_form_with_htmx_gets_the_fragment_and_tells_the_page(app: Flask, client_of: ClientOf) -> None:
    initiative = make_initiative()

    answer = client_of(make_user()).post(address(initiative), data={"_method": "PUT"}, headers=HTMX)

    assert answer.status_code == 200
    assert answer.text.startswith('<section id="vote"')
    assert "vote-changed" in answer.headers["HX-Trigger"]


@databases.on(*databases.BOTH)
@pytest.mark.parametrize(
    ("method", "most"),
    [("put", {"sqlite": 5, "postgresql": 6}), ("delete", {"sqlite": 5, "postgresql": 6})],
)
def test_a_vote_needs_five_statements(
    app: Flask,
    client_of: ClientOf,
    count_queries: Callable[[Callable[[], object]], int],
    method: str,
    most: dict[str, int],
) -> None:
    """Person, initiative, vote, count, event; PostgreSQL also keeps the order of events by a lock."""
    initiative, colleague = make_initiative(), make_user()
    if method == "delete":
        make_vote(initiative, by=colleague)
    browser, path = client_of(colleague), address(initiative)
    send = getattr(browser, method)

    assert count_queries(lambda: send(path)) == most[db.engine.dialect.name]


def test_get_shows_button_count_and_own_vote(app: Flask, client_of: ClientOf) -> None:
    initiative, colleague = make_initiative(), make_user()
    make_vote(initiative, by=colleague)

    page = client_of(colleague).get(address(initiative))
    fragment = client_of(make_user()).get(address(initiative), headers=HTMX)

    assert 'value="DELETE"' in page.text
    assert "<html" in page.text
    assert 'value="PUT"' in fragment.text
    assert "<html" not in fragment.text


def test_ones_own_has_no_button_and_refuses(app: Flask, client_of: ClientOf) -> None:
    author = make_user()
    initiative = make_initiative(by=author)
    browser = client_of(author)

    assert 'name="_method"' not in browser.get(address(initiative), headers=HTMX).text
    assert browser.put(address(initiative)).status_code == 403
    assert stored_count(initiative) == 0


def test_an_administrator_is_refused(app: Flask, client_of: ClientOf) -> None:
    assert client_of(make_user(Role.ADMIN)).put(address(make_initiative())).status_code == 403


def test_a_foreign_draft_is_not_found(app: Flask, client_of: ClientOf) -> None:
    draft = make_initiative(state=State.DRAFT)
    browser = client_of(make_user())

    paths = (address(draft), f"/initiatives/{draft.id}/voters")
    assert [browser.get(path).status_code for path in paths] == [404, 404]
    assert browser.put(address(draft)).status_code == 404


def test_voters_are_named_to_colleagues(app: Flask, client_of: ClientOf) -> None:
    initiative = make_initiative()
    make_vote(initiative, by=make_user(full_name="Lê Thị Đào"))

    answer = client_of(make_user()).get(f"/initiatives/{initiative.id}/voters", headers=HTMX)

    assert answer.text.count("Lê Thị Đào") == 1


def test_voters_stay_unnamed_where_the_office_says_so(
    app: Flask, client_of: ClientOf, monkeypatch: pytest.MonkeyPatch
) -> None:
    initiative = make_initiative()
    make_vote(initiative)
    monkeypatch.setitem(app.config, "CCHC_VOTERS_VISIBLE", value=False)
    browser = client_of(make_user())

    assert browser.get(f"/initiatives/{initiative.id}/voters").status_code == 404
    assert "voters" not in browser.get(address(initiative), headers=HTMX).text


def test_nobody_calls_it_a_formal_vote(app: Flask, client_of: ClientOf) -> None:
    """Bình chọn is advisory; biểu quyết is what a council does."""
    answer = client_of(make_user()).get(address(make_initiative()))

    assert "bình chọn" in answer.text
    assert "biểu quyết" not in answer.text.lower()
