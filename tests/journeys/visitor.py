"""A browser without a face: signs in, fills in forms, follows redirects."""

import re
import uuid
from http.cookiejar import CookieJar
from urllib.error import HTTPError
from urllib.parse import urlencode
from urllib.request import HTTPCookieProcessor, OpenerDirector, Request, build_opener

TOKEN = re.compile(r'name="csrf_token"[^>]*value="([^"]+)"')
PASSWORD = "cchc-demo-2023"


class Visitor:
    """Somebody who works with the portal over HTTP; statuses of 400 and above raise HTTPError."""

    def __init__(self, address: str, username: str) -> None:
        self.address = address
        self._opener: OpenerDirector = build_opener(HTTPCookieProcessor(CookieJar()))
        page = self.get("/sign-in")
        self._token = _token_in(page)
        self.post("/sign-in", username=username, password=PASSWORD)
        self._token = _token_in(self.get("/me"))

    def get(self, path: str) -> str:
        """Return a page."""
        with self._opener.open(self.address + path, timeout=30) as answer:
            return str(answer.read().decode())

    def ends_up(self, path: str) -> str:
        """Return the address to which a page leads."""
        return self._send(Request(self.address + path))  # noqa: S310  our own server

    def post(self, path: str, **fields: str) -> str:
        """Post a form; return the address one ends up at."""
        body = urlencode({"csrf_token": self._token, **fields}).encode()
        return self._send(Request(self.address + path, data=body))  # noqa: S310  our own server

    def upload(self, path: str, *, name: str, content: bytes) -> str:
        """Post a file in the field "files"; return the address one ends up at."""
        edge = uuid.uuid4().hex
        parts = (
            f'--{edge}\r\nContent-Disposition: form-data; name="csrf_token"\r\n\r\n{self._token}\r\n'
            f'--{edge}\r\nContent-Disposition: form-data; name="files"; filename="{name}"\r\n\r\n'
        )
        body = parts.encode() + content + f"\r\n--{edge}--\r\n".encode()
        request = Request(self.address + path, data=body)  # noqa: S310  our own server
        request.add_header("Content-Type", f"multipart/form-data; boundary={edge}")
        return self._send(request)

    def _send(self, request: Request) -> str:
        request.add_header("Origin", self.address)
        with self._opener.open(request, timeout=30) as answer:
            return str(answer.geturl()).removeprefix(self.address)


def status_of(error: HTTPError) -> int:
    """Return the status of a refusal and let go of its connection."""
    error.close()
    return error.code


def _token_in(page: str) -> str:
    found = TOKEN.search(page)
    assert found, "no form on the page"
    return found.group(1)
