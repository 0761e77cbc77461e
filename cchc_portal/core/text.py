"""Vietnamese text: one Unicode form, folding for comparison, sorting keys."""

import re
import unicodedata
from functools import lru_cache

_ALPHABET = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"
_LETTER_RANK = {letter: rank for rank, letter in enumerate(_ALPHABET)}
# ngang, huyền, hỏi, ngã, sắc, nặng: the order of Vietnamese dictionaries.
_TONE_RANK = {"\u0300": 1, "\u0309": 2, "\u0303": 3, "\u0301": 4, "\u0323": 5}
_CONTROL = re.compile(
    r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\ud800-\udfff]"
)
_DASHES = re.compile("[\u2010-\u2015\u2212]")
_BETWEEN_WORDS = re.compile(r"[^a-z0-9]+")
# Putting marks in order costs the square of their number on one letter, minutes for a page of them;
# no language puts more than four there.
_MARKS = "".join(char for char in map(chr, range(0x300, 0x1F000)) if unicodedata.combining(char))
_HEAP = re.compile(f"([{_MARKS}]{{4}})[{_MARKS}]+")


def nfc(text: str) -> str:
    """Return the text in the composed Unicode form, the only one that is stored."""
    return unicodedata.normalize("NFC", _HEAP.sub(r"\1", text))


def clean(text: str) -> str:
    """Return typed text as it is stored: NFC, no invisible, control or half characters, trimmed ends."""
    return _CONTROL.sub("", nfc(text.replace("\r\n", "\n").replace("\r", "\n"))).strip()


def clean_line(text: str) -> str:
    """Return typed text as one line: `clean`, with every run of white space made one blank."""
    return " ".join(clean(text).split())


def fold(text: str) -> str:
    """Return the text for comparison: lower case, no diacritics, đ as d.

    >>> fold("Đôn đốc CẢI CÁCH")
    'don doc cai cach'
    """
    decomposed = unicodedata.normalize("NFD", _HEAP.sub(r"\1", text.lower()).replace("đ", "d"))
    return "".join(char for char in decomposed if not unicodedata.combining(char))


def fold_name(text: str) -> str:
    """Return a name of a unit or person for comparison: folded, dashes and blanks alike.

    >>> fold_name("Văn phòng – Thống kê")
    'van phong thong ke'
    """
    return " ".join(_BETWEEN_WORDS.sub(" ", fold(_DASHES.sub("-", text))).split())


@lru_cache(maxsize=4096)  # names of units and people, the same in every list
def sort_key(text: str) -> tuple[tuple[int, int], ...]:
    """Return a key that sorts in the order of Vietnamese dictionaries (a ă â b c d đ e ê …)."""
    return tuple(_letter_key(char) for char in nfc(text).lower())


def name_sort_key(full_name: str) -> tuple[tuple[tuple[int, int], ...], tuple[tuple[int, int], ...]]:
    """Return a key that sorts people by given name (the last word), then by the rest."""
    rest, _, given = full_name.strip().rpartition(" ")
    return sort_key(given), sort_key(rest)


def name_sort_text(full_name: str) -> str:
    """Return `name_sort_key` as ASCII text, so that databases sort people alike whatever their collation."""
    given, rest = name_sort_key(full_name)
    return "000".join("".join(f"{min(rank, 255):02x}{tone}" for rank, tone in key) for key in (given, rest))


def _letter_key(char: str) -> tuple[int, int]:
    decomposed = unicodedata.normalize("NFD", char)
    tone = next((_TONE_RANK[mark] for mark in decomposed if mark in _TONE_RANK), 0)
    letter = unicodedata.normalize("NFC", "".join(mark for mark in decomposed if mark not in _TONE_RANK))
    if letter in _LETTER_RANK:
        return 100 + _LETTER_RANK[letter], tone
    return (ord(letter[0]) if ord(letter[0]) < ord("a") else 200 + ord(letter[0]), tone)
