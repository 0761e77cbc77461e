"""The status stepper of a task."""

from dataclasses import dataclass
from typing import Literal

from cchc_portal.tasks.models import State, Task

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
        return [Stage(State.NOT_STARTED.label, "done"), Stage(State.CANCELLED.label, "off")]
    reached = WAY.index(task.state)
    return [Stage(step.label, _mark(place, reached)) for place, step in enumerate(WAY)]


def _mark(place: int, reached: int) -> Literal["done", "now", "next"]:
    if place < reached or (place == reached == len(WAY) - 1):
        return "done"
    return "now" if place == reached else "next"
