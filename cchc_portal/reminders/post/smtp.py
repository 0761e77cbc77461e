"""Mail to a server, over one connection, encrypted where it can be, and never waiting long.

Flask-Mailman was the first thought; its SMTP back end encrypts without checking the certificate and
waits for each answer anew, so that a server that drips holds it for good. Python's own library with a
watch beside it is as short.
"""

import contextlib
import smtplib
import socket
import ssl
import threading
from collections.abc import Iterator
from email.message import EmailMessage
from typing import Any
from urllib.parse import SplitResult, unquote

from cchc_portal.reminders.post.faults import Blocked, Later, MailFault, Undeliverable

CONNECT_SECONDS = 4
TOTAL_SECONDS = 9  # for connecting, and for each message: one's own request ends within ten
PORTS = {"smtp": 587, "smtps": 465}
AT_HOME = frozenset({"localhost", "127.0.0.1", "::1"})
FOR_GOOD = 500  # answers from here on are not worth another try
LONGEST_ANSWER = 64 * 1024  # bytes of a greeting or an answer, all its lines together


class _Capped:
    """What the server says, up to a length: an answer without end must not fill the memory."""

    def __init__(self, file: Any) -> None:
        self._file, self.left = file, LONGEST_ANSWER

    def readline(self, limit: int) -> bytes:
        line: bytes = self._file.readline(limit)
        self.left -= len(line)
        if self.left < 0:
            raise smtplib.SMTPServerDisconnected("the answer has no end")
        return line

    def close(self) -> None:
        self._file.close()


class _Client(smtplib.SMTP):
    """The library's client; `cut` ends whatever it waits for, from another thread."""

    def __init__(self, address: SplitResult) -> None:
        super().__init__(timeout=CONNECT_SECONDS, local_hostname=_own_name())
        self._host = address.hostname or ""  # the library checks the certificate against it
        self._is_wrapped = address.scheme == "smtps"
        self._raw: socket.socket | None = None
        self.file: Any = None

    def cut(self) -> None:
        """End the conversation in the middle of it."""
        line = self.sock or self._raw
        if line is not None:
            with contextlib.suppress(OSError):
                socket.socket.shutdown(line, socket.SHUT_RDWR)

    def getreply(self) -> tuple[int, bytes]:
        """Read an answer of a reasonable length."""
        if self.file is None and self.sock is not None:
            self.file = _Capped(self.sock.makefile("rb"))
        if self.file is not None:
            self.file.left = LONGEST_ANSWER
        return super().getreply()

    def _get_socket(self, host: str, port: int, timeout: float) -> socket.socket:
        line = self._raw = socket.create_connection((host, port), timeout)
        if self._is_wrapped:
            context = ssl.create_default_context()
            line = context.wrap_socket(line, server_hostname=self._host, do_handshake_on_connect=False)
            self._raw = line
            line.do_handshake()
        return line


class Line:
    """A connection on which messages go one after the other."""

    def __init__(self, client: _Client) -> None:
        self._client = client

    def send(self, message: EmailMessage) -> None:
        """Hand a message over; it is accepted when this returns."""
        with _in_time(self._client):
            try:
                self._client.send_message(message)
            except smtplib.SMTPRecipientsRefused as refused:
                code, words = next(iter(refused.recipients.values()))
                raise _fault(code, words) from refused
            except smtplib.SMTPDataError as refused:
                raise _fault(refused.smtp_code, refused.smtp_error) from refused


@contextlib.contextmanager
def open_line(address: SplitResult) -> Iterator[Line]:
    """Connect, encrypt and sign in.

    A password never goes over a line that is not encrypted, but to this machine itself.

    Raises:
        Blocked: the server cannot be reached, is not who it says, or refuses the portal.
    """
    client = _Client(address)
    try:
        with _in_time(client):
            _enter(client, address)
        yield Line(client)
    finally:
        _leave(client)


def _enter(client: _Client, address: SplitResult) -> None:
    code, words = client.connect(address.hostname or "", address.port or PORTS[address.scheme])
    if code != 220:  # noqa: PLR2004  the greeting of RFC 5321
        raise Blocked(_said(code, words))
    client.ehlo_or_helo_if_needed()
    if address.scheme == "smtp" and client.has_extn("starttls"):
        client.starttls(context=ssl.create_default_context())
        client.ehlo_or_helo_if_needed()
    elif address.scheme == "smtp" and address.username and address.hostname not in AT_HOME:
        raise Blocked("the server offers no encryption; the password was not sent")
    if address.username:
        client.login(unquote(address.username), unquote(address.password or ""))


def _leave(client: _Client) -> None:
    with contextlib.suppress(MailFault), _in_time(client, seconds=1):
        client.quit()
    client.close()


@contextlib.contextmanager
def _in_time(client: _Client, seconds: float = TOTAL_SECONDS) -> Iterator[None]:
    watch = threading.Timer(seconds, client.cut)
    watch.daemon = True
    watch.start()
    try:
        yield
    except smtplib.SMTPResponseException as refused:
        raise Blocked(_said(refused.smtp_code, refused.smtp_error)) from refused
    except (OSError, smtplib.SMTPException, ValueError) as error:
        raise Blocked(f"{type(error).__name__}: {error}") from error
    finally:
        watch.cancel()


def _own_name() -> str:
    """Return how the portal greets; the library would ask the name server, which may take its time."""
    name = socket.gethostname()
    return name if "." in name and name.isascii() else "[127.0.0.1]"


def _fault(code: int, words: bytes | str) -> MailFault:
    kind = Undeliverable if code >= FOR_GOOD else Later
    return kind(_said(code, words))


def _said(code: int, words: bytes | str) -> str:
    text = words.decode("utf-8", "replace") if isinstance(words, bytes) else words
    return f"{code} {text}"
