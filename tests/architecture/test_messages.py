"""Every message has an English text, with the same places to fill in."""

import re
from pathlib import Path

from babel.messages.catalog import Message
from babel.messages.extract import extract_from_dir
from babel.messages.frontend import parse_mapping_cfg
from babel.messages.pofile import read_po

ROOT = Path(__file__).parents[2]
PLACES = re.compile(r"%\(\w+\)[sd]|\{n\}")
KEYWORDS = {"_": None, "N_": None, "gettext": None, "lazy_gettext": None, "ngettext": (1, 2)}


def test_every_message_has_an_english_text() -> None:
    known = {first(message.id) for message in catalogue() if message.id and all(texts(message))}

    assert sorted(messages_in_use() - known) == []


def test_english_texts_have_the_same_places_to_fill_in() -> None:
    odd = [
        message.id
        for message in catalogue()
        if message.id and any(places(text) != places(first(message.id)) for text in texts(message))
    ]

    assert odd == []


def messages_in_use() -> set[str]:
    """Return the messages of code and templates."""
    with (ROOT / "babel.cfg").open() as file:
        methods, options = parse_mapping_cfg(file)
    found = extract_from_dir(str(ROOT), methods, options, keywords=KEYWORDS, comment_tags=())
    return {first(message) for _file, _line, message, _comments, _context in found}


def catalogue() -> list[Message]:
    """Return the English catalogue."""
    with (ROOT / "cchc_portal/translations/en/LC_MESSAGES/messages.po").open("rb") as file:
        return list(read_po(file, locale="en"))


def first(message: object) -> str:
    """Return a message, or the singular of one with a number."""
    return message if isinstance(message, str) else message[0]


def texts(message: Message) -> tuple[str, ...]:
    """Return the texts of a message, one for each number form."""
    return (message.string,) if isinstance(message.string, str) else tuple(message.string)


def places(text: str) -> list[str]:
    """Return the places to fill in."""
    return sorted(set(PLACES.findall(text)))
