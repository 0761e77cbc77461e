"""The only source of time."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfoNotFoundError

import pytest
import time_machine

from cchc_portal.core import clock


@pytest.fixture
def office() -> Iterator[None]:
    yield
    clock.use_zone("Asia/Ho_Chi_Minh")


def test_now_is_aware_and_in_utc() -> None:
    assert clock.now().tzinfo is UTC


@pytest.mark.parametrize(
    ("moment", "day"),
    [
        (datetime(2023, 3, 14, 16, 59, tzinfo=UTC), date(2023, 3, 14)),
        (datetime(2023, 3, 14, 17, 0, tzinfo=UTC), date(2023, 3, 15)),
    ],
)
def test_day_begins_at_midnight_of_the_office(moment: datetime, day: date) -> None:
    with time_machine.travel(moment, tick=False):
        assert clock.today() == day


def test_office_may_stand_in_another_zone(office: None) -> None:
    clock.use_zone("America/New_York")

    with time_machine.travel(datetime(2023, 3, 15, 1, 0, tzinfo=UTC), tick=False):
        assert clock.today() == date(2023, 3, 14)


def test_unknown_zone_is_refused() -> None:
    with pytest.raises(ZoneInfoNotFoundError):
        clock.use_zone("Asia/Nowhere")
