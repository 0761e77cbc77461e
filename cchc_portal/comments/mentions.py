"""Naming colleagues inside a comment, as @vptk or @canbo.dcxd."""

import re

MOST_MENTIONS = 20
# A sign inside a word is an address of e-mail; a full stop after the name ends the sentence.
_MENTION = re.compile(r"(?<![\w@.])@([a-z0-9]+(?:[._-][a-z0-9]+)*)", re.IGNORECASE)


def names_in(text: str) -> list[str]:
    """Return the user names that a text mentions, each once, in order, at most 20 of them."""
    names = dict.fromkeys(name.lower() for name in _MENTION.findall(text))
    return list(names)[:MOST_MENTIONS]
