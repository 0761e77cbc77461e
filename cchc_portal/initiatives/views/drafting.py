"""Writing: first step, editor, autosave, submission, bin."""

from contextlib import suppress
from typing import Any

from flask import Response, request, url_for
from flask_babel import gettext as _

from cchc_portal.accounts.session import person
from cchc_portal.core.db import kept_apart
from cchc_portal.core.errors import Invalid, require
from cchc_portal.core.numbers import whole
from cchc_portal.initiatives import operations, queries, rules
from cchc_portal.initiatives.content import LABELS, Check, completeness, read
from cchc_portal.initiatives.forms import DraftForm, FilesForm, StartForm
from cchc_portal.initiatives.models import Draft, EntryMode, Initiative, Kind
from cchc_portal.initiatives.views.blueprint import blueprint, load
from cchc_portal.initiatives.views.words import readable
from cchc_portal.web.forms import intended_method
from cchc_portal.web.htmx import done, go, htmx, piece, show

NOT_KEPT = frozenset({"csrf_token", "revision", "replaces", "add_row", "remove_row", "find_author"})


@blueprint.get("/initiatives/new")
def new() -> Response:
    """Show the first step of a new initiative."""
    require(rules.can_start(person()))
    return show("initiatives/new.html", form=_first_step())


@blueprint.post("/initiatives")
def start() -> Response:
    """Begin a draft and open its editor."""
    form = StartForm()
    initiative = form.perform(
        lambda: operations.start(
            by=person(),
            kind=Kind(form.kind.data),
            entry_mode=EntryMode(form.entry_mode.data),
            title=form.title.data,
            item_id=whole(form.item_id.data),
        ),
    )
    if initiative is None:
        return show("initiatives/new.html", form=form, status=422)
    return go(url_for("initiatives.draft", initiative_id=initiative.id))


@blueprint.get("/initiatives/<int:initiative_id>/draft")
def draft(initiative_id: int) -> Response:
    """Show the editor; what can no longer be changed is shown as it was submitted."""
    initiative = load(initiative_id)
    saved = queries.draft_of(initiative, to=person())
    if not rules.can_write(person(), initiative):
        return go(url_for("initiatives.show", initiative_id=initiative.id))
    form = DraftForm(data={**saved.content, "revision": str(saved.revision)})
    return _editor(initiative, form)


@blueprint.post("/initiatives/<int:initiative_id>/draft")
def save(initiative_id: int) -> Response:
    """Keep what was typed, by itself while typing or by the button."""
    initiative, form = load(initiative_id), DraftForm()
    if form.change_rows():
        return _editor(initiative, form)
    try:
        saved = form.perform(
            operations.save, initiative, by=person(), content=form.content(), revision=form.known_revision
        )
    except operations.DraftConflict as conflict:
        return _conflict(initiative, form, conflict)
    if saved is None:
        return _not_saved(initiative, form)
    if htmx.wants_fragment:
        return _saved(initiative, saved)
    return done(_("Đã lưu bản nháp."), to=url_for("initiatives.draft", initiative_id=initiative.id))


@blueprint.post("/initiatives/<int:initiative_id>/submission")
def submit(initiative_id: int) -> Response:
    """Keep what was typed, then hand it in."""
    initiative, form = load(initiative_id), DraftForm()
    try:
        if form.perform(_save_and_submit, initiative, form) is None:
            return _incomplete(initiative_id, form)
    except operations.DraftConflict as conflict:
        return _conflict(initiative, form, conflict)
    message = _("Đã gửi. Mã của bạn là %(code)s.", code=initiative.code)
    return done(message, to=url_for("initiatives.show", initiative_id=initiative.id))


@blueprint.route("/initiatives/<int:initiative_id>/deletion", methods=["PUT", "DELETE", "POST"])
def deletion(initiative_id: int) -> Response:
    """Put a draft into the bin (PUT), or bring it back (DELETE)."""
    if intended_method() == "DELETE":
        initiative = operations.restore(queries.get_deleted(initiative_id, to=person()), by=person())
        return done(_("Đã khôi phục bản nháp."), to=url_for("initiatives.draft", initiative_id=initiative.id))
    initiative = operations.delete(load(initiative_id), by=person())
    return go(url_for("initiatives.deleted", initiative_id=initiative.id))


@blueprint.get("/initiatives/<int:initiative_id>/deletion")
def deleted(initiative_id: int) -> Response:
    """Show that a draft lies in the bin, with the way back."""
    return show("initiatives/deleted.html", initiative=queries.get_deleted(initiative_id, to=person()))


def _first_step() -> StartForm:
    return StartForm(title=request.args.get("title", ""), item_id=request.args.get("item", ""))


def _saved(initiative: Initiative, draft: Draft) -> Response:
    """Say when it was saved, and what is still missing."""
    checks = _checks(initiative, draft.content)
    return piece("initiatives/_saved.html", initiative=initiative, draft=draft, checks=checks)


def _save_and_submit(initiative: Initiative, form: DraftForm) -> Initiative:
    draft = operations.save(initiative, by=person(), content=form.content(), revision=form.known_revision)
    return operations.submit(draft.initiative, by=person(), warnings_read=form.warnings_read.data)


def _incomplete(initiative_id: int, form: DraftForm) -> Response:
    """Show what is missing; what was typed is kept although the submission is refused."""
    with suppress(Invalid), kept_apart():
        saved = operations.save(
            load(initiative_id), by=person(), content=form.content(), revision=form.known_revision
        )
        form.revision.data = str(saved.revision)
    return _editor(load(initiative_id), form, status=422)


def _not_saved(initiative: Initiative, form: DraftForm) -> Response:
    if htmx.wants_fragment:
        return show("initiatives/_not_saved.html", "initiatives/_not_saved.html", form=form, status=422)
    return _editor(load(initiative.id), form, status=422)


def _conflict(initiative: Initiative, form: DraftForm, conflict: operations.DraftConflict) -> Response:
    """Show both texts; nothing of either is lost."""
    return show(
        "initiatives/conflict.html",
        "initiatives/_conflict_met.html",
        initiative=initiative,
        form=form,
        theirs=conflict.draft,
        parts=_different(form.content(), conflict.draft.content),
        typed=[(name, value) for name, value in request.form.items(multi=True) if name not in NOT_KEPT],
        status=409,
    )


def _different(mine: dict[str, Any], theirs: dict[str, Any]) -> list[tuple[str, str, str]]:
    here, there = readable(mine), readable(theirs)
    return [
        (label, here.get(part, ""), there.get(part, ""))
        for part, label in LABELS.items()
        if here.get(part, "") != there.get(part, "")
    ]


def _editor(initiative: Initiative, form: DraftForm, *, status: int = 200) -> Response:
    content = form.content()
    form.offer()
    return show(
        "initiatives/draft.html",
        initiative=initiative,
        form=form,
        files=queries.attachments(initiative),
        files_form=FilesForm(formdata=None),
        checks=_checks(initiative, content),
        warnings=queries.warnings_about(content),
        draft=queries.draft_of(initiative, to=person()),
        status=status,
    )


def _checks(initiative: Initiative, content: dict[str, Any]) -> list[Check]:
    has_files = bool(queries.attachments(initiative))
    return completeness(read(content), has_items=queries.has_open_items(), has_files=has_files)
