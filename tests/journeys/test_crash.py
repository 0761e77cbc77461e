"""What was acknowledged survives `kill -9` of web server and worker at any moment."""

import io
import json
import os
import random
import shutil
import signal
import sqlite3
import threading
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from http.client import HTTPException
from pathlib import Path
from urllib.error import HTTPError, URLError

import pytest
from PIL import Image

from tests.journeys.conftest import Portal, start_portal
from tests.journeys.visitor import Visitor, status_of

pytestmark = [pytest.mark.slow, pytest.mark.timeout(400), pytest.mark.xdist_group("browser")]

ROUNDS = 3
ONES_OWN = {403, 409}  # not open to votes, or by the voter


@dataclass
class Acknowledged:
    """What the portal said it had kept."""

    submitted: dict[str, str] = field(default_factory=dict)  # id -> words only this one has
    votes: set[str] = field(default_factory=set)
    files: set[str] = field(default_factory=set)
    refusals: list[int] = field(default_factory=list)
    acts: Counter[str] = field(default_factory=Counter)  # how often each kind of work was answered


@pytest.fixture
def data(demo_data: Path, tmp_path: Path) -> Path:
    copy = tmp_path / "crash"
    shutil.copytree(demo_data, copy)
    return copy


def test_killed_portal_keeps_what_it_acknowledged(data: Path) -> None:
    dice = random.Random(20230315)  # noqa: S311  moments, not secrets
    kept = Acknowledged()

    for turn in range(ROUNDS):
        portal = start_portal(data)
        _work_until_killed(portal, kept, turn=turn, moment=dice.random())

    portal = start_portal(data)
    try:
        assert kept.refusals == []
        assert kept.submitted
        assert kept.votes
        assert kept.files
        _expect_kept(portal, kept)
        _expect_found(portal, kept)
    finally:
        portal.stop()
    _expect_sound(data)


def test_killed_worker_is_started_again(data: Path) -> None:
    portal = start_portal(data)
    try:
        before = _worker_of(portal)
        os.kill(before, signal.SIGKILL)
        clerk = Visitor(portal.address, "canbo.cap")

        words = "quyetphucvu"
        _submit(clerk, words)

        _expect_found(portal, Acknowledged(submitted={"": words}))
        assert _worker_of(portal) != before
    finally:
        portal.stop()


def _work_until_killed(portal: Portal, kept: Acknowledged, *, turn: int, moment: float) -> None:
    """Kill the portal at a moment when every kind of work is going on."""
    clerks = [Visitor(portal.address, name) for name in ("canbo.tpht", "canbo.vhxh", "canbo.dcxd")]
    work = (_write, _vote, _attach)
    threads = [
        threading.Thread(target=_go_on, args=(act, clerk, kept, turn), daemon=True)
        for act, clerk in zip(work, clerks, strict=True)
    ]
    wanted = {act.__name__: kept.acts[act.__name__] + 1 for act in work}
    for thread in threads:
        thread.start()
    try:
        _wait_for(lambda: kept.refusals or all(kept.acts[name] >= n for name, n in wanted.items()))
        time.sleep(moment)
    finally:
        _kill_all(portal)
    for thread in threads:
        thread.join(timeout=60)


def _wait_for(condition: Callable[[], object]) -> None:
    for _ in range(600):
        if condition():
            return
        time.sleep(0.1)
    pytest.fail("it did not come so far within a minute")


def _go_on(act, clerk: Visitor, kept: Acknowledged, turn: int) -> None:  # noqa: ANN001
    """Work until the portal is gone; only what was answered counts as acknowledged."""
    try:
        for number in range(1000):
            act(clerk, kept, f"tu{turn}so{number}")
            kept.acts[act.__name__] += 1
    except HTTPError as refused:
        kept.refusals.append(status_of(refused))
    except (URLError, HTTPException, OSError):
        return


def _write(clerk: Visitor, kept: Acknowledged, words: str) -> None:
    where = _submit(clerk, words)
    kept.submitted[where.rpartition("/")[2]] = words


