"""What was meant where words were mistyped: the likeliest way through all that each could be.

Only what the person may see has a say: a word or a pair of words that stands in nothing of theirs
counts as never written, so no suggestion tells of what others keep to themselves.
"""

import math
import time
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise, product

from cchc_portal.search import index
from cchc_portal.search.analysis import Terms, Word
from cchc_portal.search.analysis.keys import decoded, is_syllable
from cchc_portal.search.analysis.spelling import JOINED, PARTED, SOUND, misheard, partings, slips, stretches
from cchc_portal.search.analysis.syllables import folded
from cchc_portal.search.engines import Term
from cchc_portal.search.engines.plan import BIGRAMS, CANONICAL, TEXT

MOST_WORDS = 12  # of a query that is looked through
MOST_CHOICES = 10  # for one word

# In the unit of a logarithm, like the costs of slips; tuned together with them.
SEEN_TOGETHER, TOGETHER, ALONE, UNKNOWN = 3.0, 0.5, 0.25, -3.0
DECODED, SURELY, CAREFUL, WRITTEN = 0.3, 1.0, 1.0, 1.5
LEAST_GAIN = 1.0

SECONDS = 1.0  # for a suggestion
AT_ONCE = 100  # words and pairs looked up between two looks at the clock

Path = tuple["Choice", ...]


@dataclass(frozen=True, slots=True)
class Choice:
    """What some neighbouring words may have been meant to be.

    Args:
        start: index of the first word.
        end: index behind the last one.
        words: folded words to put there.
        cost: how unlikely the slip is; 0 for what was typed.
        surface: how they are written, where the keys told.
        extra: what is added to the cost because a word that is written elsewhere would go.
        written: the word with diacritics, as typed.
        heard: the word with diacritics, if only its beginning was written as it is heard.
    """

    start: int
    end: int
    words: tuple[str, ...]
    cost: float = 0.0
    extra: float = 0.0
    surface: str = ""
    heard: str = ""
    written: str = ""

    @property
    def is_slip(self) -> bool:
        """Whether one word was mistyped, and not only its keys or blanks."""
        return bool(self.cost) and not self.surface and self.end - self.start == len(self.words) == 1


@dataclass(frozen=True, slots=True)
class Correction:
    """Other words in the place of those that were typed.

    Args:
        run: the words that were typed.
        path: what is meant by them.
        gain: how much likelier that is.
        is_needed: whether a word that was typed is nowhere.
    """

    run: tuple[Word, ...]
    path: Path
    gain: float
    is_needed: bool

    @property
    def words(self) -> list[str]:
        """All words that are meant, folded."""
        return [word for choice in self.path for word in choice.words]

    def into(self, text: str, spelled: Sequence[str]) -> str:
        """Return a query with the words put in.

        Args:
            text: the query as its words count their places.
            spelled: `words` as they are written.
        """
        left = list(spelled)
        result, at = "", 0
        for choice in self.path:
            kept, left = left[: len(choice.words)], left[len(choice.words) :]
            first, last = self.run[choice.start], self.run[choice.end - 1]
            if choice.cost or first.is_plain:
                result += text[at : first.start] + (choice.surface or " ".join(kept))
                at = last.end
        return result + text[at:]


def corrected(
    terms: Terms, *, audience: frozenset[str], keep_last: bool, kept: Sequence[range] = ()
) -> list[Correction]:
    """Return what is likelier than the words of a query, run by run; nothing if they are as they should be.

    Args:
        terms: the query; what is quoted stays as it is.
        audience: marks of the person.
        keep_last: whether the word that is being typed is left alone.
        kept: stretches of the query in which words stay as they are.
    """
    evidence = _Evidence(audience)
    runs = [run.words[:MOST_WORDS] for run in terms.runs if not run.is_quoted]
    fixed = {word for word in terms.words if any(n.start <= word.start < n.end for n in terms.numbers)}
    fixed |= {word for word in terms.words if any(word.start in stretch for stretch in kept)}
    if keep_last and terms.is_open:
        fixed.add(terms.words[-1])
    try:
        return [found for run in runs if (found := _corrected(run, fixed, evidence)) is not None]
    except _OutOfTime:
        return []


def _corrected(run: tuple[Word, ...], fixed: Collection[Word], evidence: "_Evidence") -> Correction | None:
    typed = tuple(
        Choice(place, place + 1, (word.folded,), written="" if word.is_plain else word.canonical)
        for place, word in enumerate(run)
    )
    evidence.gather([(choice,) for choice in typed], pairwise(typed))
    doubtful = [
        place
        for place, word in enumerate(run)
        if word not in fixed and _could_be_words(word) and evidence.is_odd(typed, place)
    ]
    if not doubtful:
        return None
    others = [_weighed(choice, typed, evidence) for choice in _others(run, doubtful)]
    choices = _likeliest([*typed, *others], evidence)
    evidence.gather([(choice,) for choice in choices], _neighbours(choices))
    path = _best(choices, len(run), evidence)
    gain = evidence.worth(path) - evidence.worth(typed)
    if path == typed or gain < LEAST_GAIN or _is_far(path):
        return None
    changed = {place for choice in path if choice.cost for place in range(choice.start, choice.end)}
    return Correction(run, path, gain, not all(evidence.is_written(typed[place]) for place in changed))


