"""The stepper: one step is now, what comes before is done."""

import pytest
from flask import Flask

from cchc_portal.tasks.models import State, Task
from cchc_portal.tasks.views.stages import stages


@pytest.mark.parametrize(
    ("state", "steps"),
    [
        (State.NOT_STARTED, "now next next next next"),
        (State.IN_PROGRESS, "done now next next next"),
        (State.REPORTED, "done done now next next"),
        (State.VERIFIED, "done done done now next"),
        (State.DONE, "done done done done done"),
        (State.CANCELLED, "done off"),
    ],
)
def test_stages_of_every_state(app: Flask, state: State, steps: str) -> None:
    with app.test_request_context():
        found = stages(Task(state=state))

    assert " ".join(stage.state for stage in found) == steps
    assert found[0].label == "Đã giao"
    assert len({stage.label for stage in found}) == len(found)
