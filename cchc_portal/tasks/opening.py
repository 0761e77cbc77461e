"""Which tasks an item of a letter gives to which units, until when, and for which period."""

from collections.abc import Container, Iterable, Iterator, Sequence
from datetime import date, timedelta

from cchc_portal.accounts.models import Unit
from cchc_portal.core.calendar import EXCLUSIVE, last_day
from cchc_portal.core.clock import local, today
from cchc_portal.core.periods import due_in, next_period, period_of, periods_until
from cchc_portal.directives.models import Assignment, Directive, Item, Part
from cchc_portal.directives.reading.dates import existing
from cchc_portal.holidays.queries import work_calendar
from cchc_portal.tasks.models import DeadlineSource, Task

MOST_MISSED = 3  # periods made up for after a standstill, the present one among them


def tasks_of(item: Item, units: Sequence[Unit]) -> list[Task]:
    """Return a task for each unit that has to answer an item, not yet added to the session.

    A unit that is named more than once, by name and as one of "các bộ phận" say, gets one task and
    leads if any of the words let it lead. Units that the letter names but that no longer exist are
    answered for by their successors.

    Args:
        item: with its assignments.
        units: those that answer letters today.
    """
    tasks: dict[int, Task] = {}
    for assignment in item.assignments:
        for unit in _addressed(assignment, units):
            task = tasks.setdefault(unit.id, _task(item, unit, assignment))
            if assignment.part is Part.LEAD:
                task.part = Part.LEAD
            task.is_for_everybody = task.is_for_everybody and assignment.to_everybody
    return list(tasks.values())


def with_work(items: Sequence[Item]) -> list[Item]:
    """Return the items of a letter that ask for work; one such as "3. Các bộ phận:" only leads in those below.

    Args:
        items: all of a letter, with their assignments.
    """
    below: dict[int | None, list[Item]] = {}
    for item in items:
        below.setdefault(item.parent_id, []).append(item)
    return [item for item in items if not _only_leads_in(item, below.get(item.id, []))]


def task_of(item: Item, unit: Unit, *, period: str) -> Task:
    """Return a task of an item for a unit, with the letter's deadline, not yet added to the session."""
    task = Task(
        item=item,
        unit=unit,
        deliverable=item.deliverable,
        recurrence=item.recurrence,
        recurrence_day=item.recurrence_day,
        period=period,
    )
    give_letter_deadline(task)
    return task


def following(task: Task, units: Sequence[Unit], *, known: Container[tuple[int, int]] = ()) -> list[Task]:
    """Return the tasks that follow one whose duty returns, until today's period; none if it is made.

    What was missed while the portal stood still is made up for, but no more than the last
    `MOST_MISSED` periods: nobody can do last year's weekly reports.

    Args:
        task: the newest of its item and unit.
        units: those that answer letters today.
        known: (item id, unit id) of duties that return already; an heir goes on with its own, and not
            at all once that was ended.
    """
    heirs = [
        heir
        for heir in _today(task.unit, units)
        if heir.id == task.unit_id or (task.item_id, heir.id) not in known
    ]
    return [
        _next(task, heir, period)
        for heir in heirs
        for period in periods_until(task.period, today(), most=MOST_MISSED)
    ]


def period_of_opening(item: Item) -> str:
    """Return the period of an item's first task: the first, since letter and today, that can still be met.

    A letter of the 20th that wants numbers "trước ngày 20 hằng tháng" wants them from next month on.
    """
    if item.recurrence is None:
        return ""
    begin = max(_written_on(item.directive) or today(), today())
    period = period_of(begin, item.recurrence)
    due_on = _deadline(item, period)
    if due_on and last_day(due_on, operator=item.deadline_operator) < begin:
        return next_period(period)
    return period


def give_letter_deadline(task: Task) -> None:
    """Let the deadline hold that the item names: a day, a number of days, a day of each period."""
    item = task.item
    task.be_due(
        _deadline(item, task.period),
        operator=item.deadline_operator,
        words=item.deadline_words,
        source=DeadlineSource(item.deadline_source or DeadlineSource.LETTER),
    )
    task.letter_due_on = task.due_on if task.deadline_source is DeadlineSource.LETTER else None


