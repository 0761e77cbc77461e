"""Processor time per request of both programs, in interleaved pairs."""

import statistics
from collections.abc import Sequence
from dataclasses import dataclass, field

from bench import cases, clients, servers, tables
from bench.cases import Case
from bench.clients import Browser
from bench.data import PASSWORD, DataSet, username
from bench.servers import Server

PEOPLE_SIGNED_IN = 16
SIGN_IN_FROM = 2  # the first people of a volume; number 1 stays as it is
ENCODINGS = "gzip, deflate, br"


@dataclass(frozen=True)
class Plan:
    """How much is measured.

    Args:
        pairs: how often each case is measured beside the bare program.
        requests: per run, over all clients.
    """

    pairs: int
    requests: int


@dataclass
class Result:
    """What one case cost, in processor milliseconds per request and as ratio to the bare program."""

    case: Case
    costs: list[float] = field(default_factory=list)
    ratios: list[float] = field(default_factory=list)

    @property
    def cost(self) -> float:
        """The median cost."""
        return statistics.median(self.costs)

    @property
    def ratio(self) -> float:
        """The median ratio."""
        return statistics.median(self.ratios)


def measure(data: DataSet, plan: Plan) -> dict[str, float]:
    """Measure all cases with a data set, print them, and return case -> processor milliseconds."""
    with (
        servers.portal(data.folder, log=data.log) as portal,
        servers.limit(data.limit_database, log=data.log) as bare,
    ):
        people = {number: data.person(number)[1] for number in _numbers()}
        browsers = [
            Browser(portal.port, number).enter_portal(username(number), PASSWORD) for number in people
        ]
        others = [Browser(bare.port, number).enter_limit(user_id) for number, user_id in people.items()]
        listed = [*cases.reading(data, browsers[0]), *cases.writing(data, browsers, people)]
        for browser in (*browsers, *others):
            browser.accepts = ENCODINGS
        results = [Result(case) for case in listed]
        limits = _Limits(bare, others, plan)
        _warm_up(portal, browsers, results, limits)
        for _ in range(plan.pairs):
            for result in results:
                _pair(portal, browsers, result, limits, plan)
        _show(data, results, limits, portal)
    return {result.case.name: result.cost for result in results}


class _Limits:
    """The bare program's list (L) and write (W), measured again for every pair."""

    def __init__(self, server: Server, browsers: Sequence[Browser], plan: Plan) -> None:
        self.server, self._browsers, self._requests = server, browsers, plan.requests
        self._asks = {"L": cases.limit_list, "W": cases.limit_writes()}
        self.costs: dict[str, list[float]] = {"L": [], "W": []}

    def measure(self, which: str, *, keep: bool = True) -> float:
        requests = self._requests * (3 if which == "W" else 1)  # a short request needs more of them
        cost = clients.run(self.server, self._browsers, self._asks[which], requests)
        if keep:
            self.costs[which].append(cost)
        return cost


def _numbers() -> range:
    return range(SIGN_IN_FROM, SIGN_IN_FROM + PEOPLE_SIGNED_IN)


def _warm_up(portal: Server, browsers: Sequence[Browser], results: Sequence[Result], limits: _Limits) -> None:
    for which in ("L", "W"):
        limits.measure(which, keep=False)
    for result in results:
        _run(portal, browsers, result.case, clients.CLIENTS * 2)


def _pair(portal: Server, browsers: Sequence[Browser], result: Result, limits: _Limits, plan: Plan) -> None:
    limit = limits.measure(result.case.against)
    cost = _run(portal, browsers, result.case, int(plan.requests * result.case.share))
    result.costs.append(cost)
    result.ratios.append(cost / limit)


def _run(portal: Server, browsers: Sequence[Browser], case: Case, requests: int) -> float:
    requests = max(requests, clients.CLIENTS)
    if case.prepare:
        case.prepare(browsers, requests)
    return clients.run(portal, browsers, case.next_request, requests)


def _show(data: DataSet, results: Sequence[Result], limits: _Limits, portal: Server) -> None:
    floor = [
        [f"bare program, {words} ({which})", f"{statistics.median(limits.costs[which]):.2f}", "1.00", ""]
        for which, words in (("L", "list"), ("W", "one-row write"))
    ]
    rows = [
        [
            result.case.name,
            f"{result.cost:.2f}",
            f"{result.ratio:.2f} {result.case.against}",
            tables.verdict(result.ratio, result.case.bars.get(data.size)),
        ]
        for result in results
    ]
    title = f"{data.size:,} initiatives: server's processor milliseconds per request, medians of pairs"
    tables.show(title, ("case", "ms", "ratio", "bar"), [*floor, *rows])
    print(f"memory of the web server afterwards: {portal.memory():.0f} MiB (bar: 155)")
