"""One commit, at the edge."""

from tests.architecture.sources import called_name, calls, functions

EDGES = {
    "unit_of_work": "commands and jobs",
    "dispatch_request": "requests",
}


def test_only_the_edges_commit() -> None:
    committing = [
        place
        for place, node in functions()
        if node.name not in EDGES
        and any(called_name(call).endswith("session.commit") for call in calls(node))
    ]

    assert committing == []
