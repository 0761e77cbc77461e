"""What can happen to mail."""

LONGEST_WORDS = 200


class MailFault(Exception):
    """Mail did not go; the message is what the other side said, for the log.

    Args:
        words: may be anything; what cannot be printed is left out, PostgreSQL keeps no NUL.
    """

    def __init__(self, words: str) -> None:
        shown = "".join(char if char.isprintable() else " " for char in words[: 2 * LONGEST_WORDS])
        super().__init__(" ".join(shown.split())[:LONGEST_WORDS])


class Undeliverable(MailFault):
    """This message will never go: no such address, refused for good."""


class Later(MailFault):
    """This message may go another time: the mailbox is full, the sender is asked to wait."""


class Blocked(MailFault):
    """Nothing goes this way now: the server is down, slow, talks nonsense or refuses the portal."""
