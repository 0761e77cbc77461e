from collections.abc import Callable

from flask import Flask
from flask.testing import FlaskClient

from cchc_portal.accounts.models import User
from cchc_portal.following import queries
from cchc_portal.initiatives.models import State
from tests.factories.accounts import make_user
from tests.factories.following import make_follower
from tests.factories.initiatives import make_initiative

ClientOf = Callable[[User], FlaskClient]
HTMX = {"HX-Request": "true"}


def test_put_follows_and_offers_to_leave(app: Flask, client_of: ClientOf) -> None:
    initiative, colleague = make_initiative(), make_user()

    answer = client_of(colleague).put(f"/initiatives/{initiative.id}/following")

    assert 'value="DELETE"' in answer.text
    assert queries.follower_ids(initiative) == {colleague.id}


def test_delete_leaves_and_offers_to_follow(app: Flask, client_of: ClientOf) -> None:
    initiative = make_initiative()
    colleague = make_follower(initiative)

    answer = client_of(colleague).delete(f"/initiatives/{initiative.id}/following")

    assert 'value="PUT"' in answer.text
    assert queries.follower_ids(initiative) == set()


def test_form_without_script_goes_back_to_the_initiative(app: Flask, client_of: ClientOf) -> None:
    initiative = make_initiative()
    colleague = make_follower(initiative)

    answer = client_of(colleague).post(f"/initiatives/{initiative.id}/following", data={"_method": "DELETE"})

    assert (answer.status_code, answer.location) == (303, f"/initiatives/{initiative.id}")
    assert queries.follower_ids(initiative) == set()


def test_get_shows_the_state_as_page_and_fragment(app: Flask, client_of: ClientOf) -> None:
    initiative = make_initiative()
    path = f"/initiatives/{initiative.id}/following"

    page = client_of(make_user()).get(path)
    fragment = client_of(make_follower(initiative)).get(path, headers=HTMX)

    assert ("<html" in page.text, 'value="PUT"' in page.text) == (True, True)
    assert ("<html" in fragment.text, 'value="DELETE"' in fragment.text) == (False, True)


def test_a_foreign_draft_is_not_found(app: Flask, client_of: ClientOf) -> None:
    path = f"/initiatives/{make_initiative(state=State.DRAFT).id}/following"
    browser = client_of(make_user())

    assert [browser.get(path).status_code, browser.put(path).status_code] == [404, 404]
