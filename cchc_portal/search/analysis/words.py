"""The words of a text with their places in it, and document numbers as words of their own."""

import re
from dataclasses import dataclass

from cchc_portal.search.analysis.syllables import canonical, folded

# Marks that do not compose with their letter still belong to its word.
_WORD = re.compile(r"(?:[^\W_][\u0300-\u036f]*)+")
_DASH = "[-\u2010-\u2015\u2212]"
_NUMBER = re.compile(rf"[^\W_]+(?:(?: ?/ ?|\.|{_DASH})[^\W_]+)+")
_JOINT = re.compile(rf" ?/ ?|\.|{_DASH}")


@dataclass(frozen=True, slots=True)
class Word:
    """A word at its place in a text.

    Args:
        start: offset of its first character.
        end: offset behind its last character.
        surface: as written.
        canonical: with diacritics, in the one spelling (`hoa2`).
        folded: without diacritics (`hoa`).
    """

    start: int
    end: int
    surface: str
    canonical: str
    folded: str

    @property
    def is_plain(self) -> bool:
        """Whether it carries no diacritics."""
        return self.canonical == self.folded

    def means(self, other: "Word") -> bool:
        """Whether both may be the same word: alike with diacritics, or alike where one has none."""
        return self.folded == other.folded and (
            self.canonical == other.canonical or self.is_plain or other.is_plain
        )


def words(text: str) -> list[Word]:
    """Return the words of a text in NFC, in order; one letter or digit is a word too.

    >>> [word.folded for word in words("Ý kiến số 6, 124/UBND-NV")]
    ['y', 'kien', 'so', '6', '124', 'ubnd', 'nv']
    """
    return [_word(match.start(), match.group()) for match in _WORD.finditer(text)]


def numbers(text: str) -> list[Word]:
    """Return the document numbers, dates and codes of a text, each as one word beside its parts.

    >>> [number.folded for number in numbers("Theo số 61/2018/NĐ-CP, xanh-đỏ")]
    ['61/2018/nd-cp']
    """
    found = (_number(match) for match in _NUMBER.finditer(text))
    return [number for number in found if any(char.isdigit() for char in number.folded)]


def leading_parts(number: Word) -> list[str]:
    """Return a number and what people cite of it from the left: `61/2018` of `61/2018/nd-cp`.

    >>> leading_parts(numbers("61/2018/NĐ-CP")[0])
    ['61/2018', '61/2018/nd-cp']
    """
    parts = number.folded.split("/")
    return ["/".join(parts[:end]) for end in range(min(2, len(parts)), len(parts) + 1)]


def _word(start: int, surface: str) -> Word:
    return Word(start, start + len(surface), surface, canonical(surface), folded(surface))


def _number(match: re.Match[str]) -> Word:
    surface = match.group()
    joints = iter(_JOINT.findall(surface))
    parts = _JOINT.split(surface)
    name = folded(parts[0]) + "".join(_joint(next(joints)) + folded(part) for part in parts[1:])
    return Word(match.start(), match.end(), surface, name, name)


def _joint(typed: str) -> str:
    return typed.strip() if typed.strip() in {"/", "."} else "-"
