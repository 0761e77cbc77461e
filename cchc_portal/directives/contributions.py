"""What features above letters say beside each in the register, the tasks it gave say: they sign up here at start."""

from collections.abc import Callable, Collection, Mapping

Count = Callable[[Collection[int]], Mapping[int, str]]
_counts: dict[str, Count] = {}


def contribute(name: str, count: Count) -> None:
    """Let a feature say something beside letters of the register.

    Args:
        name: of the feature; signing up again replaces what it said before.
        count: ids of the letters on a page -> words in the reader's language, in one statement.
    """
    _counts[name] = count


def work_of(letter_ids: Collection[int]) -> dict[int, list[str]]:
    """Return what features say beside letters, by id."""
    said: dict[int, list[str]] = {letter_id: [] for letter_id in letter_ids}
    for count in _counts.values() if letter_ids else ():
        for letter_id, words in count(letter_ids).items():
            said[letter_id].append(words)
    return said
