"""What is measured: the requests, and the bars they are held against."""

import re
from collections import deque
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import count
from urllib.parse import quote

from bench.clients import Browser, Request
from bench.data import DataSet

NextRequest = Callable[[Browser], Request]
Prepare = Callable[[Sequence[Browser], int], None]
RARE, COMMON = "cà phê cùng doanh nghiệp ki-ốt", "hồ sơ thủ tục"
MORE = re.compile(r"[?&;]page=([A-Za-z0-9_-]+)")
DEPTH = 20  # pages down the list


@dataclass(frozen=True)
class Case:
    """One line of the table.

    Args:
        name: what it is called.
        against: "L", the bare program's list, or "W", its one-row write.
        bars: the highest ratio allowed by size of the data; none is a line without a bar.
        next_request: gives each browser what to ask next.
        share: part of the usual number of requests, for slow cases.
        prepare: called before each run with the browsers and the number of requests to come.
    """

    name: str
    against: str
    bars: Mapping[int, float]
    next_request: NextRequest
    share: float = 1.0
    prepare: Prepare | None = None


def reading(data: DataSet, browser: Browser) -> list[Case]:
    """Return the cases that change nothing."""
    deep = f"/initiatives?page={_mark_at(browser, DEPTH)}"
    discussed = data.discussed()
    return [
        Case("list", "L", _bars(2.0, 2.0, 2.2), _always("/initiatives")),
        Case(
            "list, filtered",
            "L",
            _bars(2.2, 2.2, 2.5),
            _always("/initiatives?kind=model&status=published&field=2"),
        ),
        Case("list, most voted", "L", _bars(2.0, 2.0, 2.2), _always("/initiatives?sort=votes")),
        Case("list, deep page", "L", _bars(2.5, 2.5, 2.5), _always(deep)),
        Case("list, fragment", "L", _bars(1.6, 1.6, 1.8), _always("/initiatives", is_fragment=True)),
        Case("filters with counts", "L", {}, _always("/initiatives/facets", is_fragment=True), 0.3),
        Case("detail", "L", _bars(2.0, 2.0, 2.0), _details(data)),
        Case("detail, 500 comments", "L", _bars(3.5, 3.5, 3.5), _always(f"/initiatives/{discussed}")),
        Case("  its comments", "L", {}, _always(f"/initiatives/{discussed}/comments", is_fragment=True)),
        Case("home", "L", {}, _always("/")),
        Case("search, rare words", "L", _bars(1.5, 1.5, 2.0), _always(f"/search?q={quote(RARE)}"), 0.5),
        Case(
            "search, two common words", "L", _bars(2.5, 6.0, 60.0), _always(f"/search?q={quote(COMMON)}"), 0.3
        ),
        Case(
            "suggestions",
            "L",
            {},
            _always(f"/search/suggestions?q={quote('thủ tục')}", is_fragment=True),
            0.3,
        ),
    ]


def writing(data: DataSet, browsers: list[Browser], ids: Mapping[int, int]) -> list[Case]:
    """Return the cases that write; each request writes something new."""
    drafts: dict[int, deque[str]] = {browser.number: deque() for browser in browsers}
    ballots = {browser.number: data.to_vote_on(ids[browser.number]) for browser in browsers}
    return [
        Case("vote", "W", _bars(2.5, 2.5, 2.5), _votes(ballots)),
        Case("comment", "W", _bars(3.0, 3.0, 3.0), _comments(data), 0.6),
        Case("submission", "W", _bars(4.0, 4.0, 4.0), _submissions(data, drafts), 0.3, _start(drafts)),
    ]


def limit_list(_browser: Browser) -> Request:
    """Ask the bare program's list."""
    return Request("/")


def limit_writes() -> NextRequest:
    """Ask the bare program for one new row each."""
    numbers = count(1)
    return lambda _browser: Request(f"/initiatives/{next(numbers)}/vote", "POST")


def _bars(small: float, middle: float, large: float) -> dict[int, float]:
    return {1_000: small, 10_000: middle, 100_000: large}


def _always(path: str, *, is_fragment: bool = False) -> NextRequest:
    request = Request(path, is_fragment=is_fragment)
    return lambda _browser: request


def _details(data: DataSet) -> NextRequest:
    rows = data.ask("SELECT id FROM initiative WHERE state = 'published' ORDER BY id DESC LIMIT 200")
    turns = count()
    return lambda _browser: Request(f"/initiatives/{rows[next(turns) % len(rows)][0]}")


def _votes(ballots: Mapping[int, deque[int]]) -> NextRequest:
    return lambda browser: Request(
        f"/initiatives/{ballots[browser.number].popleft()}/vote", "PUT", is_fragment=True
    )


def _comments(data: DataSet) -> NextRequest:
    rows = data.ask("SELECT id FROM initiative WHERE state = 'published' ORDER BY id DESC LIMIT 400")
    turns = count()

    def write(_browser: Browser) -> Request:
        number = next(turns)
        form = {"body": f"Bộ phận tôi đã thử cách này, xin góp ý lần {number}."}
        path = f"/initiatives/{rows[number % len(rows)][0]}/comments"
        return Request(path, "POST", form, is_fragment=True)

    return write


def _start(drafts: Mapping[int, deque[str]]) -> Prepare:
    """Begin the drafts that are handed in later, which is not what is measured."""

    def start(browsers: Sequence[Browser], requests: int) -> None:
        form = {"kind": "good_practice", "entry_mode": "propose", "title": "Niêm yết bằng mã QR"}
        for turn in range(requests * 2):
            browser = browsers[turn % len(browsers)]
            answer = browser.ask(Request("/initiatives", "POST", form))
            drafts[browser.number].append(answer.headers["Location"].removesuffix("/draft"))

    return start


def _submissions(data: DataSet, drafts: Mapping[int, deque[str]]) -> NextRequest:
    item = data.ask("SELECT min(id) FROM directive_item")[0][0]
    form = _text() | (
        {"answers-0-item_id": str(item), "answers-0-sentence": "Làm nhanh hơn."} if item else {}
    )

    def submit(browser: Browser) -> Request:
        path = f"{drafts[browser.number].popleft()}/submission"
        author = {"authors-0-user_id": str(data.person(browser.number)[1])}
        return Request(path, "POST", form | author)

    return submit


def _text() -> dict[str, str]:
    paragraph = "Người dân quét mã để xem thành phần hồ sơ, mức phí và thời hạn giải quyết tại nhà. " * 5
    return {
        "revision": "1",
        "kind": "good_practice",
        "entry_mode": "propose",
        "title": "Niêm yết thủ tục bằng mã QR tại nhà văn hóa",
        **dict.fromkeys(("problem", "solution", "result"), paragraph),
        "fields": "2",
        "tags": "mã QR, một cửa",
        "authors-0-share": "100",
        "figures-0-name": "Thời gian chờ",
        "figures-0-measure": "phút",
        "figures-0-before": "30",
        "figures-0-after": "5",
        "warnings_read": "y",
    }


def _mark_at(browser: Browser, depth: int) -> str:
    """Walk down the list as people do and return the mark of a page."""
    mark = ""
    for _ in range(depth):
        page = browser.ask(Request(f"/initiatives?page={mark}" if mark else "/initiatives"))
        mark = MORE.findall(page.text)[-1]
    return mark
