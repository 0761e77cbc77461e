"""Letters that are issued become work."""

from collections.abc import Callable
from datetime import date

import pytest
from flask import Flask
from sqlalchemy import select

from cchc_portal import audit
from cchc_portal.accounts.models import Unit
from cchc_portal.core.db import db
from cchc_portal.directives.models import Assignment, Directive, Part
from cchc_portal.directives.models import State as LetterState
from cchc_portal.tasks.models import DeadlineSource, State, Task
from tests.factories.accounts import make_unit
from tests.factories.directives import make_directive


def _issue(directive: Directive, deliver: Callable[[], None]) -> list[Task]:
    directive.issued_by.unit.takes_part = False  # only the units of the test answer
    audit.record("directive.issued", on=directive, by=directive.issued_by)
    db.session.commit()
    deliver()
    return list(db.session.scalars(select(Task).order_by(Task.id)))


def _assign(directive: Directive, *assignments: Assignment) -> Directive:
    directive.items[0].assignments = list(assignments)
    return directive


def test_issued_item_gives_its_unit_a_task(app: Flask, deliver: Callable[[], None]) -> None:
    unit = make_unit()
    directive = _assign(make_directive(), Assignment(words="Văn phòng", unit=unit))
    directive.items[0].deadline_on, directive.items[0].deadline_operator = date(2023, 3, 15), "trước"
    directive.items[0].deadline_source = "letter"

    [task] = _issue(directive, deliver)

    assert (task.item_id, task.unit_id, task.state, task.part) == (
        directive.items[0].id,
        unit.id,
        State.NOT_STARTED,
        Part.LEAD,
    )
    assert (task.due_on, task.deadline_source) == (date(2023, 3, 14), DeadlineSource.LETTER)


@pytest.mark.parametrize("whom", ["to_all_units", "to_everybody"])
def test_item_for_all_gives_each_unit_that_takes_part_a_task(
    app: Flask, deliver: Callable[[], None], whom: str
) -> None:
    units = [make_unit(), make_unit()]
    make_unit(takes_part=False)
    directive = _assign(make_directive(), Assignment(words="Các bộ phận", **{whom: True}))

    tasks = _issue(directive, deliver)

    assert sorted(task.unit_id for task in tasks) == sorted(unit.id for unit in units)
    assert {task.is_for_everybody for task in tasks} == {whom == "to_everybody"}


def test_unit_named_twice_gets_one_task_and_leads(app: Flask, deliver: Callable[[], None]) -> None:
    unit = make_unit()
    directive = _assign(
        make_directive(),
        Assignment(words="Các bộ phận", to_all_units=True, part=Part.SUPPORT),
        Assignment(words="Văn phòng", unit=unit, part=Part.LEAD),
    )

    tasks = _issue(directive, deliver)

    assert [(task.unit_id, task.part) for task in tasks] == [(unit.id, Part.LEAD)]


def test_successor_answers_for_a_unit_that_is_gone(app: Flask, deliver: Callable[[], None]) -> None:
    heir = make_unit()
    gone = make_unit(valid_to=date(2023, 1, 1), successor_id=heir.id)
    directive = _assign(make_directive(), Assignment(words="Bộ phận cũ", unit=gone))

    assert [task.unit_id for task in _issue(directive, deliver)] == [heir.id]


def test_units_that_succeed_each_other_in_a_circle_get_nothing(
    app: Flask, deliver: Callable[[], None]
) -> None:
    first = make_unit(valid_to=date(2023, 1, 1))
    second = make_unit(valid_to=date(2023, 1, 1), successor_id=first.id)
    first.successor_id = second.id
    directive = _assign(make_directive(), Assignment(words="Bộ phận cũ", unit=first))

    assert _issue(directive, deliver) == []


def test_words_that_name_nobody_of_ours_give_no_task(app: Flask, deliver: Callable[[], None]) -> None:
    assert _issue(_assign(make_directive(), Assignment(words="Sở Nội vụ")), deliver) == []


def test_letter_that_was_closed_before_the_worker_came_by_gives_no_work(
    app: Flask, deliver: Callable[[], None]
) -> None:
    letter = _assign(
        make_directive(state=LetterState.CLOSED), Assignment(words="Văn phòng", unit=make_unit())
    )

    assert _issue(letter, deliver) == []


def test_letter_issued_is_told_twice_and_opens_its_tasks_once(
    app: Flask, deliver: Callable[[], None]
) -> None:
    unit: Unit = make_unit()
    directive = _assign(make_directive(), Assignment(words="Văn phòng", unit=unit))
    _issue(directive, deliver)

    assert len(_issue(directive, deliver)) == 1


@pytest.mark.parametrize(
    ("words", "parts", "codes"),
    [
        ("Các bộ phận:", 1, ["2"]),
        ("Các bộ phận: ", 1, ["2"]),
        ("Các bộ phận rà soát, cụ thể như sau.", 1, ["1", "2"]),  # asks for work itself
        ("Các bộ phận:", 0, ["1", "2"]),  # nobody below would do it
    ],
)
def test_item_that_only_leads_in_others_gives_no_task(
    app: Flask, deliver: Callable[[], None], words: str, parts: int, codes: list[str]
) -> None:
    unit, directive = make_unit(), make_directive(items=2)
    first, second = directive.items
    first.text, second.parent = words, first if parts else None
    for item in (first, second):
        item.assignments = [Assignment(words="Các bộ phận", unit=unit)]

    tasks = _issue(directive, deliver)

    assert [task.item.code for task in tasks] == codes


@pytest.mark.parametrize(
    "asked",
    [
        {"verb": "xây dựng kế hoạch"},
        {"deliverable": "Kế hoạch"},
        {"deadline_words": "trong tháng 3"},
        {"deadline_on": date(2023, 3, 15), "deadline_operator": "trước", "deadline_source": "letter"},
    ],
)
def test_item_leading_in_that_asks_for_something_keeps_its_task(
    app: Flask, deliver: Callable[[], None], asked: dict[str, object]
) -> None:
    unit, directive = make_unit(), make_directive(items=2)
    first, second = directive.items
    first.text, second.parent = "Các bộ phận:", first
    for name, value in asked.items():
        setattr(first, name, value)
    for item in (first, second):
        item.assignments = [Assignment(words="Các bộ phận", unit=unit)]

    tasks = _issue(directive, deliver)

    assert [task.item.code for task in tasks] == ["1", "2"]


def test_item_leading_in_one_that_names_nobody_keeps_its_task(
    app: Flask, deliver: Callable[[], None]
) -> None:
    directive = _assign(make_directive(items=2), Assignment(words="Văn phòng", unit=make_unit()))
    directive.items[0].text, directive.items[1].parent = "Văn phòng:", directive.items[0]

    tasks = _issue(directive, deliver)

    assert [task.item.code for task in tasks] == ["1"]
