"""Addresses of replication: candidates, the leader's decision, selected models."""

from functools import partial
from typing import Any

from flask import Blueprint, Response, render_template, request, url_for
from flask_babel import gettext as _

from cchc_portal.accounts.session import person
from cchc_portal.core.errors import InvalidState, require
from cchc_portal.initiatives import queries as initiatives
from cchc_portal.initiatives.models import Initiative
from cchc_portal.replication import operations, queries, rules
from cchc_portal.replication.forms import DeclineForm, SelectionForm
from cchc_portal.replication.models import Selection
from cchc_portal.web.htmx import done, show
from cchc_portal.web.pagination import Page, cut, unmark

CANDIDATES_PER_PAGE = 10
SELECTIONS_PER_PAGE = 20

blueprint = Blueprint("replication", __name__)


@blueprint.get("/replication")
def index() -> Response:
    """Show candidates to leaders, selected models to everybody."""
    shown, mark = _shown(), request.args.get("page", "")
    newest = request.args.get("sort") == "newest"
    page = _selections(mark) if shown == "selected" else _candidates(mark, shown, newest=newest)
    return show(
        "replication/index.html",
        "replication/_list.html",
        page=page,
        shown=shown,
        newest=newest,
        counts=queries.counts(to=person()) if rules.is_leader(person()) else None,
        rules=rules,
    )


@blueprint.get("/initiatives/<int:initiative_id>/decision")
def of_initiative(initiative_id: int) -> Response:
    """Show what was decided; to leaders also the way to decide. A section of the initiative's page."""
    found = _decided(_load(initiative_id))
    return show("replication/of_initiative.html", "replication/_of_initiative.html", **found)


@blueprint.get("/initiatives/<int:initiative_id>/selection")
def selection(initiative_id: int) -> Response:
    """Show what a selection means and ask for its terms."""
    return _ask_selection(_decidable(initiative_id), SelectionForm())


@blueprint.post("/initiatives/<int:initiative_id>/selection")
def select(initiative_id: int) -> Response:
    """Select it for replication."""
    initiative, form = _load(initiative_id), SelectionForm()
    if form.perform(_select, initiative, form) is None:
        return _ask_selection(_decidable(initiative_id), form, status=422)
    return done(_("Đã chọn nhân rộng."), to=url_for("initiatives.show", initiative_id=initiative_id))


@blueprint.get("/initiatives/<int:initiative_id>/non-selection")
def non_selection(initiative_id: int) -> Response:
    """Ask for the reason why it is not selected."""
    return _ask_reason(_decidable(initiative_id), DeclineForm())


@blueprint.post("/initiatives/<int:initiative_id>/non-selection")
def decline(initiative_id: int) -> Response:
    """Decline it for now."""
    initiative, form = _load(initiative_id), DeclineForm()
    if form.perform(lambda: operations.decline(initiative, by=person(), reason=form.reason.data)) is None:
        return _ask_reason(_decidable(initiative_id), form, status=422)
    message = _("Đã ghi quyết định chưa chọn nhân rộng.")
    return done(message, to=url_for("initiatives.show", initiative_id=initiative_id))


def section(initiative: Initiative) -> str:
    """Return what was decided as a section of the initiative's page."""
    return render_template("replication/_of_initiative.html", **_decided(initiative))


def _decided(initiative: Initiative) -> dict[str, Any]:
    return {
        "initiative": initiative,
        "decisions": queries.of_initiative(initiative),
        "can_decide": rules.can_decide(person(), initiative),
    }


def _shown() -> str:
    if not rules.is_leader(person()):
        return "selected"
    wanted = request.args.get("show", "")
    return wanted if wanted in {"declined", "selected"} else "waiting"


def _candidates(mark: str, shown: str, *, newest: bool) -> Page[queries.Candidate]:
    after = unmark(mark, kinds=(int, int)) if mark else None
    rows = queries.candidates(
        to=person(),
        declined=shown == "declined",
        newest=newest,
        after=(after[0], after[1]) if after else None,
        size=CANDIDATES_PER_PAGE,
    )
    return cut(
        rows, key=partial(queries.sorting_values, newest=newest), size=CANDIDATES_PER_PAGE, is_first=not mark
    )


def _selections(mark: str) -> Page[Selection]:
    after = unmark(mark, kinds=(int,))[0] if mark else None
    rows = queries.selections(to=person(), after=after, size=SELECTIONS_PER_PAGE)
    return cut(rows, key=lambda one: (one.id,), size=SELECTIONS_PER_PAGE, is_first=not mark)


def _load(initiative_id: int) -> Initiative:
    return initiatives.get(initiative_id, to=person())


def _decidable(initiative_id: int) -> Initiative:
    """Return the initiative if this person may decide about it now."""
    initiative = _load(initiative_id)
    require(rules.may_decide(person(), initiative))
    if not initiative.is_candidate:
        raise InvalidState(operations.OVER)
    return initiative


def _select(initiative: Initiative, form: SelectionForm) -> Selection:
    return operations.select(
        initiative,
        by=person(),
        targets=form.chosen_units,
        deadline=form.deadline.data,
        note=form.note.data or "",
    )


def _ask_selection(initiative: Initiative, form: SelectionForm, *, status: int = 200) -> Response:
    return show("replication/selection.html", initiative=initiative, form=form, status=status)


def _ask_reason(initiative: Initiative, form: DeclineForm, *, status: int = 200) -> Response:
    return show("replication/non_selection.html", initiative=initiative, form=form, status=status)
