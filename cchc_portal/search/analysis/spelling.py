"""What a word without diacritics may have been meant to be: slips of the finger and of the ear."""

from collections.abc import Collection, Iterator, Mapping
from functools import lru_cache
from itertools import pairwise

from cchc_portal.search.analysis.keys import is_syllable

LONGEST_WORD, LONGEST_STRETCH = 12, 30
MOST_PARTS = 4

# How unlikely a slip is, in the unit of a logarithm: tuned on typed queries with known targets.
SOUND, SWAPPED, DOUBLED, SLIP, FAR_SLIP, PARTED, JOINED = 1.2, 1.6, 1.4, 2.2, 3.0, 1.6, 1.4

_LETTERS = "abcdeghiklmnopqrstuvxyfjwz"
_NEAR = {left + right for row in ("qwertyuiop", "asdfghjkl", "zxcvbnm") for left, right in pairwise(row)}
# What sounds alike somewhere between Hà Nội and Cà Mau, at the beginning and at the end of a syllable.
_HEADS = (
    ("s", "x"),
    ("ch", "tr"),
    ("l", "n"),
    ("d", "gi", "r", "v"),
    ("c", "k", "q"),
    ("g", "gh"),
    ("ng", "ngh"),
)
_TAILS = (("n", "ng", "nh"), ("t", "c", "ch"), ("i", "y"), ("ao", "au"), ("iu", "uu"))


def slips(word: str) -> Mapping[str, float]:
    """Return what is one slip away from a word, with the cost of that slip; most of it is no word.

    >>> found = slips("su")
    >>> found["xu"], found["us"], found["so"]
    (1.2, 1.6, 3.0)
    """
    return _slips(word) if 1 < len(word) <= LONGEST_WORD else {}


def misheard(canonical: str) -> Iterator[str]:
    """Yield how a word with diacritics is written where its beginning is heard alike.

    >>> list(misheard("sư3"))
    ['xư3']
    """
    for group in _HEADS:
        for head in group:
            if canonical.startswith(head):
                yield from (other + canonical[len(head) :] for other in group if other != head)


def partings(stretch: str, known: Collection[str]) -> Iterator[tuple[str, ...]]:
    """Yield the ways to cut letters that were typed without blanks into syllables that are known.

    >>> list(partings("caicach", {"cai", "cach", "ca", "ic"}))
    [('cai', 'cach')]
    """
    if len(stretch) <= LONGEST_STRETCH:
        yield from (parts for parts in _partings(stretch, known, MOST_PARTS) if len(parts) > 1)


def stretches(word: str) -> Iterator[str]:
    """Yield the parts of a word that could be syllables of their own."""
    for start in range(len(word)):
        for end in range(start + 1, min(start + 8, len(word) + 1)):
            if is_syllable(word[start:end]):
                yield word[start:end]


@lru_cache(maxsize=1024)
def _slips(word: str) -> Mapping[str, float]:
    found: dict[str, float] = {}
    for other, cost in (*_sounds(word), *_swaps(word), *_drops(word), *_changes(word), *_additions(word)):
        if other != word and cost < found.get(other, cost + 1):
            found[other] = cost
    return found


def _sounds(word: str) -> Iterator[tuple[str, float]]:
    for group in _HEADS:
        for head in group:
            if word.startswith(head):
                yield from ((other + word[len(head) :], SOUND) for other in group)
    for group in _TAILS:
        for tail in group:
            if word.endswith(tail):
                yield from ((word[: -len(tail)] + other, SOUND) for other in group)


def _swaps(word: str) -> Iterator[tuple[str, float]]:
    for at in range(len(word) - 1):
        yield word[:at] + word[at + 1] + word[at] + word[at + 2 :], SWAPPED


def _drops(word: str) -> Iterator[tuple[str, float]]:
    for at, char in enumerate(word):
        yield word[:at] + word[at + 1 :], DOUBLED if char in word[max(0, at - 1) : at] else SLIP


def _changes(word: str) -> Iterator[tuple[str, float]]:
    for at, char in enumerate(word):
        for other in _LETTERS:
            is_near = char + other in _NEAR or other + char in _NEAR
            yield word[:at] + other + word[at + 1 :], SLIP if is_near else FAR_SLIP


def _additions(word: str) -> Iterator[tuple[str, float]]:
    for at in range(len(word) + 1):
        yield from ((word[:at] + other + word[at:], SLIP) for other in _LETTERS)


def _partings(stretch: str, known: Collection[str], most: int) -> Iterator[tuple[str, ...]]:
    if not stretch:
        yield ()
    elif most:
        for end in range(1, min(8, len(stretch)) + 1):
            if stretch[:end] in known:
                yield from ((stretch[:end], *rest) for rest in _partings(stretch[end:], known, most - 1))
