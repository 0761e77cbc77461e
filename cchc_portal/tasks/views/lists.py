"""The list of tasks: whose, which, in which groups; all of it stands in the address."""

from collections.abc import Callable, Sequence
from datetime import date, timedelta
from itertools import groupby
from typing import Any

from flask import request, url_for
from flask_babel import gettext as _
from sqlalchemy import Select

from cchc_portal.accounts.models import User
from cchc_portal.core.calendar import SOON
from cchc_portal.core.clock import today
from cchc_portal.core.i18n import N_
from cchc_portal.tasks import queries, rules
from cchc_portal.tasks.forms import FilterForm
from cchc_portal.tasks.models import CLOSED, State, Task

NAMES = ("scope", "unit", "state", "due", "backlog")
GROUPS = {
    "overdue": N_("Quá hạn"),
    "week": N_("Trong tuần này"),
    "later": N_("Các tuần sau"),
    "undated": N_("Chưa có hạn"),
    "reported": N_("Đã báo cáo, chờ kiểm tra"),
    "closed": N_("Đã kết thúc"),
}

SCOPES: dict[str, Callable[[User], Select[Task]]] = {
    "mine": queries.mine,
    "person": lambda user: queries.lines(to=user, person_id=user.id),
    "verification": lambda user: queries.waiting_for_verification(to=user).order_by(None),
    "all": lambda user: queries.lines(to=user),
}


def scope_of(user: User) -> str:
    """Return whose tasks the address asks for: the person's and its units' unless it says otherwise."""
    wanted = request.args.get("scope", "")
    if wanted == "verification" and not rules.can_assign(user):
        return "mine"
    return wanted if wanted in SCOPES else "mine"


def narrowed(query: Select[Task], form: FilterForm) -> Select[Task]:
    """Return a query narrowed down by the filters of the address; what cannot exist is passed over."""
    state = form.state.data
    if state in set(State):
        query = query.where(Task.state == state)
    elif not state:
        query = query.where(Task.state.not_in(CLOSED), queries.in_force())
    if form.unit.data is not None:
        query = query.where(Task.unit_id == form.unit.data)
    if form.backlog.data:
        query = query.where(Task.is_backlog)
    return _due(query, form.due.data or "")


def grouped(tasks: Sequence[Task]) -> list[tuple[str, list[Task]]]:
    """Return tasks, which are in the order of work, under the words for when they are due."""
    sunday = today() + timedelta(days=6 - today().weekday())
    found = groupby(tasks, key=lambda task: _group(task, sunday))
    return [(GROUPS[name], list(rows)) for name, rows in found]


def tabs(user: User, scope: str) -> list[tuple[str, str, bool, int | None]]:
    """Return whose tasks can be shown, as tabs with their numbers."""
    figures = queries.figures(user)
    labels: list[tuple[str, str, int | None]] = [
        ("mine", _("Của tôi và bộ phận"), figures.open),
        ("person", _("Giao cho tôi"), None),
        ("all", _("Mọi bộ phận"), None),
    ]
    if rules.can_assign(user):
        labels.insert(2, ("verification", _("Chờ kiểm tra"), figures.to_verify))
    return [
        (label, url_for("tasks.index", scope=name if name != "mine" else None), name == scope, number)
        for name, label, number in labels
    ]


def address(**changes: Any) -> str:
    """Return the address of the list with the filters of the running request and some of them changed."""
    known = {name: request.args[name] for name in NAMES if name in request.args}
    return url_for("tasks.index", **(known | changes))


def _due(query: Select[Task], wanted: str) -> Select[Task]:
    if wanted == "overdue":
        return query.where(Task.is_overdue)
    if wanted == "week":
        return query.where(Task.due_on.between(today(), today() + timedelta(days=SOON)))
    return query


def _group(task: Task, sunday: date) -> str:
    if task.is_closed:
        return "closed"
    if not task.is_open:
        return "reported"
    if task.due_on is None:
        return "undated"
    if task.is_overdue:
        return "overdue"
    return "week" if task.due_on <= sunday else "later"
