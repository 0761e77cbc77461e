"""Giving work: an item to a further unit, a task to a person, a day to finish it."""

from flask import Response, url_for
from flask_babel import gettext as _

from cchc_portal.accounts.session import person
from cchc_portal.core.errors import InvalidState, require
from cchc_portal.directives import queries as letters
from cchc_portal.directives.models import Item
from cchc_portal.tasks import operations, queries, rules
from cchc_portal.tasks.forms import AssignmentForm, DeadlineForm, PersonForm
from cchc_portal.tasks.operations.assigning import NOT_ISSUED
from cchc_portal.tasks.views.blueprint import NAME, ONE, SET_DEADLINE, ask, back, blueprint, load
from cchc_portal.web.htmx import done, show

OF_ITEM = "/directives/<int:directive_id>/items/<code>/tasks"


@blueprint.get(f"{OF_ITEM}/new")
def new(directive_id: int, code: str) -> Response:
    """Ask which further unit an item is given to."""
    item = _load(directive_id, code)
    return _assignment(item, AssignmentForm(given=_given(item), formdata=None))


@blueprint.post(OF_ITEM)
def assign(directive_id: int, code: str) -> Response:
    """Give an item to a further unit."""
    item = _load(directive_id, code)
    form = AssignmentForm(given=_given(item))
    task = form.perform(
        lambda: operations.assign(item, by=person(), unit=form.chosen_unit, **form.values),
    )
    if task is None:
        return _assignment(_load(directive_id, code), form, status=422)
    return done(_("Đã giao nhiệm vụ."), to=url_for("tasks.show", task_id=task.id))


@blueprint.get(f"{ONE}/person")
def naming(task_id: int) -> Response:
    """Ask who does it."""
    task, form = load(task_id), PersonForm(formdata=None)
    require(rules.can_assign(person()) or person().heads(task.unit_id))
    form.about(task)
    form.person.data = task.person_id
    return ask(task, form, NAME, permitted=rules.can_name(person(), task))


@blueprint.post(f"{ONE}/person")
def name_person(task_id: int) -> Response:
    """Name who does it."""
    task, form = load(task_id), PersonForm()
    require(rules.can_assign(person()) or person().heads(task.unit_id))
    form.about(task)
    if form.perform(lambda: operations.name_person(task, by=person(), person=form.chosen)) is None:
        return ask(load(task_id), form, NAME, status=422)
    return back(_("Đã lưu người thực hiện."), task_id)


@blueprint.get(f"{ONE}/deadline")
def deadline(task_id: int) -> Response:
    """Ask for an internal deadline."""
    task = load(task_id)
    require(rules.can_assign(person()))
    is_internal = task.deadline_source == "internal"
    form = DeadlineForm(formdata=None, data={"due_on": task.due_on if is_internal else None})
    return ask(task, form, SET_DEADLINE, permitted=rules.can_set_deadline(person(), task))


@blueprint.post(f"{ONE}/deadline")
def set_deadline(task_id: int) -> Response:
    """Set an internal deadline, or take it back."""
    task, form = load(task_id), DeadlineForm()
    if form.perform(lambda: operations.set_deadline(task, by=person(), on=form.due_on.data)) is None:
        return ask(load(task_id), form, SET_DEADLINE, status=422)
    return back(_("Đã lưu hạn."), task_id)


def _load(directive_id: int, code: str) -> Item:
    """Return an item that can be given to units.

    Raises:
        InvalidState: its letter is a draft, or closed.
    """
    require(rules.can_assign(person()))
    item = letters.get_item(directive_id, code, to=person())
    if not rules.is_in_force(item.directive):
        raise InvalidState(NOT_ISSUED)
    return item


def _given(item: Item) -> set[int]:
    """Return the units that have been given an item; a duty that returns is theirs in every period."""
    return {task.unit_id for task in queries.of_item(item, to=person())}


def _assignment(item: Item, form: AssignmentForm, *, status: int = 200) -> Response:
    return show("tasks/new.html", "tasks/_new.html", item=item, form=form, status=status)
