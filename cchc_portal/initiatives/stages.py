"""The status stepper: the way of a kind, and where an initiative stands on it."""

from dataclasses import dataclass
from typing import Literal

from cchc_portal.initiatives.models import Initiative, Kind, State

PRACTICE_WAY = (State.SUBMITTED, State.PUBLISHED, State.SELECTED, State.REPLICATING, State.EVALUATED)
INITIATIVE_WAY = (
    State.SUBMITTED,
    State.ACCEPTED,
    State.UNDER_REVIEW,
    State.RECOGNISED,
    State.SELECTED,
    State.REPLICATING,
    State.EVALUATED,
)
SIDE_STATES = {
    State.DRAFT: State.SUBMITTED,
    State.RETURNED: State.SUBMITTED,
    State.WITHDRAWN: State.SUBMITTED,
    State.NOT_RECOGNISED: State.RECOGNISED,
}


@dataclass(frozen=True)
class Stage:
    """One step of the way: done, now, next, or off the way ("returned", "withdrawn", …)."""

    label: str
    state: Literal["done", "now", "next", "off"]
    note: str = ""


def stages(initiative: Initiative) -> list[Stage]:
    """Return the steps of the initiative's way in order, the present one marked."""
    way = INITIATIVE_WAY if initiative.kind is Kind.INITIATIVE else PRACTICE_WAY
    here = SIDE_STATES.get(initiative.state, initiative.state)
    reached = way.index(here)
    off = initiative.state in SIDE_STATES
    return [
        Stage((initiative.state if off and place == reached else step).label, _mark(place, reached, off=off))
        for place, step in enumerate(way)
    ]


def _mark(place: int, reached: int, *, off: bool) -> Literal["done", "now", "next", "off"]:
    if place < reached:
        return "done"
    if place > reached:
        return "next"
    return "off" if off else "now"