def _submit(clerk: Visitor, words: str) -> str:
    title = f"Cải tiến quy trình {words} tại bộ phận một cửa"
    draft = clerk.post("/initiatives", kind="good_practice", entry_mode="propose", title=title)
    page = clerk.get(draft)
    fields = {
        "revision": "1",
        "kind": "good_practice",
        "entry_mode": "propose",
        "title": title,
        "problem": "Hồ sơ phải chờ lâu.",
        "solution": "Phân luồng hồ sơ ngay tại quầy.",
        "result": "Giảm một nửa thời gian chờ.",
        "fields": "2",
        "authors-0-user_id": page.split('name="authors-0-user_id"')[1].split('value="')[1].split('"')[0],
        "authors-0-share": "100",
        "answers-0-item_id": _first_item(page),
        "answers-0-sentence": "Rút ngắn thời gian giải quyết hồ sơ.",
    }
    return clerk.post(draft.replace("/draft", "/submission"), **fields)


def _first_item(page: str) -> str:
    options = page.split('name="answers-0-item_id"')[1].split("</select>", maxsplit=1)[0]
    values = [part.split('"')[0] for part in options.split('value="')[1:]]
    return next((value for value in values if value), "")


def _vote(clerk: Visitor, kept: Acknowledged, words: str) -> None:
    turn, _, number = words.removeprefix("tu").partition("so")
    target = str(1 + (int(turn) * 7 + int(number)) % 25)
    try:
        clerk.post(f"/initiatives/{target}/vote", _method="PUT")
    except HTTPError as refused:
        if status_of(refused) not in ONES_OWN:
            raise
        return
    kept.votes.add(target)


def _attach(clerk: Visitor, kept: Acknowledged, words: str) -> None:
    draft = clerk.post("/initiatives", kind="model", entry_mode="propose", title=f"Bản nháp {words} có tệp")
    number = draft.split("/")[2]
    clerk.upload(f"/initiatives/{number}/attachments", name=f"{words}.png", content=_picture())
    kept.files.add(number)


def _picture() -> bytes:
    file = io.BytesIO()
    Image.new("RGB", (2, 2)).save(file, "PNG")
    return file.getvalue()


def _kill_all(portal: Portal) -> None:
    """Kill web server, its processes and the worker at once."""
    family = [portal.process.pid, *_children(portal.process.pid)]
    for pid in family:
        try:
            os.kill(pid, signal.SIGKILL)
        except ProcessLookupError:
            continue
    portal.process.wait(timeout=10)


def _children(pid: int) -> list[int]:
    listed = " ".join(part.read_text() for part in Path(f"/proc/{pid}/task").glob("*/children"))
    return [int(child) for child in listed.split()]  # of every thread: the worker is started again by one


def _worker_of(portal: Portal) -> int:
    for _ in range(100):
        for child in _children(portal.process.pid):
            if b"worker" in Path(f"/proc/{child}/cmdline").read_bytes():
                return child
        time.sleep(0.1)
    pytest.fail("no worker beside the web server")


def _expect_kept(portal: Portal, kept: Acknowledged) -> None:
    reader = Visitor(portal.address, "canbo.tckt")
    for number, words in kept.submitted.items():
        assert words in reader.get(f"/initiatives/{number}")
    voter = Visitor(portal.address, "canbo.vhxh")
    for number in kept.votes:
        assert 'value="DELETE"' in voter.get(f"/initiatives/{number}/vote")
    writer = Visitor(portal.address, "canbo.dcxd")
    for number in kept.files:
        assert ".png" in writer.get(f"/initiatives/{number}/attachments")


def _expect_found(portal: Portal, kept: Acknowledged) -> None:
    missing = set(kept.submitted.values())
    for _ in range(30):
        answers = {
            words: json.loads(portal.flask("search", "query", words, "--json"))
            for words in sorted(missing)[:5]
        }
        missing -= {words for words, hits in answers.items() if any(words in hit["title"] for hit in hits)}
        if not missing:
            return
        time.sleep(0.2)
    assert missing == set()


def _expect_sound(data: Path) -> None:
    base = sqlite3.connect(data / "portal.db")
    try:
        assert base.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        wrong = base.execute(
            "SELECT id FROM initiative WHERE vote_count <> (SELECT count(*) FROM vote WHERE initiative_id = initiative.id)"
        )
        assert wrong.fetchall() == []
    finally:
        base.close()


def test_portal_stops_soon_and_whole(data: Path) -> None:
    portal = start_portal(data)
    family = [portal.process.pid, *_children(portal.process.pid)]
    began = time.monotonic()

    portal.stop()

    took = time.monotonic() - began
    _wait_for(lambda: not any(map(_lives, family)))  # the last one may need a moment to be gone
    assert took < 14  # gunicorn kills its processes after 15


def _lives(pid: int) -> bool:
    """Say whether a process runs; one that has ended but was not fetched by its parent does not."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False
