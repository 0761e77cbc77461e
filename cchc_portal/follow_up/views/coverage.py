"""Coverage boards: of one letter, of all open ones, and what stands behind a cell."""

from dataclasses import replace
from functools import partial
from typing import Any

from flask import Response, request, url_for

from cchc_portal.accounts import queries as accounts
from cchc_portal.accounts.session import person
from cchc_portal.core.numbers import whole
from cchc_portal.directives import queries as letters
from cchc_portal.directives.models import Directive
from cchc_portal.follow_up import queries
from cchc_portal.follow_up.forms import show_of
from cchc_portal.follow_up.levels import Level
from cchc_portal.follow_up.queries import Board, Row, Show
from cchc_portal.follow_up.queries.coverage import sorting_values
from cchc_portal.follow_up.views.blueprint import blueprint
from cchc_portal.web.htmx import show
from cchc_portal.web.pagination import Page, cut, unmark

ITEMS = 15
ITEMS_OF_LETTER = 60  # more than letters have, but for the longest


@blueprint.get("/follow-up/coverage")
def coverage() -> Response:
    """Show which unit has come how far with which item of the open letters."""
    return _answer(None, "follow_up/coverage.html", size=ITEMS)


@blueprint.get("/directives/<int:directive_id>/coverage")
def of_letter(directive_id: int) -> Response:
    """Show the board of one letter with its progress; a section of the letter's page."""
    return _answer(letters.get(directive_id, to=person()), "follow_up/of_letter.html", size=ITEMS_OF_LETTER)


@blueprint.get("/directives/<int:directive_id>/items/<code>/units/<int:unit_id>")
def cell(directive_id: int, code: str, unit_id: int) -> Response:
    """Show what stands behind a cell: tasks and initiatives of a unit for an item."""
    item = letters.get_item(directive_id, code, to=person())
    unit = accounts.get_unit(unit_id, to=person())
    tasks, initiatives = queries.behind(item, unit, to=person())
    return show("follow_up/cell.html", item=item, unit=unit, tasks=tasks, initiatives=initiatives)


def _answer(letter: Directive | None, page: str, *, size: int) -> Response:
    wanted, unit = show_of(request.args), whole(request.args.get("unit"))
    found, rows = _board(letter, wanted, unit, size)
    return show(
        page,
        "follow_up/_coverage.html",
        letter=letter,
        board=replace(found, rows=rows.rows),
        page=rows,
        shown=wanted,
        shows=list(Show),
        levels=list(Level)[1:],
        progress=queries.progress({row.item.directive_id for row in rows.rows}, to=person()),
        address=partial(_address, letter, show=wanted.value, unit=unit),
    )


def _board(letter: Directive | None, wanted: Show, unit: int | None, size: int) -> tuple[Board, Page[Row]]:
    mark = request.args.get("page", "")
    after = unmark(mark, kinds=(int, int)) if mark else None
    board = queries.board(
        to=person(),
        letter=letter,
        unit=unit,
        show=wanted,
        after=(after[0], after[1]) if after else None,
        size=size,
    )
    return board, cut(board.rows, key=sorting_values, size=size, is_first=not mark)


def _address(letter: Directive | None, **values: Any) -> str:
    chosen = {name: value for name, value in values.items() if value}
    if letter is None:
        return url_for("follow_up.coverage", **chosen)
    return url_for("follow_up.of_letter", directive_id=letter.id, **chosen)
