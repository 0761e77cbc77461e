"""Every page in both widths and both colour schemes: no axe violation, nothing wider than the screen."""

from collections.abc import Callable

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from tests.journeys.conftest import DESKTOP, PHONE, wait_until_at_rest

pytestmark = [pytest.mark.browser, pytest.mark.timeout(300), pytest.mark.xdist_group("browser")]

PAGES = {
    "canbo.tpht": (
        "/",
        "/initiatives",
        "/initiatives/facets",
        "/initiatives/new",
        "/initiatives/4",
        "/initiatives/4/versions",
        "/search?q=mot+cua",
        "/search?q=khongcogi",
        "/search?q=ho+so&status=recognised",
        "/search?q=ho+so&group=unit&view=table",
        "/directives",
        "/directives/1",
        "/directives/1/items/4",
        "/directives/1/coverage",
        "/directives/1/items/4/units/1",
        "/follow-up",
        "/follow-up/coverage",
        "/follow-up/calendar?month=2023-03",
        "/directives/1/items/2/tasks",
        "/directives/1/tasks",
        "/tasks",
        "/tasks/12",
        "/tasks/22",
        "/directives/1/chain",
        "/directives/1/receipts",
        "/directives/1/versions",
        "/directives?words=cai+cach&since=01/01/2023",
        "/replication",
        "/notifications",
        "/notifications/settings",
        "/me",
        "/me/password",
        "/me/reminders",
        "/reminders/mine",
        "/no-such-page",
    ),
    "vptk": (
        "/search/statistics",
        "/searches?q=ho+so",
        "/follow-up?by=unit",
        "/follow-up/views?due=overdue",
        "/",
        "/directives",
        "/directives/1",
        "/directives/import",
        "/directives/outgoing?answers=1",
        "/directives/1/amendment",
        "/directives/1/closure",
        "/initiatives/13",
        "/initiatives/13/return",
        "/comments/reports",
        "/reports/templates",
        "/reports/templates/letter",
        "/reports/letterhead",
        "/reminders",
        "/reminders/schedule",
        "/reminders/units/2/urging",
        "/holidays",
        "/tasks?scope=all",
        "/tasks?scope=verification&state=done",
        "/tasks/11",
        "/tasks/11/verification",
        "/tasks/15",
        "/tasks/15/report",
        "/tasks/15/extension/decision",
        "/tasks/15/details",
        "/tasks/15/person",
        "/directives/1/items/6/tasks/new",
    ),
    "chutich": (
        "/",
        "/replication",
        "/initiatives/10",
        "/initiatives/10/selection",
        "/initiatives/10/non-selection",
    ),
    "quantri": ("/", "/admin", "/admin/accounts", "/admin/units", "/admin/accounts/import", "/admin/events"),
}
LOOKS = [
    pytest.param({"viewport": DESKTOP, "color_scheme": "light"}, id="desktop-light"),
    pytest.param({"viewport": PHONE, "color_scheme": "dark"}, id="phone-dark"),
]


@pytest.mark.parametrize("look", LOOKS)
@pytest.mark.parametrize("username", PAGES)
def test_pages_are_accessible_and_fit(
    sign_in: Callable[..., Page], username: str, look: dict[str, object]
) -> None:
    page = sign_in(username, **look)

    faults = [fault for path in PAGES[username] for fault in faults_of(page, path)]

    assert faults == []


def faults_of(page: Page, path: str) -> list[str]:
    """Return what axe finds on a page, and whether it is wider than the screen."""
    page.goto(path)
    wait_until_at_rest(page)
    found = [f"{path}: {rule['id']}: {rule['nodes'][0]['html'][:120]}" for rule in _violations(page)]
    if page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth"):
        found.append(f"{path}: wider than the screen")
    return found


def _violations(page: Page) -> list[dict[str, list[dict[str, str]]]]:
    return Axe().run(page).response["violations"]
