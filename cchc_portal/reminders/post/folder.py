"""Mail into a folder, one file per message, or into the log: for trying things out."""

from collections.abc import Iterator
from contextlib import contextmanager
from email.message import EmailMessage
from pathlib import Path
from urllib.parse import SplitResult, unquote
from uuid import uuid4

import structlog

from cchc_portal.reminders.post.faults import Blocked

log = structlog.get_logger()


class Folder:
    """A folder that takes messages as `.eml` files."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def send(self, message: EmailMessage) -> None:
        """Write the message."""
        try:
            (self._path / f"{uuid4()}.eml").write_bytes(message.as_bytes())
        except OSError as error:
            raise Blocked(type(error).__name__) from error


class Log:
    """The log: says that there was a message, and to whom nothing more than the number of its bytes."""

    def send(self, message: EmailMessage) -> None:
        """Note the message."""
        log.info("mail", message_id=message["Message-ID"], size=len(message.as_bytes()))


@contextmanager
def open_folder(address: SplitResult) -> Iterator[Folder]:
    """Open the folder of file:///path, made if it is not there."""
    path = Path(unquote(address.path))
    try:
        path.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise Blocked(type(error).__name__) from error
    yield Folder(path)


@contextmanager
def open_log(_address: SplitResult) -> Iterator[Log]:
    """Open the log."""
    yield Log()
