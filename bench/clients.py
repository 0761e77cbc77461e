"""Eight clients at once, each with the sign-in of its own people."""

import http.client
import re
import threading
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from urllib.parse import urlencode

from bench.servers import Server

CLIENTS = 8
FORM = "application/x-www-form-urlencoded"
_TOKEN = re.compile(r'name="csrf_token"[^>]*value="([^"]+)"')


@dataclass(frozen=True)
class Request:
    """What one client asks once."""

    path: str
    method: str = "GET"
    form: Mapping[str, str] | Sequence[tuple[str, str]] = field(default_factory=dict)
    is_fragment: bool = False


@dataclass(frozen=True)
class Answer:
    """What came back."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def text(self) -> str:
        """The body as text."""
        return self.body.decode()


class Browser:
    """A signed-in browser on one connection.

    Args:
        port: where the server listens.
        number: number of the person within the volume, from 1.
    """

    def __init__(self, port: int, number: int) -> None:
        self.port, self.number = port, number
        self.accepts = ""  # encodings; nothing while answers are read here
        self._cookies: dict[str, str] = {}
        self._token = ""
        self._connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)

    def enter_portal(self, username: str, password: str) -> "Browser":
        """Sign in to the portal."""
        self._token = self._find_token(self.ask(Request("/sign-in")))
        form = {"username": username, "password": password, "csrf_token": self._token}
        answer = self.ask(Request("/sign-in", "POST", form))
        if answer.status != http.client.SEE_OTHER:
            raise SystemExit(f"{username} cannot sign in: {answer.status}")
        self._token = self._find_token(self.ask(Request("/")))
        return self

    def enter_limit(self, user_id: int) -> "Browser":
        """Sign in to the bare program."""
        self.ask(Request(f"/sign-in/{user_id}", "POST"))
        return self

    def ask(self, request: Request) -> Answer:
        """Send a request and read the answer."""
        try:
            got = self._send(request)
        except (http.client.RemoteDisconnected, ConnectionError):  # closed while it was idle
            self._connection.close()
            got = self._send(request)
        answer = Answer(got.status, dict(got.getheaders()), got.read())
        for cookie in got.headers.get_all("Set-Cookie") or ():
            name, _, value = cookie.partition(";")[0].partition("=")
            self._cookies[name] = value
        return answer

    def rest(self) -> None:
        """Close the connection until the next request."""
        self._connection.close()

    def _send(self, request: Request) -> http.client.HTTPResponse:
        body = urlencode(request.form) if request.method != "GET" else None
        self._connection.request(request.method, request.path, body, self._headers(request))
        return self._connection.getresponse()

    def _headers(self, request: Request) -> dict[str, str]:
        headers = {"Cookie": "; ".join(f"{name}={value}" for name, value in self._cookies.items())}
        if self.accepts:
            headers["Accept-Encoding"] = self.accepts
        if self._token:
            headers |= {"X-CSRFToken": self._token, "Referer": f"http://127.0.0.1:{self.port}/"}
        if request.is_fragment:
            headers |= {"HX-Request": "true"}
        if request.method != "GET":
            headers["Content-Type"] = FORM
        return headers

    def _find_token(self, answer: Answer) -> str:
        found = _TOKEN.search(answer.text)
        if found is None:
            raise SystemExit(f"no form in the answer: {answer.status}")
        return found[1]


def run(
    server: Server, browsers: Sequence[Browser], next_request: Callable[[Browser], Request], count: int
) -> float:
    """Let the clients ask and return the server's processor milliseconds per request.

    Args:
        server: whose processor time is read.
        browsers: signed-in ones; every client takes its share of them in turn.
        next_request: gives each browser what to ask next.
        count: number of requests over all clients.

    Raises:
        SystemExit: an answer was an error; a measurement of errors says nothing.
    """
    shares = [browsers[client::CLIENTS] for client in range(CLIENTS)]
    failures: list[str] = []
    threads = [
        threading.Thread(target=_client, args=(share, next_request, count // CLIENTS, failures))
        for share in shares
    ]
    before = server.cpu()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    used = server.cpu() - before
    for browser in browsers:
        browser.rest()
    if failures:
        raise SystemExit(failures[0])
    return used * 1000 / (count // CLIENTS * CLIENTS)


def _client(
    browsers: Sequence[Browser],
    next_request: Callable[[Browser], Request],
    count: int,
    failures: list[str],
) -> None:
    try:
        for turn in range(count):
            browser = browsers[turn % len(browsers)]
            _ask(browser, next_request(browser))
    except Exception as error:  # noqa: BLE001  a client that stops early makes the others look cheap
        failures.append(str(error) or repr(error))


def _ask(browser: Browser, request: Request) -> None:
    answer = browser.ask(request)
    if answer.status >= http.client.BAD_REQUEST:
        raise ValueError(f"{request.method} {request.path}: {answer.status} {answer.body[:300]!r}")
