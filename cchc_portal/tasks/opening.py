"""Which tasks an item of a letter gives to which units."""

from collections.abc import Iterable, Iterator, Sequence

from cchc_portal.accounts.models import Unit
from cchc_portal.directives.models import Assignment, Item, Part
from cchc_portal.tasks.models import DeadlineSource, Task


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
    function = assignment.function if assignment.function and assignment.function.unit_id == unit.id else None
    task = Task(
        item=item,
        unit=unit,
        function=function,
        part=assignment.part,
        is_for_everybody=assignment.to_everybody,
        deliverable=item.deliverable,
        recurrence=item.recurrence,
        recurrence_day=item.recurrence_day,
    )
    task.be_due(
        item.deadline_on,
        operator=item.deadline_operator,
        words=item.deadline_words,
        source=DeadlineSource(item.deadline_source) if item.deadline_source else None,
    )
    return task
