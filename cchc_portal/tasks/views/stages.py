"""The status stepper of a task."""

from dataclasses import dataclass
from typing import Literal

from flask_babel import gettext as _

from cchc_portal.core.i18n import N_
from cchc_portal.tasks.models import State, Task

GIVEN = N_("Đã giao")
WAY = (State.NOT_STARTED, State.IN_PROGRESS, State.REPORTED, State.VERIFIED, State.DONE)


@dataclass(frozen=True)
class Stage:
    """One step of the way: done, now, next, or off it (cancelled)."""

    label: str
    state: Literal["done", "now", "next", "off"]
    note: str = ""


def stages(task: Task) -> list[Stage]:
    """Return the steps of a task's way in order, the present one marked."""
    if task.state is State.CANCELLED:
        return [Stage(_(GIVEN), "done"), Stage(_(State.CANCELLED.label), "off")]
    reached = WAY.index(task.state)
    labels = (GIVEN, *(step.label for step in WAY[1:]))  # "not begun" would read oddly once it is done
    return [Stage(_(label), _mark(place, reached)) for place, label in enumerate(labels)]


def _mark(place: int, reached: int) -> Literal["done", "now", "next"]:
    if place < reached or (place == reached == len(WAY) - 1):
        return "done"
    return "now" if place == reached else "next"
