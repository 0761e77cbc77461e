"""A query as what must match and what adds to the score; knows the fields, not the package."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from cchc_portal.search.analysis import Dictionary, Terms, Word, analyse
from cchc_portal.search.analysis.fields import pairs
from cchc_portal.search.analysis.syllables import stripped
from cchc_portal.search.engines import Document, Term

TEXT, BIGRAMS, CANONICAL, TITLE = "text", "bigrams", "canonical", "title"

# The best of the weights that were measured on public law articles with relevance judgments.
CANONICAL_WEIGHT, FOLDED_WEIGHT, BIGRAM_WEIGHT, TITLE_WEIGHT, NUMBER_WEIGHT = 0.6, 0.6, 0.8, 0.4, 2.0
BEGUN_WEIGHT = 0.3
SHORTEST_BEGINNING = 2
# With fewer hits for all of four or more words, those that miss one are shown as well.
ENOUGH, MANY_WORDS = 3, 4
LESSER_WEIGHT = 0.5
MOST_PAIRS = 25  # of a text that others are compared with


@dataclass(frozen=True, slots=True)
class Slot:
    """A thing asked for, and the ways a document can hold it.

    Args:
        terms: any of these will do.
        beginnings: or any term that begins with one of these.
    """

    terms: tuple[Term, ...] = ()
    beginnings: tuple[Term, ...] = ()


@dataclass(frozen=True, slots=True)
class Plan:
    """What a query asks of the index.

    Args:
        words: one slot for each word; some may be missed if nothing holds all.
        cited: the same with document numbers as one word each; tried first. Empty without numbers.
        phrases: pairs of quoted words; never missed.
        excluded: for each excluded word or phrase, the slots that together hold it.
        loose: what the last of several words may be the beginning of, wherever it stands; tried in its
            place if nothing holds all words.
        begun: what a single word may be the beginning of; tried if it is nowhere a whole one.
        weights: terms that add to the score.
    """

    words: tuple[Slot, ...] = ()
    cited: tuple[Slot, ...] = ()
    phrases: tuple[Slot, ...] = ()
    excluded: tuple[tuple[Slot, ...], ...] = ()
    begun: Slot | None = None
    loose: Slot | None = None
    weights: dict[Term, float] = field(default_factory=dict)

    @classmethod
    def of(cls, terms: Terms) -> "Plan":
        """Return the plan for a query."""
        slots = _slots(terms)
        return cls(
            words=_distinct(slot for _, slot in slots),
            cited=_cited(terms, slots),
            phrases=_distinct(slot for phrase in terms.phrases for slot in _phrase(phrase)),
            excluded=tuple(_exactly(run) for run in terms.excluded),
            begun=_begun(terms),
            loose=_loose(terms),
            weights=_weights(terms),
        )


def terms_of(document: Document, dictionary: Dictionary) -> dict[str, list[str]]:
    """Return the terms under which a document is filed: field -> terms, as often as they occur."""
    whole = analyse((document.title, *document.body), dictionary)
    return {
        TEXT: whole.folded,
        BIGRAMS: whole.bigrams,
        CANONICAL: whole.canonical,
        TITLE: analyse((document.title,), dictionary).folded,
    }


def facet_term(facet: str, value: str) -> str:
    """Return the term under which a facet's value is filed."""
    return f"{facet}={value}"


def _slots(terms: Terms) -> list[tuple[Word, Slot]]:
    found = [(word, Slot(((TEXT, word.folded),))) for word in terms.words]
    if terms.is_open and len(terms.runs[-1].words) > 1:
        before, last = terms.runs[-1].words[-2:]
        endings = tuple((BIGRAMS, f"{before.folded}_{ending}") for ending in _endings(last))
        found[-1] = (last, Slot(((TEXT, last.folded),), endings))
    return found


def _cited(terms: Terms, slots: list[tuple[Word, Slot]]) -> tuple[Slot, ...]:
    if not terms.numbers:
        return ()
    loose = [slot for word, slot in slots if not any(_covers(number, word) for number in terms.numbers)]
    return _distinct([*loose, *(Slot(((TEXT, number.folded),)) for number in terms.numbers)])


def _covers(number: Word, word: Word) -> bool:
    return number.start <= word.start < number.end


def _phrase(phrase: tuple[Word, ...]) -> list[Slot]:
    if len(phrase) == 1:
        return [Slot(((TEXT, phrase[0].folded),))]
    return [Slot(((BIGRAMS, pair),)) for pair in pairs(phrase)]


def _exactly(run: tuple[Word, ...]) -> tuple[Slot, ...]:
    """Return slots for words as they are spelled: who excludes thư means neither thứ nor thủ."""
    spelled = [(TEXT, word.folded) if word.is_plain else (CANONICAL, word.canonical) for word in run]
    return _distinct(Slot((term,)) for term in (*spelled, *((BIGRAMS, pair) for pair in pairs(run))))


def _begun(terms: Terms) -> Slot | None:
    if not terms.is_open or len(terms.words) != 1 or len(terms.words[0].folded) < SHORTEST_BEGINNING:
        return None
    return Slot(beginnings=tuple((TEXT, ending) for ending in _endings(terms.words[0])))


def _loose(terms: Terms) -> Slot | None:
    if not terms.is_open or len(terms.words) < 2 or len(terms.words[-1].folded) < SHORTEST_BEGINNING:  # noqa: PLR2004
        return None
    return Slot(beginnings=tuple((TEXT, ending) for ending in _endings(terms.words[-1])))


def _endings(word: Word) -> list[str]:
    # "quy" may be the whole of quy or the beginning of quyết, whose y never turns into i.
    return sorted({word.folded, stripped(word.surface)})


def _weights(terms: Terms) -> dict[Term, float]:
    weights: defaultdict[Term, float] = defaultdict(float)
    for term, weight in _weighted(terms):
        weights[term] += weight
    return dict(weights)


def _weighted(terms: Terms) -> Iterator[tuple[Term, float]]:
    folded = FOLDED_WEIGHT if terms.has_diacritics else FOLDED_WEIGHT + CANONICAL_WEIGHT
    for word in terms.words:
        yield (TEXT, word.folded), folded
        yield (TITLE, word.folded), TITLE_WEIGHT
        if terms.has_diacritics:
            yield (CANONICAL, word.canonical), CANONICAL_WEIGHT
    for pair in (pair for run in terms.runs for pair in pairs(run.words)):
        yield (BIGRAMS, pair), BIGRAM_WEIGHT
    for number in terms.numbers:
        yield (TEXT, number.folded), NUMBER_WEIGHT


def _distinct(slots: Iterable[Slot]) -> tuple[Slot, ...]:
    return tuple(dict.fromkeys(slots))
