"""A real mail server, and odd ones."""

import contextlib
import email
import socket
import threading
from collections.abc import Callable, Iterator
from email import policy
from email.message import EmailMessage

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session
from flask import Flask


class Mailbox:
    """A mail server that keeps what it is given, and can be told to misbehave.

    Args:
        answers: recipient -> what it says to RCPT instead of yes.
    """

    def __init__(self) -> None:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        self.received: list[EmailMessage] = []
        self.answers: dict[str, str] = {}
        self.data_answers: list[str] = []
        self._controller: Controller | None = None

    async def handle_RCPT(  # noqa: N802  as aiosmtpd calls it
        self, _server: SMTP, _session: Session, envelope: Envelope, address: str, _options: list[str]
    ) -> str:
        """Answer to a recipient."""
        if address in self.answers:
            return self.answers[address]
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, _server: SMTP, _session: Session, envelope: Envelope) -> str:  # noqa: N802
        """Take a message, unless told otherwise."""
        if self.data_answers:
            return self.data_answers.pop(0)
        self.received.append(email.message_from_bytes(envelope.content or b"", policy=policy.default))  # type: ignore[arg-type]
        return "250 OK"

    def start(self, **options: object) -> None:
        """Begin to answer."""
        self._controller = Controller(self, hostname="127.0.0.1", port=self.port, **options)
        self._controller.start()

    def stop(self) -> None:
        """Answer no more."""
        if self._controller is not None:
            self._controller.stop()
            self._controller = None

    @property
    def url(self) -> str:
        """Where it is."""
        return f"smtp://127.0.0.1:{self.port}"

    def to(self, address: str) -> list[EmailMessage]:
        """Return what came for somebody."""
        return [message for message in self.received if message["To"].addresses[0].addr_spec == address]


@pytest.fixture
def mailbox(app: Flask, monkeypatch: pytest.MonkeyPatch) -> Iterator[Mailbox]:
    """Give a mail server that works, and let the portal know of it."""
    server = Mailbox()
    server.start()
    monkeypatch.setitem(app.config, "CCHC_MAIL_URL", server.url)
    monkeypatch.setitem(app.config, "CCHC_MAIL_FROM", "cchc@example.vn")
    monkeypatch.setitem(app.config, "CCHC_BASE_URL", "https://cchc.example.vn")
    yield server
    server.stop()


@pytest.fixture
def odd_server() -> Iterator[Callable[[Callable[[socket.socket], None]], str]]:
    """Give a way to run a server that treats each connection as told; return its address."""
    sockets: list[socket.socket] = []

    def run(treat: Callable[[socket.socket], None]) -> str:
        listening = socket.create_server(("127.0.0.1", 0))
        sockets.append(listening)

        def serve() -> None:
            while True:
                try:
                    line, _ = listening.accept()
                except OSError:
                    return
                sockets.append(line)
                with contextlib.suppress(OSError):
                    treat(line)

        threading.Thread(target=serve, daemon=True).start()
        return f"smtp://127.0.0.1:{listening.getsockname()[1]}"

    yield run
    for one in sockets:
        one.close()
