"""Queries as people type them: without diacritics, with the keyboard not listening, with slips."""

import re
import unicodedata
from collections.abc import Callable
from random import Random

from cchc_portal.core.text import fold

_TELEX = {"\u0301": "s", "\u0300": "f", "\u0309": "r", "\u0303": "x", "\u0323": "j"}
_VNI = {"\u0301": "1", "\u0300": "2", "\u0309": "3", "\u0303": "4", "\u0323": "5"}
_TELEX_LETTERS = {"ă": "aw", "â": "aa", "đ": "dd", "ê": "ee", "ô": "oo", "ơ": "ow", "ư": "uw"}
_VNI_LETTERS = {"ă": "a8", "â": "a6", "đ": "d9", "ê": "e6", "ô": "o6", "ơ": "o7", "ư": "u7"}
_HEARD = (("tr", "ch"), ("s", "x"), ("gi", "d"), ("l", "n"))
_ROWS = ("qwertyuiop", "asdfghjkl", "zxcvbnm")
_OLD = {
    "òa": "oà",
    "óa": "oá",
    "ỏa": "oả",
    "õa": "oã",
    "ọa": "oạ",
    "úy": "uý",
    "ùy": "uỳ",
    "ủy": "uỷ",
    "ụy": "uỵ",
}
_LAST_I = re.compile(r"\b([hklmst])([yýỳỷỹỵ])\b")
_AS_I = str.maketrans("yýỳỷỹỵ", "iíìỉĩị")


def telex(text: str, _random: Random) -> str:
    """Return the keys of Telex."""
    return " ".join(_keys(word, _TELEX, _TELEX_LETTERS) for word in text.lower().split())


def vni(text: str, _random: Random) -> str:
    """Return the keys of VNI."""
    return " ".join(_keys(word, _VNI, _VNI_LETTERS) for word in text.lower().split())


def plain(text: str, _random: Random) -> str:
    """Return the text without diacritics."""
    return fold(text)


def taken_apart(text: str, _random: Random) -> str:
    """Return the text as some systems send it: letters and marks apart."""
    return unicodedata.normalize("NFD", text)


def old_fashioned(text: str, _random: Random) -> str:
    """Return the text with tones on the other vowel, and i for a last y."""
    for new, old in _OLD.items():
        text = text.replace(new, old)
    return _LAST_I.sub(lambda match: match[1] + match[2].translate(_AS_I), text)


def half_typed(text: str, _random: Random) -> str:
    """Return the text without the last letter of its last word."""
    return text[:-1] if len(text.rsplit(maxsplit=1)[-1]) > 2 else text  # noqa: PLR2004 - one letter says nothing


def slipped(text: str, random: Random) -> str:
    """Return the text without diacritics, with one slip of the finger in one word."""
    words = fold(text).split()
    place = max(range(len(words)), key=lambda at: (len(words[at]) > 2, random.random()))  # noqa: PLR2004
    words[place] = _slip(words[place], random)
    return " ".join(words)


def heard(text: str, _random: Random) -> str:
    """Return the text with the first word that can be misheard written as it is heard."""
    words = text.lower().split()
    for place, word in enumerate(words):
        for one, other in _HEARD:
            for head, instead in ((one, other), (other, one)):
                if (
                    word.startswith(head)
                    and not word.startswith(("th", "ng", "nh"))
                    and len(word) > len(head)
                ):
                    return " ".join([*words[:place], instead + word[len(head) :], *words[place + 1 :]])
    return text


def glued(text: str, random: Random) -> str:
    """Return the text without diacritics and without one of its blanks."""
    words = fold(text).split()
    place = random.randrange(len(words) - 1)
    return " ".join([*words[:place], words[place] + words[place + 1], *words[place + 2 :]])


WAYS: dict[str, Callable[[str, Random], str]] = {
    "as it is": lambda text, _random: text,
    "no diacritics": plain,
    "NFD": taken_apart,
    "other tone places, i/y": old_fashioned,
    "half typed": half_typed,
    "Telex": telex,
    "VNI": vni,
    "one slip": slipped,
    "as it is heard": heard,
    "a blank missing": glued,
}


def _keys(word: str, tones: dict[str, str], letters: dict[str, str]) -> str:
    marks = unicodedata.normalize("NFD", word)
    tone = "".join(tones[mark] for mark in marks if mark in tones)
    kept = unicodedata.normalize("NFC", "".join(mark for mark in marks if mark not in tones))
    return "".join(letters.get(letter, letter) for letter in kept) + tone


def _slip(word: str, random: Random) -> str:
    at = random.randrange(len(word) - 1)
    row = next((row for row in _ROWS if word[at] in row), "")
    beside = row[max(0, row.find(word[at]) - 1) or 1] if row else word[at]
    return random.choice(
        (
            word[:at] + word[at + 1] + word[at] + word[at + 2 :],
            word[:at] + word[at + 1 :],
            word[:at] + word[at] + word[at:],
            word[:at] + beside + word[at + 1 :],
        )
    )
