"""How well the search finds what is meant: known targets, asked in every way that people type.

The questions are stretches of three to five words from the titles of the data set, and words picked
from a title; what is relevant is read from the texts themselves (whoever holds the stretch in one piece,
whose title holds all the words), so nothing is judged by the search that is measured.
"""

import math
import time
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from random import Random

from bench import tables
from bench.data import SEED, DataSet
from bench.spoiling import WAYS
from cchc_portal.app import create_app
from cchc_portal.core.text import fold_name
from cchc_portal.search import indexer, queries

QUESTIONS = 60  # of each kind
MOST_RELEVANT = 20
DEPTH, TOP = 20, 10


@dataclass(frozen=True)
class Question:
    """What is asked, and the ids of the initiatives that answer it."""

    text: str
    relevant: frozenset[int]


def measure(data: DataSet) -> None:
    """Print nDCG@10, recall@20, MRR@10 and the time for each way of typing."""
    app = create_app({"DATA_DIR": data.folder, "SQLALCHEMY_DATABASE_URI": f"sqlite:///{data.database}"})
    titles, texts = _corpus(data)
    with app.app_context():
        indexer.heal_search()
        for name, questions in (
            ("stretches of titles", _stretches(titles, texts)),
            ("words of titles", _picked(titles)),
        ):
            rows = [_row(way, spoil, questions) for way, spoil in WAYS.items()]
            head = ("typed", "nDCG@10", "recall@20", "MRR@10", "first is right %", "CPU ms p50", "p95")
            tables.show(f"{len(questions)} {name} among {data.size:,}", head, rows)


def _corpus(data: DataSet) -> tuple[dict[int, str], dict[int, str]]:
    """Return titles and whole texts of what everybody may find."""
    rows = data.ask(
        "SELECT thing_id, title, folded FROM search_entry WHERE kind = 'initiative' AND audience LIKE '% all %'"
    )
    return {row[0]: str(row[1]) for row in rows}, {row[0]: str(row[2]) for row in rows}


def _stretches(titles: dict[int, str], texts: dict[int, str]) -> list[Question]:
    random = Random(SEED)
    found: dict[str, Question] = {}
    for title in _shuffled(titles, random):
        words = title.replace("“", " ").replace("”", " ").split()
        length = random.randint(3, 5)
        start = random.randrange(max(1, len(words) - length))
        text = " ".join(words[start : start + length])
        held = f" {fold_name(text)} "
        relevant = frozenset(
            thing for thing, folded in texts.items() if held.replace("y ", "i ") in folded.replace("y ", "i ")
        )
        if (
            len(text.split()) == length
            and text.replace(" ", "").isalpha()
            and 0 < len(relevant) <= MOST_RELEVANT
        ):
            found.setdefault(held, Question(text, relevant))
        if len(found) == QUESTIONS:
            break
    return list(found.values())


def _picked(titles: dict[int, str]) -> list[Question]:
    random = Random(SEED + 1)
    held = {thing: set(fold_name(title).split()) for thing, title in titles.items()}
    found: dict[str, Question] = {}
    for title in _shuffled(titles, random):
        words = [word for word in title.split() if word.isalpha()]
        text = " ".join(
            words[place] for place in sorted(random.sample(range(len(words)), min(5, len(words))))
        )
        relevant = frozenset(thing for thing, there in held.items() if set(fold_name(text).split()) <= there)
        if 0 < len(relevant) <= MOST_RELEVANT:
            found.setdefault(text, Question(text, relevant))
        if len(found) == QUESTIONS:
            break
    return list(found.values())


def _shuffled(titles: dict[int, str], random: Random) -> Iterator[str]:
    things = sorted(titles)
    random.shuffle(things)
    return (titles[thing] for thing in things)


def _row(way: str, spoil: Callable[[str, Random], str], questions: Sequence[Question]) -> list[str]:
    random = Random(SEED)
    answers, times = [], []
    for question in questions:
        typed = spoil(question.text, random)
        began = time.process_time()
        found = queries.results(queries.Criteria(q=typed), to=None, limit=DEPTH)
        times.append((time.process_time() - began) * 1000)
        answers.append([card.id for card in found.cards if card.kind == "initiative"])
    pairs = list(zip(answers, (question.relevant for question in questions), strict=True))
    figures = [_mean(rate(*pair) for pair in pairs) for rate in (_ndcg, _recall, _reciprocal)]
    first = _mean(float(found[:1] != [] and found[0] in relevant) for found, relevant in pairs)
    times.sort()
    return [
        way,
        *(f"{figure:.3f}" for figure in figures),
        f"{first * 100:.0f}",
        *(f"{times[int(len(times) * part)]:.0f}" for part in (0.5, 0.95)),
    ]


def _ndcg(found: Sequence[int], relevant: Collection[int]) -> float:
    gained = sum(1 / math.log2(place + 2) for place, thing in enumerate(found[:TOP]) if thing in relevant)
    return gained / sum(1 / math.log2(place + 2) for place in range(min(TOP, len(relevant))))


def _recall(found: Sequence[int], relevant: Collection[int]) -> float:
    return len(set(found[:DEPTH]) & set(relevant)) / len(relevant)


def _reciprocal(found: Sequence[int], relevant: Collection[int]) -> float:
    return next((1 / (place + 1) for place, thing in enumerate(found[:TOP]) if thing in relevant), 0.0)


def _mean(figures: Iterator[float]) -> float:
    known = list(figures)
    return sum(known) / len(known)
