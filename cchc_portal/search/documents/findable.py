"""A thing as words and marks, and how things of one kind are read."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

EVERYBODY, OFFICE = "all", "r:office"

Key = tuple[str, int]  # kind, id of the thing


class File(NamedTuple):
    """A file that lies with a thing: the name people gave it, and the sum of its bytes."""

    name: str
    sha256: str


@dataclass(frozen=True, slots=True)
class Findable:
    """A thing as words and marks.

    Args:
        code: its number or code.
        title: its name.
        pieces: its other text, the most telling first.
        keywords: names and marks by which it is found too, not worth reading in a snippet.
        files: what is attached to it; their text is read elsewhere.
        audience: marks of those who may find it.
        facets: what it can be filtered by: name of the filter -> values.
        figures: what it can be sorted by: "votes" and "adoptions".
        stamp: seconds since 1970 by which the newest come first.
        owner: the thing it is a part of.
    """

    code: str
    title: str
    pieces: tuple[str, ...]
    audience: frozenset[str]
    facets: Mapping[str, list[str]] = field(default_factory=dict)
    stamp: int = 0
    keywords: tuple[str, ...] = ()
    files: tuple[File, ...] = ()
    figures: Mapping[str, int] = field(default_factory=dict)
    owner: Key | None = None


@dataclass(frozen=True, slots=True)
class Source:
    """How things of one kind are read.

    Args:
        ids: returns the ids of all that may be findable.
        read: returns those of some things that anybody may find, id -> thing, in few queries.
        parts: returns the keys of what must be read again when a thing changes.
    """

    ids: Callable[[], Iterable[int]]
    read: Callable[[Sequence[int]], Mapping[int, Findable]]
    parts: Callable[[int], Iterable[Key]] = lambda _id: ()


def once(texts: Iterable[str]) -> tuple[str, ...]:
    """Return the texts that say something, each once."""
    return tuple(dict.fromkeys(text for text in texts if text))


def filled(facets: Mapping[str, list[str]]) -> dict[str, list[str]]:
    """Return the filters for which a thing has a value."""
    return {facet: values for facet, values in facets.items() if values}
