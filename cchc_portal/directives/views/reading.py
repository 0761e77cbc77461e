"""One letter, its original, its versions, its chain, and one of its items."""

from flask import Response, request, url_for
from flask_babel import gettext as _

from cchc_portal.accounts.session import person
from cchc_portal.core.differences import differences
from cchc_portal.core.errors import NotFound
from cchc_portal.directives import operations, queries, rules
from cchc_portal.directives.forms import LetterFilesForm, NumberForm, RelationForm
from cchc_portal.directives.marking import pieces
from cchc_portal.directives.models import URGENCIES, Directive
from cchc_portal.directives.versions import changes
from cchc_portal.directives.views.blueprint import blueprint, load
from cchc_portal.web.files import hand_out
from cchc_portal.web.htmx import done, show


@blueprint.get("/directives/<int:directive_id>")
def directive(directive_id: int) -> Response:
    """Show a letter as written, with its items."""
    return page(load(directive_id), NumberForm())


@blueprint.post("/directives/<int:directive_id>/number")
def enter_number(directive_id: int) -> Response:
    """Fill in the number and the day that an issued letter lacks."""
    found, form = load(directive_id), NumberForm()
    values = {"number": form.number.data or "", "day": form.day.data}
    if form.perform(lambda: operations.enter_number(found, by=person(), **values)):
        return done(_("Đã ghi số, ngày."), to=url_for("directives.directive", directive_id=directive_id))
    return page(load(directive_id), form, status=422)


@blueprint.get("/directives/<int:directive_id>/original")
def original(directive_id: int) -> Response:
    """Hand out the file as it came."""
    found = load(directive_id)
    if found.file is None:
        raise NotFound
    return hand_out(found.file, name=found.file_name)


@blueprint.get("/directives/<int:directive_id>/versions")
def versions(directive_id: int) -> Response:
    """Show a letter as it was issued and corrected: who, why, and what changed between two versions."""
    found = load(directive_id)
    every = queries.versions(found)
    newer = next(
        (one for one in every if str(one.number) == request.args.get("newer")), every[0] if every else None
    )
    older = next((one for one in every if newer and one.number == newer.number - 1), None)
    changed = [
        (_(label, code=code), list(differences(before, after)))
        for label, code, before, after in (changes(older.content, newer.content) if older and newer else ())
    ]
    return show(
        "directives/versions.html", directive=found, versions=every, newer=newer, older=older, changes=changed
    )


@blueprint.get("/directives/<int:directive_id>/chain")
def chain(directive_id: int) -> Response:
    """Show what a letter rests on and what follows from it; a section of other features' pages as well."""
    found = load(directive_id)
    return show(
        "directives/chain.html",
        "directives/_chain.html",
        directive=found,
        chain=queries.chain(found, to=person()),
        may_relate=rules.can_relate(person(), found),
    )


@blueprint.get("/directives/<int:directive_id>/items/<string:code>")
def item(directive_id: int, code: str) -> Response:
    """Show one item: words, who acts, until when, what answers it, and up to its legal basis."""
    found = queries.get_item(directive_id, code, to=person())
    return show("directives/item.html", item=found, basis=queries.basis(found.directive, to=person()))


def page(
    directive: Directive, form: NumberForm, *, relation: RelationForm | None = None, status: int = 200
) -> Response:
    """Answer with the page of a letter."""
    return show(
        "directives/directive.html",
        directive=directive,
        pieces=pieces(directive),
        form=form,
        relation_form=relation or RelationForm(),
        files=queries.files(directive),
        files_form=LetterFilesForm(),
        chain=queries.chain(directive, to=person()),
        taken=queries.taken(directive, to=person()),
        letters=queries.newest(to=person()) if rules.can_relate(person(), directive) else (),
        urgencies=URGENCIES,
        rules=rules,
        person=person(),
        status=status,
    )
