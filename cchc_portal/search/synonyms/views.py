"""The table of synonyms: everybody looks, the Office keeps it."""

from flask import Blueprint, Response, request, url_for
from flask_babel import gettext as _

from cchc_portal.accounts.session import person
from cchc_portal.search.synonyms import operations, queries, rules
from cchc_portal.search.synonyms.forms import SynonymForm
from cchc_portal.web.htmx import done, show
from cchc_portal.web.pagination import cut, unmark

blueprint = Blueprint("synonyms", __name__)


@blueprint.get("/search/synonyms")
def index() -> Response:
    """Show the table, a page at a time; `q` narrows it."""
    return _show_table(SynonymForm(formdata=None))


@blueprint.post("/search/synonyms")
def add() -> Response:
    """Write down words that mean the same."""
    form = SynonymForm()
    if form.perform(lambda: operations.add(form.lines, by=person())) is None:
        return _show_table(form, status=422)
    return done(_("Đã thêm; kết quả tìm kiếm theo bảng mới sau ít phút."), to=url_for("synonyms.index"))


@blueprint.get("/search/synonyms/<int:synonym_id>")
def synonym(synonym_id: int) -> Response:
    """Show one row with the form to correct it."""
    found = queries.get(synonym_id, to=person())
    form = SynonymForm(formdata=None, data={"phrases": "\n".join(found.phrases), "seen": found.version})
    return show("synonyms/synonym.html", synonym=found, form=form)


@blueprint.post("/search/synonyms/<int:synonym_id>")
def correct(synonym_id: int) -> Response:
    """Write a row anew."""
    found, form = queries.get(synonym_id, to=person()), SynonymForm()
    seen = form.seen.data or ""
    if form.perform(lambda: operations.correct(found, by=person(), phrases=form.lines, seen=seen)) is None:
        form.seen.data = found.version
        return show("synonyms/synonym.html", synonym=found, form=form, status=422)
    return done(_("Đã lưu; kết quả tìm kiếm theo bảng mới sau ít phút."), to=url_for("synonyms.index"))


@blueprint.delete("/search/synonyms/<int:synonym_id>/entry")
@blueprint.post("/search/synonyms/<int:synonym_id>/entry")
def remove(synonym_id: int) -> Response:
    """Take a row out of the table."""
    operations.remove(queries.get(synonym_id, to=person()), by=person())
    return done(_("Đã xóa khỏi bảng từ viết tắt, từ gần nghĩa."), to=url_for("synonyms.index"))


def _show_table(form: SynonymForm, *, status: int = 200) -> Response:
    q, word = request.args.get("q", "")[:200], request.args.get("page", "")
    after = unmark(word, kinds=(str, int)) if word else None
    found = queries.page_of(q, after=after)
    page = cut(found, key=lambda row: (row.folded, row.id), size=queries.PAGE_SIZE, is_first=after is None)
    return show(
        "synonyms/index.html", page=page, q=q, form=form, can_keep=rules.can_keep(person()), status=status
    )
