"""Start-up time and memory of both programs."""

import statistics
from collections.abc import Callable
from contextlib import AbstractContextManager

from bench import servers, tables
from bench.data import DataSet
from bench.servers import Server

Start = Callable[[], AbstractContextManager[Server]]


def measure(data: DataSet, *, times: int) -> None:
    """Print seconds from process to first page and memory after it."""
    starts: dict[str, Start] = {
        "bare program": lambda: servers.limit(data.limit_database, log=data.log),
        "portal, web": lambda: servers.portal(data.folder, log=data.log),
        "portal with worker": lambda: servers.portal(data.folder, log=data.log, worker=True),
    }
    found: dict[str, list[tuple[float, float]]] = {name: [] for name in starts}
    for _ in range(times):
        for name, start in starts.items():
            with start() as server:
                found[name].append((server.started, server.memory()))
    medians = {
        name: [statistics.median(part) for part in zip(*runs, strict=True)] for name, runs in found.items()
    }
    floor = medians["bare program"][0]
    rows = [
        [name, f"{seconds:.2f}", f"{seconds / floor:.2f}", f"{memory:.0f}"]
        for name, (seconds, memory) in medians.items()
    ]
    tables.show("Start-up, process to first page (bar: ≤ 1.5 times)", ("program", "s", "ratio", "MiB"), rows)
