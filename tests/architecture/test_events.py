"""Every event that an operation records stands in the table of consequences, and no other."""

import ast
import re
from collections.abc import Iterator

from cchc_portal.wiring import INSIDE, OUTSIDE, WIRING
from tests.architecture.sources import modules

NAME = re.compile(r"[a-z]+(_[a-z]+)*\.[a-z]+(_[a-z]+)*")


def test_events_recorded_are_the_events_wired() -> None:
    recorded = {name for path, tree in modules().items() if "/operations" in path for name in _names(tree)}

    assert recorded == set(WIRING)


def test_consumers_named_are_the_consumers_there() -> None:
    named = {consumer for consumers in WIRING.values() for consumer in consumers}

    assert named == {*INSIDE, *OUTSIDE}


def test_table_of_consequences_is_sorted() -> None:
    assert list(WIRING) == sorted(WIRING)


def _names(tree: ast.Module) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and NAME.fullmatch(node.value):
            yield node.value
