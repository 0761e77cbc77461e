"""Acts that meet at the same moment, on a running portal: one of them holds, the others are told so."""

import shutil
import sqlite3
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier
from urllib.error import HTTPError

import pytest

from tests.journeys.conftest import Portal, start_portal
from tests.journeys.visitor import Visitor, status_of

pytestmark = [pytest.mark.slow, pytest.mark.timeout(200), pytest.mark.xdist_group("browser")]

DONE, REFUSED = 200, {403, 404, 409}
VOTES = "SELECT vote_count FROM initiative WHERE id = ?"


@pytest.fixture(scope="module")
def portal(demo_data: Path, workplace: Path) -> Iterator[Portal]:
    copy = workplace / "races"
    shutil.copytree(demo_data, copy)
    running = start_portal(copy)
    yield running
    running.stop()


def test_practice_is_published_once(portal: Portal) -> None:
    practice = _one(portal, "SELECT id FROM initiative WHERE state = 'submitted' AND kind <> 'initiative'")
    officers = [Visitor(portal.address, "vptk") for _ in range(4)]

    said = _at_once([lambda one=one: one.post(f"/initiatives/{practice}/publication") for one in officers])

    assert said[DONE] == 1
    assert set(said) <= {DONE, *REFUSED}
    assert _count(portal, "event WHERE name = 'initiative.published' AND subject_id = ?", practice) == 1


def test_two_leaders_select_a_candidate_once(portal: Portal) -> None:
    candidate = _one(portal, "SELECT id FROM initiative WHERE state = 'published'")
    unit = _one(portal, "SELECT id FROM unit WHERE takes_part")
    leaders = [Visitor(portal.address, name) for name in ("chutich", "phochutich", "chutich", "phochutich")]
    terms = {"targets": str(unit), "deadline": "2030-03-15", "note": ""}

    said = _at_once(
        [lambda one=one: one.post(f"/initiatives/{candidate}/selection", **terms) for one in leaders]
    )

    assert said[DONE] == 1
    assert set(said) <= {DONE, *REFUSED}
    assert _count(portal, "selection WHERE initiative_id = ? AND outcome = 'selected'", candidate) == 1


def test_selection_and_refusal_at_once_leave_one_decision(portal: Portal) -> None:
    candidate = _one(portal, "SELECT id FROM initiative WHERE state = 'published' ORDER BY id DESC")
    before = _count(portal, "selection WHERE initiative_id = ?", candidate)
    unit = _one(portal, "SELECT id FROM unit WHERE takes_part")
    chair, vice = Visitor(portal.address, "chutich"), Visitor(portal.address, "phochutich")
    terms = {"targets": str(unit), "deadline": "2030-03-15", "note": ""}

    said = _at_once(
        [
            lambda: chair.post(f"/initiatives/{candidate}/selection", **terms),
            lambda: vice.post(f"/initiatives/{candidate}/non-selection", reason="Cần thêm số liệu."),
        ]
    )

    state = _one(portal, "SELECT state FROM initiative WHERE id = ?", candidate)
    decided = _count(portal, "selection WHERE initiative_id = ?", candidate) - before
    assert decided == said[DONE]
    assert state in {"selected", "published"}
    assert _count(portal, "selection WHERE initiative_id = ? AND outcome = 'selected'", candidate) == (
        state == "selected"
    )


def test_one_person_in_many_windows_votes_once(portal: Portal) -> None:
    name, target = _voter_and_target(portal)
    before = _one(portal, VOTES, target)
    windows = [Visitor(portal.address, name) for _ in range(6)]

    said = _at_once(
        [
            lambda one=one: one.post(f"/initiatives/{target}/vote", _method="PUT")
            for one in windows
            for _ in (1, 2)
        ]
    )

    assert said == Counter({DONE: 12})
    assert _one(portal, VOTES, target) == before + 1
    assert _count(portal, "vote WHERE initiative_id = ?", target) == before + 1


