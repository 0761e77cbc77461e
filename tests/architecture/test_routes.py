"""Addresses: nouns in kebab-case with typed parameters, closed unless opened, writing by operations."""

import ast
import inspect
import re
import textwrap
from collections.abc import Callable, Iterator

import pytest
from flask import Flask

from cchc_portal.web.security import is_public
from cchc_portal.web.transaction import SAFE_METHODS

OPEN = {
    "accounts.choose_language": "the sign-in page comes in every language",
    "accounts.sign_in": "before there is a session",
    "accounts.sign_in_page": "before there is a session",
    "assets.file": "the sign-in page needs its style",
    "health.alive": "machines that watch",
    "health.ready": "machines that watch",
    "notifications.bell": "asks by itself, and must not send a page away on which somebody types",
    "reminders.feed_of": "calendars on phones have the private address alone",
    "static": "the sign-in page needs its fonts",
}
PART = re.compile(
    r"[a-z0-9]+(-[a-z0-9]+)*|<(int|string|path):[a-z_]+>(\.ics)?|<code>"  # 2.a, an item's number
)


def test_open_addresses_are_the_known_ones(portal: Flask) -> None:
    opened = {endpoint for endpoint, view in portal.view_functions.items() if is_public(view)}

    assert opened == set(OPEN)


def test_signed_out_people_are_sent_to_sign_in(portal: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(portal.config, "WTF_CSRF_ENABLED", False)  # noqa: FBT003  a setting
    browser = portal.test_client()

    answers = {
        f"{method} {path}": browser.open(path, method=method)
        for method, path, endpoint in addresses(portal)
        if endpoint not in OPEN
    }

    assert answers
    assert [name for name, answer in answers.items() if answer.status_code != 303] == []
    assert [name for name, answer in answers.items() if not answer.location.startswith("/sign-in")] == []


@pytest.mark.parametrize("headers", [{}, {"HX-Request": "true"}], ids=["page", "fragment"])
def test_writing_needs_the_token_against_forged_requests(portal: Flask, headers: dict[str, str]) -> None:
    browser = portal.test_client()

    statuses = {
        f"{method} {path}": browser.open(path, method=method, headers=headers).status_code
        for method, path, _endpoint in addresses(portal)
        if method not in SAFE_METHODS
    }

    assert statuses
    assert {name: status for name, status in statuses.items() if status != 400} == {}


def test_paths_are_kebab_case_with_typed_parameters(portal: Flask) -> None:
    odd = [
        rule.rule
        for rule in portal.url_map.iter_rules()
        for part in rule.rule.strip("/").split("/")
        if part and not PART.fullmatch(part)
    ]

    assert odd == []


def test_endpoints_are_named_after_their_functions(portal: Flask) -> None:
    odd = {
        endpoint: view.__name__
        for endpoint, view in portal.view_functions.items()
        if "." in endpoint and endpoint.partition(".")[2] != view.__name__
    }

    assert odd == {}


def test_writing_views_reach_an_operation(portal: Flask) -> None:
    writing = {endpoint for method, _path, endpoint in addresses(portal) if method not in SAFE_METHODS}

    idle = [name for name in sorted(writing) if not _reaches_operation(portal.view_functions[name])]

    assert idle == []


def addresses(portal: Flask) -> Iterator[tuple[str, str, str]]:
    """Yield method, an example path and endpoint of every address."""
    for rule in portal.url_map.iter_rules():
        path = re.sub(r"<[^>]+>", "x", re.sub(r"<int:\w+>", "1", rule.rule))
        for method in sorted((rule.methods or set()) - {"HEAD", "OPTIONS"}):
            yield method, path, rule.endpoint


def _reaches_operation(function: Callable[..., object], depth: int = 3) -> bool:
    function = inspect.unwrap(function)
    tree = ast.parse(textwrap.dedent(inspect.getsource(function)))
    named = {ast.unparse(node) for node in ast.walk(tree) if isinstance(node, ast.Attribute | ast.Name)}
    if any(re.match(r"(\w+\.)?operations\.\w+", name) for name in named):
        return True
    beside = [vars(inspect.getmodule(function)).get(name) for name in named if "." not in name]
    inner = [one for one in beside if inspect.isfunction(one) and one is not function]
    return depth > 0 and any(_reaches_operation(one, depth - 1) for one in inner)
