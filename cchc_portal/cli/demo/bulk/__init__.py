"""Volume to measure with: people, letters, tasks, initiatives, votes, comments, the same for the same seed."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from sqlalchemy import select

from cchc_portal import audit
from cchc_portal.cli.demo.bulk.compose import Scene, code_of, compose
from cchc_portal.cli.demo.bulk.crowd import Person, open_accounts, people_of
from cchc_portal.cli.demo.bulk.letters import add_letters
from cchc_portal.cli.demo.bulk.reactions import react
from cchc_portal.core.db import db, unit_of_work
from cchc_portal.initiatives.models import Initiative

CHUNK = 200  # initiatives per transaction; keeps memory flat
LETTERS = 25  # per transaction, with their tasks


@dataclass(frozen=True)
class Volume:
    """How much there should be; the numbers of another seed are other people and other texts."""

    initiatives: int
    users: int
    seed: int
    letters: int = 0
    tasks: int = 0


def load_bulk(volume: Volume, *, tick: Callable[[int], None]) -> int:
    """Add what is missing of a volume; return how many initiatives, letters and accounts were added.

    Args:
        volume: how much there should be afterwards.
        tick: called with a number of initiatives whenever so many more are there.
    """
    with unit_of_work():
        added = open_accounts(volume.users, seed=volume.seed)
    people = people_of(volume.seed)
    added += _add_letters(volume, people)
    for first in range(1, volume.initiatives + 1, CHUNK):
        numbers = range(first, min(first + CHUNK, volume.initiatives + 1))
        with unit_of_work():
            added += _add(numbers, volume.seed, people)
        db.session.expunge_all()
        tick(len(numbers))
    return added


def _add_letters(volume: Volume, people: Sequence[Person]) -> int:
    added = 0
    for first in range(1, volume.letters + 1, LETTERS):
        numbers = range(first, min(first + LETTERS, volume.letters + 1))
        with unit_of_work():
            added += add_letters(
                numbers, of=volume.letters, tasks=volume.tasks, seed=volume.seed, people=people
            )
        db.session.expunge_all()
    return added


def _add(numbers: range, seed: int, people: Sequence[Person]) -> int:
    codes = {number: code_of(number, seed=seed) for number in numbers}
    known = set(db.session.scalars(select(Initiative.code).where(Initiative.code.in_(codes.values()))))
    missing = [number for number in numbers if codes[number] not in known]
    scene = Scene.around(people)
    composed = [compose(number, seed=seed, scene=scene) for number in missing]
    db.session.add_all(row for one in composed for row in (one.draft, *one.versions))
    db.session.flush()
    react(composed, people)
    audit.record_many("initiative.imported", on=[one.initiative for one in composed], by=None)
    return len(composed)