def test_draft_is_submitted_once_from_two_windows(portal: Portal) -> None:
    clerk = Visitor(portal.address, "canbo.tckt")
    title = "Gộp hai lần in thành một tại bộ phận tài chính"
    draft = clerk.post("/initiatives", kind="good_practice", entry_mode="propose", title=title)
    number = draft.split("/")[2]
    author = _one(portal, "SELECT id FROM user WHERE username = 'canbo.tckt'")
    item = _one(portal, "SELECT id FROM directive_item")
    fields = {
        "revision": "1",
        "kind": "good_practice",
        "entry_mode": "propose",
        "title": title,
        "problem": "In hai lần.",
        "solution": "In một lần.",
        "result": "Tiết kiệm giấy.",
        "fields": "2",
        "authors-0-user_id": str(author),
        "authors-0-share": "100",
        "answers-0-item_id": str(item),
        "answers-0-sentence": "Giảm chi phí.",
    }
    windows = [Visitor(portal.address, "canbo.tckt") for _ in range(4)]

    said = _at_once(
        [lambda one=one: one.post(f"/initiatives/{number}/submission", **fields) for one in windows]
    )

    assert said[DONE] >= 1
    assert _count(portal, "version WHERE initiative_id = ?", number) == 1
    assert _count(portal, "event WHERE name = 'initiative.submitted' AND subject_id = ?", number) == 1


def test_role_that_is_taken_away_ends_with_the_next_click(portal: Portal) -> None:
    leader, keeper = Visitor(portal.address, "phochutich"), Visitor(portal.address, "quantri")
    user = _one(portal, "SELECT id FROM user WHERE username = 'phochutich'")
    grant = _one(portal, "SELECT id FROM role_grant WHERE user_id = ? AND role = 'leader'", user)
    candidate = _one(portal, "SELECT id FROM initiative WHERE state = 'published'")
    page = f"/initiatives/{candidate}/selection"
    assert "<form" in leader.get(page)

    keeper.post(f"/admin/accounts/{user}/roles/{grant}", _method="DELETE")

    assert "/sign-in" in leader.ends_up(page)  # changed rights end the sign-in
    again = Visitor(portal.address, "phochutich")
    with pytest.raises(HTTPError) as refused:
        again.get(page)
    assert status_of(refused.value) in REFUSED


def _at_once(acts: Sequence[Callable[[], object]]) -> Counter[int]:
    """Do everything at the same moment; return how often each status came back."""
    start = Barrier(len(acts))

    def run(act: Callable[[], object]) -> int:
        start.wait()
        try:
            act()
        except HTTPError as refused:
            return status_of(refused)
        return DONE

    with ThreadPoolExecutor(len(acts)) as pool:
        return Counter(pool.map(run, acts))


def _voter_and_target(portal: Portal) -> tuple[str, int]:
    """Return somebody and an open practice that they may vote for and have not."""
    query = """
        SELECT user.username, initiative.id FROM user, initiative
        WHERE user.username LIKE 'canbo.%' AND initiative.state = 'published'
        AND initiative.created_by_id <> user.id
        AND NOT EXISTS (SELECT 1 FROM vote WHERE vote.user_id = user.id AND vote.initiative_id = initiative.id)
        AND NOT EXISTS (SELECT 1 FROM author WHERE author.user_id = user.id
                        AND author.initiative_id = initiative.id)
        ORDER BY initiative.id LIMIT 1
    """
    username, number = _row(portal, query)
    return str(username), int(str(number))


def _one(portal: Portal, query: str, *values: object) -> object:
    return _row(portal, query, *values)[0]


def _count(portal: Portal, where: str, number: object) -> int:
    return int(str(_row(portal, f"SELECT count(*) FROM {where}", number)[0]))  # noqa: S608  our own words


def _row(portal: Portal, query: str, *values: object) -> tuple[object, ...]:
    base = sqlite3.connect(portal.data / "portal.db")
    try:
        row = base.execute(query, values).fetchone()
    finally:
        base.close()
    assert row is not None, f"the demonstration has nothing for: {query}"
    return tuple(row)
