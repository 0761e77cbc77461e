"""Units and their lines of work: found, correct, close."""

from typing import Any

from flask import Response, url_for
from flask_babel import gettext as _

from cchc_portal.accounts import operations, queries
from cchc_portal.accounts.models import Unit, UnitFunction
from cchc_portal.accounts.session import person
from cchc_portal.admin.forms import CloseForm, EndForm, FunctionForm, NewUnitForm, UnitForm, lines
from cchc_portal.admin.views.blueprint import blueprint
from cchc_portal.core.clock import today
from cchc_portal.core.errors import NotFound
from cchc_portal.web.htmx import done, show


@blueprint.get("/units")
def units() -> Response:
    """Show every unit of every period below the one it belongs to."""
    return show("admin/units.html", tree=queries.unit_tree(to=person()), today=today())


@blueprint.get("/units/new")
def new_unit() -> Response:
    """Show the form for a unit."""
    return show("admin/new_unit.html", form=NewUnitForm())


@blueprint.post("/units/new")
def found_unit() -> Response:
    """Add a unit."""
    form = NewUnitForm()
    unit = form.perform(lambda: operations.found_unit(form.code.data, by=person(), **form.values()))
    if unit is None:
        return show("admin/new_unit.html", form=form, status=422)
    return done(_("Đã thêm bộ phận."), to=url_for("admin.unit", unit_id=unit.id))


@blueprint.get("/units/<int:unit_id>")
def unit(unit_id: int) -> Response:
    """Show one unit."""
    return _show_unit(queries.get_unit(unit_id, to=person()))


@blueprint.post("/units/<int:unit_id>")
def correct_unit(unit_id: int) -> Response:
    """Write a unit's data anew."""
    found = queries.get_unit(unit_id, to=person())
    form = UnitForm(unit=found)
    if form.perform(lambda: operations.correct_unit(found, by=person(), **form.values())) is None:
        return _show_unit(found, form=form, status=422)
    return done(_("Đã lưu thông tin bộ phận."), to=url_for("admin.unit", unit_id=unit_id))


@blueprint.post("/units/<int:unit_id>/closure")
def close_unit(unit_id: int) -> Response:
    """End a unit on a day."""
    found = queries.get_unit(unit_id, to=person())
    form = CloseForm(unit=found)
    closed = form.perform(
        lambda: operations.close_unit(found, by=person(), on=form.on.data, successor=form.successor.unit),
    )
    if closed is None:
        return _show_unit(found, close_form=form, status=422)
    return done(_("Đã ghi ngày kết thúc hoạt động."), to=url_for("admin.unit", unit_id=unit_id))


@blueprint.post("/units/<int:unit_id>/members")
def move_members(unit_id: int) -> Response:
    """Move everybody of a closed unit to its successor."""
    moved = operations.move_members(queries.get_unit(unit_id, to=person()), by=person())
    message = _("Đã chuyển %(count)s người sang bộ phận kế thừa.", count=len(moved))
    return done(message, to=url_for("admin.unit", unit_id=unit_id))


@blueprint.post("/units/<int:unit_id>/functions")
def add_function(unit_id: int) -> Response:
    """Add a line of work."""
    found, form = queries.get_unit(unit_id, to=person()), FunctionForm()
    added = form.perform(
        lambda: operations.add_function(
            found, by=person(), name=form.name.data, aliases=lines(form.aliases.data)
        ),
    )
    if added is None:
        return _show_unit(found, function_form=form, status=422)
    return done(_("Đã thêm mảng việc."), to=url_for("admin.unit", unit_id=unit_id) + "#functions")


@blueprint.get("/units/<int:unit_id>/functions/<int:function_id>")
def function(unit_id: int, function_id: int) -> Response:
    """Show one line of work."""
    found = _function(unit_id, function_id)
    form = FunctionForm(name=found.name, aliases="\n".join(found.aliases))
    return show("admin/function.html", function=found, form=form, end_form=EndForm())


@blueprint.post("/units/<int:unit_id>/functions/<int:function_id>")
def correct_function(unit_id: int, function_id: int) -> Response:
    """Write the names of a line of work anew."""
    found, form = _function(unit_id, function_id), FunctionForm()
    corrected = form.perform(
        lambda: operations.correct_function(
            found, by=person(), name=form.name.data, aliases=lines(form.aliases.data)
        ),
    )
    if corrected is None:
        return show("admin/function.html", function=found, form=form, end_form=EndForm(), status=422)
    return done(_("Đã lưu mảng việc."), to=url_for("admin.unit", unit_id=unit_id) + "#functions")


@blueprint.post("/units/<int:unit_id>/functions/<int:function_id>/closure")
def end_function(unit_id: int, function_id: int) -> Response:
    """End a line of work on a day."""
    found, form = _function(unit_id, function_id), EndForm()
    if form.perform(lambda: operations.end_function(found, by=person(), on=form.on.data)) is None:
        names = FunctionForm(formdata=None, name=found.name, aliases="\n".join(found.aliases))
        return show("admin/function.html", function=found, form=names, end_form=form, status=422)
    return done(
        _("Đã ghi ngày kết thúc mảng việc."), to=url_for("admin.unit", unit_id=unit_id) + "#functions"
    )


def _function(unit_id: int, function_id: int) -> UnitFunction:
    found = queries.get_function(function_id, to=person())
    if found.unit_id != unit_id:
        raise NotFound
    return found


def _show_unit(found: Unit, *, status: int = 200, **forms: Any) -> Response:
    """Show a unit with the form that was refused among fresh ones."""
    forms.setdefault("form", UnitForm(unit=found, formdata=None))
    forms.setdefault("close_form", CloseForm(unit=found, formdata=None))
    forms.setdefault("function_form", FunctionForm(formdata=None))
    return show(
        "admin/unit.html",
        unit=found,
        members=queries.members(found),
        today=today(),
        status=status,
        **forms,
    )
