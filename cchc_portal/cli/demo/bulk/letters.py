"""Letters with items and the tasks they gave, at every stage, the same for the same seed and day."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from random import Random

from sqlalchemy import select

from cchc_portal import audit
from cchc_portal.accounts.models import Unit, User
from cchc_portal.accounts.queries import units_taking_part
from cchc_portal.cli.demo.bulk.crowd import Person
from cchc_portal.cli.demo.bulk.prose import Writer
from cchc_portal.core.clock import today
from cchc_portal.core.db import db
from cchc_portal.directives.models import Assignment, Directive, Item, Part
from cchc_portal.directives.models import State as LetterState
from cchc_portal.tasks.models import DeadlineSource, NoteKind, State, Task, TaskNote

OLDEST = 540  # days: as long ago as the first letter is written
LATEST, EARLIEST = 120, 5  # days from a letter to its deadlines
KINDS = ("Công văn", "Kế hoạch", "Thông báo", "Chỉ thị")
ISSUERS = ("Ủy ban nhân dân phường Bắc Hồng", "Ủy ban nhân dân thị xã Hồng Lĩnh", "Sở Nội vụ")
STATES = {  # of tasks whose deadline is over, with how often they occur
    State.DONE: 70,
    State.VERIFIED: 6,
    State.REPORTED: 9,
    State.IN_PROGRESS: 9,
    State.NOT_STARTED: 4,
    State.CANCELLED: 2,
}
STILL_OPEN = {State.NOT_STARTED: 40, State.IN_PROGRESS: 40, State.REPORTED: 10, State.DONE: 10}


@dataclass(frozen=True)
class Office:
    """Who is asked and who acts."""

    units: Sequence[Unit]
    people: Sequence[Person]
    clerk: User

    @classmethod
    def around(cls, people: Sequence[Person]) -> "Office":
        """Return what is in the database now."""
        clerk = db.session.get_one(User, people[0].id)
        return cls(units_taking_part(), people, clerk)


def add_letters(numbers: range, *, of: int, tasks: int, seed: int, people: Sequence[Person]) -> int:
    """Add the letters of these numbers that are missing, with their share of the tasks; return how many.

    Args:
        numbers: of letters, from 1 to `of`.
        of: how many letters share the tasks.
        tasks: how many tasks all of them give.
        seed: other letters for another seed.
        people: those who act.
    """
    known = set(db.session.scalars(select(Directive.number).where(Directive.symbol == _symbol(seed))))
    office = Office.around(people)
    made = [
        _letter(number, tasks // of + (number <= tasks % of), seed, office)
        for number in numbers
        if str(number) not in known
    ]
    db.session.add_all(row for letter, rows in made for row in (letter, *rows))
    db.session.flush()
    audit.record_many("directive.issued", on=[letter for letter, _rows in made], by=None)
    return len(made)


def _symbol(seed: int) -> str:
    return f"UBND-B{seed}"


def _letter(number: int, tasks: int, seed: int, office: Office) -> tuple[Directive, list[Task]]:
    chance = Random(f"{seed}:letter:{number}")  # noqa: S311  text to measure with, no secret
    written = today() - timedelta(days=chance.randint(0, OLDEST))
    letter = Directive(
        state=LetterState.ISSUED,
        kind=chance.choice(KINDS),
        issuer=chance.choice(ISSUERS),
        number=str(number),
        symbol=_symbol(seed),
        place="Bắc Hồng",
        day=written.day,
        month=written.month,
        year=written.year,
        subject="về việc " + _lower(Writer(chance).write("title"))[:480],
        addressees=["Các bộ phận chuyên môn thuộc UBND phường"],
        text="",
        issued_at=_moment(written, chance),
        issued_by=office.clerk,
    )
    rows: list[Task] = []
    while len(rows) < tasks:
        rows += _give(letter, written, tasks - len(rows), chance, office)
    letter.text = "\n\n".join([letter.title, *(f"{item.code}. {item.text}" for item in letter.items)])
    return letter, rows


def _give(letter: Directive, written: date, most: int, chance: Random, office: Office) -> list[Task]:
    """Add an item to a letter and return the tasks it gives, `most` at most."""
    units = chance.sample(office.units, min(most, chance.randint(1, len(office.units))))
    item = _item(letter, written, units, chance)
    return [
        _task(item, unit, Part.SUPPORT if place else Part.LEAD, written, chance, office)
        for place, unit in enumerate(units)
    ]


def _item(letter: Directive, written: date, units: Sequence[Unit], chance: Random) -> Item:
    writer, number = Writer(chance), len(letter.items) + 1
    lead, *others = [unit.name for unit in units]
    helpers = f", phối hợp với {', '.join(others)}" if others else ""
    item = Item(
        code=str(number),
        position=number,
        text=f"Giao {lead} chủ trì{helpers} tham mưu, thực hiện: {_lower(writer.write('title'))}. {writer.write('problem')}",
        verb="chủ trì, tham mưu",
        deliverable=chance.choice(("Báo cáo", "Kế hoạch", "Danh sách", "Văn bản tham mưu", "")),
    )
    if chance.random() < 0.8:  # noqa: PLR2004  most items say until when
        _set_deadline(item, written + timedelta(days=chance.randint(EARLIEST, LATEST)), chance)
    item.assignments = [
        Assignment(words=unit.name, unit=unit, part=Part.SUPPORT if place else Part.LEAD)
        for place, unit in enumerate(units)
    ]
    letter.items.append(item)
    return item


def _set_deadline(item: Item, on: date, chance: Random) -> None:
    item.deadline_on, item.deadline_source = on, "letter"
    item.deadline_operator = chance.choice(("trước", "chậm nhất"))
    item.deadline_words = f"{item.deadline_operator} ngày {on:%d/%m/%Y}"


def _task(item: Item, unit: Unit, part: Part, written: date, chance: Random, office: Office) -> Task:
    task = Task(item=item, unit=unit, part=part, deliverable=item.deliverable)
    if item.deadline_on:
        task.be_due(
            item.deadline_on,
            operator=item.deadline_operator,
            words=item.deadline_words,
            source=DeadlineSource.LETTER,
        )
        task.letter_due_on = task.due_on
    task.serves_citizens, task.is_backlog = chance.random() < 0.2, chance.random() < 0.05  # noqa: PLR2004
    is_over = task.due_on is not None and task.due_on < today()
    chances = STATES if is_over else STILL_OPEN
    _move(task, chance.choices(list(chances), list(chances.values()))[0], written, chance, office)
    return task


def _move(task: Task, state: State, written: date, chance: Random, office: Office) -> None:
    """Let a task have come as far as a state, with what was said on the way."""
    task.state = state
    if state is State.NOT_STARTED:
        return
    author, moment = chance.choice(office.people).id, _moment(written, chance)
    task.percent = chance.randrange(10, 95, 5)
    task.started_at = task.state_changed_at = moment
    writer = Writer(chance)
    said = [
        TaskNote(text=writer.write("solution"), percent=task.percent, author_id=author, written_at=moment)
    ]
    if state not in {State.IN_PROGRESS, State.CANCELLED}:
        task.percent, task.reported_at, task.reported_by_id = 100, moment + timedelta(days=1), author
        said.append(
            TaskNote(
                kind=NoteKind.REPORT,
                text=writer.write("result"),
                percent=100,
                author_id=author,
                written_at=task.reported_at,
            )
        )
    if state in {State.VERIFIED, State.DONE}:
        task.verified_at, task.verified_by = moment + timedelta(days=2), office.clerk
    if state in {State.DONE, State.CANCELLED}:
        task.closed_at = moment + timedelta(days=3)
    task.notes = said


def _moment(day: date, chance: Random) -> datetime:
    """Return a moment within the office hours of a day."""
    return datetime.combine(day, time(hour=chance.randint(1, 9), minute=chance.randrange(60)), UTC)


def _lower(text: str) -> str:
    return text[:1].lower() + text[1:]
