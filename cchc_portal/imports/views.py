"""Pages for bringing past initiatives in: upload, look at every row, confirm, progress, undo."""

from collections.abc import Callable, Mapping
from functools import partial

from flask import Blueprint, Response, request, url_for
from flask_babel import gettext as _

from cchc_portal.accounts.session import person
from cchc_portal.core.db import db, let_others_write
from cchc_portal.core.errors import require
from cchc_portal.imports import bundles, looking, operations, queries, rules, sources
from cchc_portal.imports.columns import LABELS, passed_over
from cchc_portal.imports.fates import Fate
from cchc_portal.imports.forms import FileForm, chosen_columns, columns_form
from cchc_portal.imports.models import Batch, State
from cchc_portal.storage.formats import MAX_ARCHIVE_BYTES
from cchc_portal.storage.operations import borrow, lend, receive_archive
from cchc_portal.web.forms import Form
from cchc_portal.web.htmx import done, go, piece, show
from cchc_portal.web.pagination import cut, unmark
from cchc_portal.web.security import takes_up_to

SHOWN = 20  # batches on the first page
ROWS = 50
ROOM_AROUND = 1024 * 1024  # of a form with a file

blueprint = Blueprint("imports", __name__)


@blueprint.get("/imports")
def index() -> Response:
    """Show the form for a file, and the batches so far."""
    require(rules.can_import(person()))
    return _index(FileForm())


@blueprint.post("/imports")
@takes_up_to(MAX_ARCHIVE_BYTES + ROOM_AROUND)
def upload() -> Response:
    """Read a file and go to its dry run; nothing is imported yet."""
    require(rules.can_import(person()))
    form = FileForm()
    chosen = queries.chosen(person())
    let_others_write()  # reading takes seconds
    keep = form.perform(_read, form, chosen)
    if keep is None:
        return _index(form, status=422)
    batch = keep(by=person(), file_name=form.sheet.data.filename)
    db.session.flush()
    return go(url_for("imports.batch", batch_id=batch.id))


@blueprint.get("/imports/<int:batch_id>")
def batch(batch_id: int) -> Response:
    """Show what a batch does, or did, to each row."""
    found = queries.get(batch_id, to=person())
    return _batch(found, columns_form(found.columns if found.state is State.KEPT else {}))


@blueprint.post("/imports/<int:batch_id>/columns")
def choose_columns(batch_id: int) -> Response:
    """Say what the columns of the file are, and look at its rows anew."""
    found = queries.get(batch_id, to=person())
    form = columns_form(found.columns)
    columns = chosen_columns(form)
    if form.perform(operations.choose_columns, found, by=person(), columns=columns) is None:
        return _batch(queries.get(batch_id, to=person()), form, status=422)
    return done(_("Đã xem lại từng dòng theo cột vừa chọn."), to=url_for("imports.batch", batch_id=batch_id))


@blueprint.get("/imports/<int:batch_id>/progress")
def progress(batch_id: int) -> Response:
    """Show how far a batch has come; the page asks again while it is at work, and is shown anew then."""
    found = queries.get(batch_id, to=person())
    if not found.is_at_work:
        return go(url_for("imports.batch", batch_id=batch_id))
    return piece("imports/_progress.html", batch=found, read_count=queries.row_count(found))


@blueprint.post("/imports/<int:batch_id>/confirmation")
def confirm(batch_id: int) -> Response:
    """Import what was looked at; the worker does it, the page may be left."""
    operations.begin(queries.get(batch_id, to=person()), by=person())
    return done(_("Đang nhập. Bạn có thể rời trang này."), to=url_for("imports.batch", batch_id=batch_id))


@blueprint.post("/imports/<int:batch_id>/undoing")
def undo(batch_id: int) -> Response:
    """Take a batch back."""
    operations.undo(queries.get(batch_id, to=person()), by=person())
    return done(_("Đang hoàn tác. Bạn có thể rời trang này."), to=url_for("imports.batch", batch_id=batch_id))


def _index(form: FileForm, *, status: int = 200) -> Response:
    batches = queries.batches(limit=SHOWN)
    return show("imports/index.html", form=form, batches=batches, columns=LABELS, status=status)


def _batch(batch: Batch, form: Form, *, status: int = 200) -> Response:
    mark, fate = request.args.get("page", ""), _fate()
    after = unmark(mark, kinds=(int,))[0] if mark else 0
    rows = queries.rows(batch, fate=fate, after=after, limit=ROWS + 1)
    page = cut(rows, key=lambda row: (row.number,), size=ROWS, is_first=not mark)
    return show(
        "imports/batch.html",
        batch=batch,
        page=page,
        links=_tabs(batch, fate),
        form=form,
        examples=queries.examples(batch) if "column_0" in form else {},
        passed_over=passed_over(batch.columns),
        read_count=0 if batch.is_read else queries.row_count(batch),
        status=status,
    )


def _read(form: FileForm, chosen: Mapping[str, str]) -> Callable[..., Batch]:
    """Read what was uploaded; return what keeps it."""
    upload = form.sheet.data
    if upload.filename.lower().endswith(".zip"):
        received = receive_archive(upload.stream)
        with lend(received) as path, bundles.in_zip(path) as papers:
            return partial(operations.keep_archive, received, paper_count=len(papers))
    with borrow(upload.stream) as path:
        return partial(operations.keep, looking.look(sources.read(path, upload.filename, chosen), chosen))


def _tabs(batch: Batch, chosen: Fate | None) -> list[tuple[str, str, bool, int | None]]:
    """Return (label, address, is current, rows) for all rows and for each fate there is."""
    here = url_for("imports.batch", batch_id=batch.id)
    counts = queries.counts(batch)
    fates = [
        (_(fate.label), f"{here}?fate={fate}", fate is chosen, counts[fate])
        for fate in Fate
        if fate in counts
    ]
    return [(_("Tất cả"), here, chosen is None, None), *fates]


def _fate() -> Fate | None:
    typed = request.args.get("fate", "")
    return Fate(typed) if typed in set(Fate) else None
