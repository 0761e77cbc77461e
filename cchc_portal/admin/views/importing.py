"""Importing a sheet of accounts: upload, look at every row's fate, confirm, hand out passwords."""

from base64 import b64encode
from collections import Counter
from collections.abc import Sequence

from flask import Response, url_for
from flask_babel import gettext as _

from cchc_portal.accounts import operations, queries, sheets
from cchc_portal.accounts.fates import Fate, judge
from cchc_portal.accounts.models import Role
from cchc_portal.accounts.session import person
from cchc_portal.admin.forms import SheetForm
from cchc_portal.admin.views.blueprint import blueprint
from cchc_portal.core.db import let_others_write
from cchc_portal.storage.operations import borrow
from cchc_portal.web.files import XLSX, hand_out
from cchc_portal.web.forms import Form
from cchc_portal.web.htmx import go, show


@blueprint.get("/accounts/import")
def choose_sheet() -> Response:
    """Show the form for a sheet."""
    return show("admin/choose_sheet.html", form=SheetForm())


@blueprint.post("/accounts/import")
def upload_sheet() -> Response:
    """Read a sheet and go to its dry run; nothing is imported yet."""
    form = SheetForm()
    let_others_write()  # reading takes seconds
    rows = form.perform(_read, form)
    if rows is None:
        return show("admin/choose_sheet.html", form=form, status=422)
    sheet = operations.keep_sheet(rows, by=person(), file_name=form.sheet.data.filename)
    return go(url_for("admin.sheet", sheet_id=sheet.id))


@blueprint.get("/accounts/import/template")
def sheet_template() -> Response:
    """Hand out an empty sheet."""
    units, roles = [unit.name for unit in queries.units()], [str(_(role.label)) for role in Role]
    return hand_out(sheets.template(units, roles), name=_("Mẫu nhập tài khoản.xlsx"), mimetype=XLSX)


@blueprint.get("/accounts/import/<int:sheet_id>")
def sheet(sheet_id: int) -> Response:
    """Show what importing a sheet would do to each of its rows."""
    kept = queries.get_sheet(sheet_id, to=person())
    verdicts = judge([sheets.Row.from_json(row) for row in kept.rows])
    counts = Counter(verdict.fate for verdict in verdicts)
    return show("admin/sheet.html", sheet=kept, verdicts=verdicts, counts=counts, fates=Fate, form=Form())


@blueprint.post("/accounts/import/<int:sheet_id>")
def import_sheet(sheet_id: int) -> Response:
    """Import a sheet and show the first passwords, once."""
    imported = operations.import_sheet(queries.get_sheet(sheet_id, to=person()), by=person())
    people = [(user.full_name, user.username, password) for user, password in imported.opened]
    counts = Counter(verdict.fate for verdict in imported.verdicts)
    return show("admin/imported.html", people=people, counts=counts, fates=Fate, download=_inline(people))


def _read(form: SheetForm) -> list[sheets.Row]:
    upload = form.sheet.data
    with borrow(upload.stream) as path:
        return sheets.read(path, upload.filename)


def _inline(people: Sequence[Sequence[str]]) -> str:
    """Return the list of passwords as an address that holds it: the server keeps no copy to fetch."""
    return f"data:{XLSX};base64,{b64encode(sheets.password_list(people)).decode()}"
