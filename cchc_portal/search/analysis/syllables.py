"""One spelling for each Vietnamese syllable, with its diacritics and without."""

import re
import unicodedata
from functools import lru_cache

# Keyboards and old fonts produce the Icelandic eth and the African d for đ.
_LOOKALIKES = str.maketrans({"ð": "đ", "ɖ": "đ"})
# The digits of VNI, which people know from typing: sắc, huyền, hỏi, ngã, nặng.
_TONES = {"\u0301": "1", "\u0300": "2", "\u0309": "3", "\u0303": "4", "\u0323": "5"}
# kỹ = kĩ, lý = lí, quý = quí; but not "y", "ay", "uy", whose y is a vowel of its own.
_FINAL_Y = re.compile(r"^([bcdđfghjklmnpqrstvwxz]|qu)y$")
_LONGEST_PADDED = 2


@lru_cache(maxsize=65_536)
def canonical(word: str) -> str:
    """Return the one spelling of a word: lower case, tone as a digit behind it, i for a final y.

    >>> canonical("hoà"), canonical("Hòa"), canonical("KỸ")
    ('hoa2', 'hoa2', 'ki4')
    """
    letters, tone = _split_tone(word.lower().translate(_LOOKALIKES))
    return _FINAL_Y.sub(r"\1i", _unpadded(letters)) + tone


@lru_cache(maxsize=65_536)
def folded(word: str) -> str:
    """Return the spelling of a word that people type without diacritics.

    >>> folded("Đôn"), folded("kỹ"), folded("06")
    ('don', 'ki', '6')
    """
    return _FINAL_Y.sub(r"\1i", _unpadded(stripped(word)))


def stripped(word: str) -> str:
    """Return the letters as typed, without diacritics; y stays y, for words half typed.

    >>> stripped("Quy")
    'quy'
    """
    plain = word.lower().translate(_LOOKALIKES).replace("đ", "d")
    return "".join(mark for mark in unicodedata.normalize("NFD", plain) if not unicodedata.combining(mark))


def folded_text(text: str) -> str:
    """Return a text in NFC in lower case without diacritics, every character at its old place.

    >>> folded_text("Đôn đốc: Kỹ")
    'don doc: ky'
    """
    return text.translate(_PLAIN)


def _split_tone(word: str) -> tuple[str, str]:
    marks = unicodedata.normalize("NFD", word)
    tone = next((_TONES[mark] for mark in marks if mark in _TONES), "")
    letters = "".join(mark for mark in marks if mark not in _TONES)
    return unicodedata.normalize("NFC", letters), tone


def _unpadded(word: str) -> str:
    """Return 6 for 06, so that dates and programme numbers meet however they were written."""
    if len(word) == _LONGEST_PADDED and word.isdigit():
        return word.removeprefix("0")
    return word


def _plain_letters() -> dict[int, str]:
    letters = (chr(code) for code in (*range(0x41, 0x5B), *range(0xC0, 0x250), *range(0x1E00, 0x1F00)))
    return {ord(letter): plain for letter in letters if len(plain := stripped(letter)) == 1}


_PLAIN = _plain_letters()
