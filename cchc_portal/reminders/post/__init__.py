"""The way mail goes out, as one address says: a server, a folder, the log, or nowhere."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from email.message import EmailMessage
from typing import Protocol
from urllib.parse import SplitResult, urlsplit

from cchc_portal.reminders.post import folder, smtp
from cchc_portal.reminders.post.faults import Blocked, Later, Undeliverable

__all__ = ["Blocked", "Later", "Post", "Undeliverable", "post_office"]


class Post(Protocol):
    """A way that is open."""

    def send(self, message: EmailMessage) -> None:
        """Hand a message over.

        Raises:
            Undeliverable: it will never go; the next one may.
            Later: not now; the next one may.
            Blocked: nothing goes this way now.
        """


_WAYS: dict[str, Callable[[SplitResult], AbstractContextManager[Post]]] = {
    "smtp": smtp.open_line,
    "smtps": smtp.open_line,
    "file": folder.open_folder,
    "console": folder.open_log,
}


@contextmanager
def post_office(address: str) -> Iterator[Post]:
    """Open the way that `CCHC_MAIL_URL` names.

    Raises:
        Blocked: it does not open.
    """
    parts = urlsplit(address)
    with _WAYS[parts.scheme](parts) as post:
        yield post
