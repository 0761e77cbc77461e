import threading
from datetime import datetime

import pytest

from cchc_portal.web import counters
from cchc_portal.web.counters import Counters


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """Give a clock that tests move: its only element is the time."""
    now = [datetime(2023, 3, 1).timestamp()]  # noqa: DTZ001  any moment
    monkeypatch.setattr("time.time", lambda: now[0])
    return now


def test_counts_go_up_one_by_one(clock: list[float]) -> None:
    storage = Counters()

    assert [storage.incr("a", 60) for _ in range(3)] == [1, 2, 3]
    assert storage.incr("b", 60) == 1


def test_count_begins_again_when_its_time_is_over(clock: list[float]) -> None:
    storage = Counters()
    storage.incr("a", 60)
    storage.incr("a", 60)

    clock[0] += 61

    assert storage.incr("a", 60) == 1


def test_count_holds_until_its_time_is_over(clock: list[float]) -> None:
    storage = Counters()
    storage.incr("a", 60)

    clock[0] += 59

    assert storage.incr("a", 60) == 2


def test_what_has_expired_does_not_gather(clock: list[float], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(counters, "MANY", 100)
    storage = Counters()
    for number in range(100):
        storage.incr(f"old {number}", 60)

    clock[0] += 61
    storage.incr("new", 60)

    assert list(storage.storage) == ["new"]
    assert list(storage.expirations) == ["new"]


def test_no_thread_is_started_for_a_count() -> None:
    storage = Counters()
    storage.timer.join()
    before = threading.active_count()

    for _ in range(20):
        storage.incr("a", 60)

    assert threading.active_count() == before


def test_counts_are_exact_when_threads_race() -> None:
    storage = Counters()

    threads = [threading.Thread(target=lambda: [storage.incr("a", 60) for _ in range(200)]) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert storage.get("a") == 1600
