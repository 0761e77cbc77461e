"""What can happen to mail."""


class MailFault(Exception):
    """Mail did not go; the message is what the other side said, for the log."""


class Undeliverable(MailFault):
    """This message will never go: no such address, refused for good."""


class Later(MailFault):
    """This message may go another time: the mailbox is full, the sender is asked to wait."""


class Blocked(MailFault):
    """Nothing goes this way now: the server is down, slow, talks nonsense or refuses the portal."""
