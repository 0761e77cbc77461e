"""Bringing letters in and entering those that go out."""

from flask import Response, current_app, request, url_for
from flask_babel import gettext as _

from cchc_portal.accounts.queries import units
from cchc_portal.accounts.session import person
from cchc_portal.core.db import let_others_write
from cchc_portal.core.errors import Invalid, require
from cchc_portal.core.numbers import whole
from cchc_portal.directives import operations, queries, rules
from cchc_portal.directives.forms import ImportForm, OutgoingForm
from cchc_portal.directives.models import Direction, Directive
from cchc_portal.directives.naming import names_of
from cchc_portal.directives.operations.filling import storable
from cchc_portal.directives.reading import Letter, read_letter
from cchc_portal.directives.views.blueprint import blueprint, load
from cchc_portal.storage.operations import Received, receive, words_of
from cchc_portal.web.htmx import done, show


@blueprint.get("/directives/import")
def import_page() -> Response:
    """Show where a letter is uploaded or pasted."""
    require(rules.can_import(person()))
    return show("directives/import.html", form=ImportForm())


@blueprint.post("/directives/import")
def import_() -> Response:
    """Read a letter and keep it as a draft, to be corrected next."""
    require(rules.can_import(person()))
    form = ImportForm()
    let_others_write()
    directive = form.perform(_import, form)
    if directive is None:
        return show("directives/import.html", "directives/_import.html", form=form, status=422)
    message = _("Đã đọc công văn: %(n)s nội dung. Hãy rà soát rồi ban hành.", n=len(directive.items))
    return done(message, to=url_for("directives.correction", directive_id=directive.id))


@blueprint.get("/directives/outgoing")
def outgoing() -> Response:
    """Show where a signed letter that goes out is entered; `answers` names the letter it answers."""
    require(rules.can_import(person()))
    answered = whole(request.args.get("answers"))
    form = OutgoingForm(data={"issuer": current_app.config["CCHC_OFFICE_NAME"], "kind": "Công văn"})
    if answered is not None:
        letter = load(answered)
        form.answers.data, form.answers_id.data = letter.code, letter.id
    return _outgoing(form)


@blueprint.post("/directives/outgoing")
def enter_outgoing() -> Response:
    """Enter a signed letter that goes out."""
    require(rules.can_import(person()))
    form = OutgoingForm()
    let_others_write()
    directive = form.perform(_enter, form)
    if directive is None:
        return _outgoing(form, status=422)
    return done(_("Đã vào sổ công văn đi."), to=url_for("directives.directive", directive_id=directive.id))


def _import(form: ImportForm) -> Directive:
    file, own_name = form.file.data, current_app.config["CCHC_OFFICE_NAME"]
    if file and file.filename:
        received = receive(file.stream, name=file.filename)
        words = words_of(received, name=file.filename)
        letter = _read(words)  # before the person is looked up again
        return operations.import_file(
            received, name=file.filename, by=person(), words=words, letter=letter, own_name=own_name
        )
    if not form.text.data:
        raise Invalid({"": _("Hãy chọn một tệp hoặc dán nội dung công văn.")})
    letter = _read(form.text.data)
    return operations.import_letter(form.text.data, by=person(), letter=letter, own_name=own_name)


def _read(text: str) -> Letter:
    """Read a letter while others write: it may take seconds."""
    known = names_of(units())
    let_others_write()
    return read_letter(storable(text), known_units=known)


def _enter(form: OutgoingForm) -> Directive:
    file = form.file.data
    name = file.filename if file and file.filename else ""
    received = _received(form, name) if name else None
    words = _words(received, name) if received else ""
    return operations.enter_outgoing(
        form.columns, by=person(), received=received, name=name, words=words, answers=_answered(form)
    )


def _words(received: Received, name: str) -> str:
    """Return the words of a file, so that the letter is found by them; none for scans."""
    try:
        return words_of(received, name=name)
    except Invalid:
        return ""


def _received(form: OutgoingForm, name: str) -> Received:
    try:
        return receive(form.file.data.stream, name=name)
    except Invalid as refused:
        raise Invalid({"file": refused.message}) from refused


def _answered(form: OutgoingForm) -> Directive | None:
    """Return the letter that is answered: the one the person came from, or the only one of that number."""
    words = form.answers.data or ""
    if not words:
        return None
    if form.answered_id is not None and (letter := load(form.answered_id)).code == words:
        return letter
    found = queries.named(words, to=person())
    if found is None:
        raise Invalid(
            {
                "answers": _(
                    "Không có, hoặc có nhiều công văn mang số này. Hãy mở công văn được trả lời rồi bấm Ghi văn bản trả lời."
                )
            }
        )
    return found


def _outgoing(form: OutgoingForm, *, status: int = 200) -> Response:
    letters = queries.newest(to=person(), direction=Direction.INCOMING)
    return show("directives/outgoing.html", form=form, letters=letters, status=status)
