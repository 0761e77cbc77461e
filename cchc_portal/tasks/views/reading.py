"""Reading: my tasks, one task, the tasks of an item, those of a letter."""

from flask import Response, request

from cchc_portal.accounts.session import person
from cchc_portal.directives import queries as letters
from cchc_portal.tasks import queries, rules
from cchc_portal.tasks.forms import FilterForm
from cchc_portal.tasks.views.blueprint import ONE, blueprint, load
from cchc_portal.tasks.views.lists import SCOPES, address, grouped, narrowed, scope_of, tabs
from cchc_portal.tasks.views.stages import stages
from cchc_portal.tasks.views.story import story
from cchc_portal.web.htmx import show as answer
from cchc_portal.web.pagination import cut, unmark

PER_PAGE = 50


@blueprint.get("/tasks")
def index() -> Response:
    """Show the tasks of a person and its units; to the Office also what waits to be verified, and all."""
    form, scope, mark = FilterForm(), scope_of(person()), request.args.get("page", "")
    after = unmark(mark, kinds=(int, int, int)) if mark else None
    query = narrowed(SCOPES[scope](person()), form)
    rows = queries.page_of(query, after=after, size=PER_PAGE)
    page = cut(rows, key=queries.sorting_values, size=PER_PAGE, is_first=not mark)
    return answer(
        "tasks/index.html",
        "tasks/_list.html",
        page=page,
        groups=grouped(page.rows),
        tabs=tabs(person(), scope),
        scope=scope,
        form=form,
        address=address,
    )


@blueprint.get(ONE)
def show(task_id: int) -> Response:
    """Show one task: how far it is, until when, what was said about it, and what to do next."""
    task = load(task_id)
    return answer(
        "tasks/show.html",
        task=task,
        stages=stages(task),
        story=story(task),
        answering=queries.answers([task], to=person()).get(task.id),
        rules=rules,
    )


@blueprint.get("/directives/<int:directive_id>/items/<code>/tasks")
def of_item(directive_id: int, code: str) -> Response:
    """Show the tasks an item has given; a section of the item's page."""
    item = letters.get_item(directive_id, code, to=person())
    return answer(
        "tasks/of_item.html",
        "tasks/_of_item.html",
        item=item,
        tasks=queries.of_item(item, to=person()),
        may_assign=rules.can_assign(person()) and rules.is_in_force(item.directive),
    )


@blueprint.get("/directives/<int:directive_id>/tasks")
def of_letter(directive_id: int) -> Response:
    """Show how far the tasks of a letter are, unit by unit; a section of the letter's page."""
    letter = letters.get(directive_id, to=person())
    return answer(
        "tasks/of_letter.html",
        "tasks/_of_letter.html",
        letter=letter,
        units=queries.standing_by_unit(letter, to=person()),
    )
