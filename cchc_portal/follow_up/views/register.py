"""The follow-up register as a live board, and a month of it."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from flask import Response, request

from cchc_portal.accounts.session import person
from cchc_portal.core.clock import today
from cchc_portal.core.errors import NotFound
from cchc_portal.follow_up import queries
from cchc_portal.follow_up.forms import FilterForm, filters_of, grouping_of, period_words
from cchc_portal.follow_up.periods import month_of, span
from cchc_portal.follow_up.queries.register import Choices, Grouping, Mark, sorting_values
from cchc_portal.follow_up.views.blueprint import blueprint
from cchc_portal.holidays import queries as holidays
from cchc_portal.reminders.queries import last_urgings
from cchc_portal.reminders.rules import can_oversee
from cchc_portal.tasks import queries as tasks
from cchc_portal.tasks.models import Task
from cchc_portal.web.htmx import htmx, show
from cchc_portal.web.pagination import Page, cut, unmark

LINES = 20


@blueprint.get("/follow-up")
def index() -> Response:
    """Show the register, narrowed down and grouped by the address."""
    filters, by, among = filters_of(request.args), grouping_of(request.args), queries.choices()
    page, groups = _page(filters, by, among), queries.groups(filters, to=person(), by=by, among=among)
    return show(
        "follow_up/index.html",
        "follow_up/_register.html",
        filters=filters,
        by=by,
        form=FilterForm(among, filters),
        page=page,
        groups=groups,
        sections=queries.sections(page.rows, groups, by=by),
        **_beside(page.rows, by),
        saved=() if htmx.wants_fragment else queries.views(to=person()),
    )


@blueprint.get("/follow-up/calendar")
def calendar() -> Response:
    """Show a month with the tasks on their last days."""
    month = request.args.get("month", "") or month_of(today())
    first, filters = _first_of(month), replace(filters_of(request.args), period="")
    return show(
        "follow_up/calendar.html",
        "follow_up/_calendar.html",
        title=period_words(month),
        weeks=queries.month(first, filters, to=person()),
        holidays={one.day_on: one for one in holidays.of_year(first.year)},
        today=today(),
        filters=filters,
        neighbours=_neighbours(first),
    )


def _first_of(month: str) -> date:
    found = span(month)
    if found is None or month != month_of(found[0]):
        raise NotFound
    return found[0]


def _page(filters: queries.Filters, by: Grouping, among: Choices) -> Page[Task]:
    mark = request.args.get("page", "")
    after: Mark | None = unmark(mark, kinds=(int, int, int)) if mark else None
    rows = queries.lines(filters, to=person(), by=by, among=among, after=after, size=LINES)
    return cut(rows, key=lambda row: sorting_values(row, by=by, among=among), size=LINES, is_first=not mark)


def _beside(rows: Sequence[Task], by: Grouping) -> dict[str, Any]:
    """Return what stands beside the lines: letters that answer, and for whoever may urge the last urgings."""
    may_urge = by is Grouping.UNIT and can_oversee(person())
    return {
        "answers": tasks.answers(rows, to=person()),
        "urgings": last_urgings({task.unit_id for task in rows}) if may_urge else None,
        "today": today(),
    }


def _neighbours(first: date) -> tuple[str, str]:
    before = (first.year - 1, 12) if first.month == 1 else (first.year, first.month - 1)
    after = (first.year + 1, 1) if first.month == 12 else (first.year, first.month + 1)  # noqa: PLR2004
    return f"{before[0]}-{before[1]:02}", f"{after[0]}-{after[1]:02}"