def _weighed(choice: Choice, typed: Sequence[Choice], evidence: "_Evidence") -> Choice:
    """Return a choice made dearer if it takes the place of words that are written elsewhere."""
    known = all(evidence.is_written(typed[place]) for place in range(choice.start, choice.end))
    return replace(choice, extra=WRITTEN) if known and not choice.surface else choice


def _is_far(path: Path) -> bool:
    """Say whether so much is changed that something else was meant: every third word, heard ones half."""
    slipped = [choice for choice in path if choice.is_slip]
    weight = sum(0.5 if choice.cost <= SOUND else 1 for choice in slipped)
    return weight > max(1, sum(len(choice.words) for choice in path) // 3)


def _could_be_words(word: Word) -> bool:
    return not word.folded.isdigit() and (word.folded.isalpha() or bool(decoded(word.surface)))


def _others(run: Sequence[Word], doubtful: Sequence[int]) -> list[Choice]:
    """Return what doubtful words could be, as far as it is written anywhere."""
    found = [*_of_keys(run, doubtful), *_slipped(run, doubtful), *_joined(run, doubtful)]
    parts = {part for place in doubtful for part in stretches(run[place].folded)}
    known = index.known({word for choice in found for word in choice.words} | parts)
    cut = (
        Choice(place, place + 1, words, PARTED * (len(words) - 1))
        for place in doubtful
        for words in partings(run[place].folded, known & parts)
    )
    return [choice for choice in (*found, *cut) if known.issuperset(choice.words)]


def _of_keys(run: Sequence[Word], doubtful: Iterable[int]) -> Iterator[Choice]:
    for place in doubtful:
        if surface := decoded(run[place].surface):
            yield Choice(place, place + 1, (folded(surface),), DECODED, surface=surface)


def _slipped(run: Sequence[Word], doubtful: Iterable[int]) -> Iterator[Choice]:
    for place in doubtful:
        # Who puts the marks looks at what he types; and a word of its own could be any other.
        care = 0.0 if run[place].is_plain else CAREFUL
        for word, cost in slips(run[place].folded).items() if len(run) > 1 or not care else ():
            yield Choice(place, place + 1, (word,), cost + care)
        if care:
            for heard in misheard(run[place].canonical):
                yield Choice(place, place + 1, (folded(heard.rstrip("12345")),), SOUND, heard=heard)


def _joined(run: Sequence[Word], doubtful: Collection[int]) -> Iterator[Choice]:
    for place, (first, second) in enumerate(pairwise(run)):
        whole = first.folded + second.folded
        if (place in doubtful or place + 1 in doubtful) and is_syllable(whole):
            yield Choice(place, place + 2, (whole,), JOINED)


def _likeliest(choices: Sequence[Choice], evidence: "_Evidence") -> list[Choice]:
    """Return the best few choices for each place, with what was typed."""
    evidence.gather([(choice,) for choice in choices], ())
    places: dict[tuple[int, int, int], list[Choice]] = {}
    for choice in choices:
        if not choice.cost or evidence.count(choice):
            places.setdefault((choice.start, choice.end, len(choice.words)), []).append(choice)
    ranked = (
        sorted(found, key=lambda choice: (choice.cost > 0, -evidence.alone(choice)))
        for found in places.values()
    )
    return [choice for found in ranked for choice in found[:MOST_CHOICES]]


def _neighbours(choices: Sequence[Choice]) -> Iterator[tuple[Choice, Choice]]:
    beginnings: dict[int, list[Choice]] = {}
    for choice in choices:
        beginnings.setdefault(choice.start, []).append(choice)
    for choice in choices:
        yield from product([choice], beginnings.get(choice.end, []))


def _best(choices: Sequence[Choice], length: int, evidence: "_Evidence") -> Path:
    """Return the likeliest way from the first word to the last."""
    ways: dict[int, dict[Choice, tuple[float, Path]]] = {0: {}}
    for choice in sorted(choices, key=lambda choice: (choice.start, choice.end)):
        before = ways.get(choice.start, {})
        own = evidence.alone(choice)
        value, path = max(
            ((known + own + evidence.together(last, choice), way) for last, (known, way) in before.items()),
            key=lambda found: found[0],
            default=(own, ()),
        )
        if choice.start == 0 or path:
            ways.setdefault(choice.end, {})[choice] = (value, (*path, choice))
    return max(ways[length].values(), key=lambda found: found[0])[1]


class _OutOfTime(Exception):
    """Nobody waits longer for a suggestion."""


class _Evidence:
    """How often words and pairs stand in what a person may see.

    Args:
        audience: marks of the person.
    """

    def __init__(self, audience: frozenset[str]) -> None:
        self._audience = audience
        self._counts: dict[Term, int] = {}
        self._ends_at = time.monotonic() + SECONDS

    def gather(self, alone: Iterable[tuple[Choice]], together: Iterable[tuple[Choice, Choice]]) -> None:
        """Look up words, and pairs of neighbouring choices, that were not looked up yet.

        Raises:
            _OutOfTime: it has taken too long already.
        """
        alone = list(alone)
        terms = {(TEXT, word) for (choice,) in alone for word in choice.words}
        terms |= {(BIGRAMS, f"{left}_{right}") for (one,) in alone for left, right in pairwise(one.words)}
        terms |= {(CANONICAL, form) for (choice,) in alone for form in (choice.heard, choice.written) if form}
        terms |= {(BIGRAMS, f"{one.words[-1]}_{other.words[0]}") for one, other in together}
        missing = [term for term in terms if term not in self._counts]
        for start in range(0, len(missing), AT_ONCE):
            if time.monotonic() > self._ends_at:
                raise _OutOfTime
            asked = missing[start : start + AT_ONCE]
            found = index.frequencies(asked, audience=self._audience)
            self._counts.update({term: found.get(term, 0) for term in asked})

    def count(self, choice: Choice) -> int:
        """Return how often the rarest word of a choice stands."""
        return min(self._counts.get((TEXT, word), 0) for word in choice.words)

    def is_written(self, typed: Choice) -> bool:
        """Say whether a word stands anywhere as it was typed, diacritics and all."""
        return bool(self._counts.get((CANONICAL, typed.written)) if typed.written else self.count(typed))

    def is_odd(self, typed: Sequence[Choice], place: int) -> bool:
        """Say whether a word stands nowhere, or nowhere beside a neighbour that was typed."""
        beside = [*pairwise(typed[max(0, place - 1) : place + 2])]
        return not self.count(typed[place]) or bool(beside and not any(map(self._pair, beside)))

    def alone(self, choice: Choice) -> float:
        """Return how likely a choice is, whatever stands beside it."""
        words = (self._counts.get((TEXT, word), 0) for word in choice.words)
        inner = sum(self._bond(left, right) for left, right in pairwise(choice.words))
        sure = SURELY if self._counts.get((CANONICAL, choice.heard)) else 0.0
        known = sum(ALONE * math.log1p(count) if count else UNKNOWN for count in words)
        return known + inner + sure - choice.cost - choice.extra

    def together(self, one: Choice, other: Choice) -> float:
        """Return how much likelier two choices are because they stand side by side."""
        return self._bond(one.words[-1], other.words[0])

    def worth(self, path: Sequence[Choice]) -> float:
        """Return how likely a way is."""
        return sum(map(self.alone, path)) + sum(self.together(one, other) for one, other in pairwise(path))

    def _pair(self, pair: tuple[Choice, Choice]) -> int:
        return self._counts.get((BIGRAMS, f"{pair[0].words[-1]}_{pair[1].words[0]}"), 0)

    def _bond(self, left: str, right: str) -> float:
        count = self._counts.get((BIGRAMS, f"{left}_{right}"), 0)
        return SEEN_TOGETHER + TOGETHER * math.log(count) if count else 0.0


def spelled(folded_words: Sequence[str], texts: Iterable[Sequence[Word]]) -> list[str]:
    """Return folded words as texts spell them, preferably where the same words stand around them.

    Args:
        folded_words: neighbouring words.
        texts: texts as words.
    """
    votes: list[dict[str, int]] = [{} for _ in folded_words]
    for text in texts:
        plain = [word.folded for word in text]
        for at, word in enumerate(text):
            for place in (place for place, wanted in enumerate(folded_words) if wanted == word.folded):
                weight = 1 << (4 * _alike_around(folded_words, place, plain, at))
                votes[place][word.surface.lower()] = votes[place].get(word.surface.lower(), 0) + weight
    best = (max(found, key=lambda form: found[form], default="") for found in votes)
    return [form or plain for form, plain in zip(best, folded_words, strict=True)]


def _alike_around(wanted: Sequence[str], place: int, text: Sequence[str], at: int) -> int:
    """Return how many words before and behind a place, at most two each way, are the same."""
    count = 0
    for step in (-1, 1):
        for distance in (step, 2 * step):
            here, there = place + distance, at + distance
            if not (0 <= here < len(wanted) and 0 <= there < len(text)) or wanted[here] != text[there]:
                break
            count += 1
    return count
