"""Every event that an operation records stands in the table of consequences, and no other."""

import ast

from cchc_portal.wiring import INSIDE, OUTSIDE, WIRING
from tests.architecture.sources import called_name, calls, modules


def test_events_recorded_are_the_events_wired() -> None:
    recorded = {
        _name(call)
        for tree in modules().values()
        for call in calls(tree)
        if called_name(call) in {"audit.record", "record"}
    }

    assert recorded == set(WIRING)


def test_consumers_named_are_the_consumers_there() -> None:
    named = {consumer for consumers in WIRING.values() for consumer in consumers}

    assert named == {*INSIDE, *OUTSIDE}


def test_table_of_consequences_is_sorted() -> None:
    assert list(WIRING) == sorted(WIRING)


def _name(call: ast.Call) -> str:
    first = call.args[0]
    assert isinstance(first, ast.Constant), f"name of an event is not written out: {ast.unparse(call)}"
    return str(first.value)