def move_with_letter(task: Task) -> bool:
    """Let a task follow its letter's deadline if that was amended; say whether it did.

    An internal deadline stays in force unless the letter now asks for more than it does.
    """
    written = task_of(task.item, task.unit, period=task.period)
    if _is_as(written, task):
        return False
    task.letter_due_on = written.letter_due_on
    if not (task.deadline_source is DeadlineSource.INTERNAL and _keeps_within(task)):
        give_letter_deadline(task)
    return True


def _only_leads_in(item: Item, below: Sequence[Item]) -> bool:
    """Say whether an item names nothing but who does what stands below it, each with its own assignment."""
    asked = item.verb or item.deliverable or item.deadline_words or item.deadline_on
    heads = item.text.rstrip().endswith(":") and not asked
    return heads and bool(below) and all(one.assignments for one in below)


def _is_as(written: Task, task: Task) -> bool:
    if task.deadline_source is DeadlineSource.INTERNAL:
        return written.letter_due_on == task.letter_due_on
    there = written.letter_due_on, written.deadline_words, written.due_on
    return there == (task.letter_due_on, task.deadline_words, task.due_on)


def _keeps_within(task: Task) -> bool:
    if task.is_extended or task.letter_due_on is None or task.due_on is None:
        return True
    return task.due_on <= task.letter_due_on


def _deadline(item: Item, period: str) -> date | None:
    """Return the day as it is written, which an operator such as "trước" still leaves out."""
    if period:
        on = due_in(period, item.recurrence_day)
        # "trước" needs a day to come before; without one the whole period is there for the work.
        return on + timedelta(days=1) if _leaves_out_last(item) else on
    if item.deadline_on is not None or item.within_days is None:
        return item.deadline_on
    counted_from = _exactly_written_on(item.directive) or _issued_on(item.directive)
    if item.within_working:
        return work_calendar().add_working_days(counted_from, item.within_days)
    return counted_from + timedelta(days=item.within_days)


def _leaves_out_last(item: Item) -> bool:
    return item.recurrence_day is None and item.deadline_operator in EXCLUSIVE


def _written_on(directive: Directive) -> date | None:
    return existing(directive.year, directive.month or 1, directive.day or 1) if directive.year else None


def _exactly_written_on(directive: Directive) -> date | None:
    return _written_on(directive) if directive.month and directive.day else None


def _issued_on(directive: Directive) -> date:
    return local(directive.issued_at).date() if directive.issued_at else today()


def _addressed(assignment: Assignment, units: Sequence[Unit]) -> Iterable[Unit]:
    if assignment.unit:
        return _today(assignment.unit, units)
    return units if assignment.to_all_units or assignment.to_everybody else ()


def _today(unit: Unit, units: Sequence[Unit]) -> Iterator[Unit]:
    standing = {one.id for one in units}
    heir: Unit | None = unit
    for _generation in range(10):  # successions of units are short; a circle of them must not hang
        if heir is None or heir.id in standing:
            break
        heir = heir.successor
    if heir is not None and heir.id in standing:
        yield heir


def _task(item: Item, unit: Unit, assignment: Assignment) -> Task:
    task = task_of(item, unit, period=period_of_opening(item))
    task.part, task.is_for_everybody = assignment.part, assignment.to_everybody
    if assignment.function and assignment.function.unit_id == unit.id:
        task.function = assignment.function
    return task


def _next(task: Task, unit: Unit, period: str) -> Task:
    made = task_of(task.item, unit, period=period)
    made.part, made.is_for_everybody = task.part, task.is_for_everybody
    made.deliverable, made.serves_citizens = task.deliverable, task.serves_citizens
    made.recurrence, made.recurrence_day = task.recurrence, task.recurrence_day
    if unit.id == task.unit.id:
        made.function = task.function
        made.person = task.person if task.person and task.person.is_active else None
    return made
