"""The table of holidays: everybody looks, the Office keeps it."""

from flask import Blueprint, Response, request, url_for
from flask_babel import gettext as _

from cchc_portal.accounts.session import person
from cchc_portal.core.clock import today
from cchc_portal.core.numbers import whole
from cchc_portal.holidays import operations, queries, rules
from cchc_portal.holidays.forms import BreakForm, DayForm
from cchc_portal.holidays.models import Holiday
from cchc_portal.web.htmx import done, show

blueprint = Blueprint("holidays", __name__)


@blueprint.get("/holidays")
def index() -> Response:
    """Show the days of a year, this one unless `year` names another."""
    return _show_year(BreakForm(formdata=None))


@blueprint.post("/holidays")
def add() -> Response:
    """Write down a break."""
    form = BreakForm()
    added = form.perform(
        lambda: operations.add(form.first.data, by=person(), last=form.last.data, **form.values())
    )
    if added is None:
        return _show_year(form, status=422)
    return done(_("Đã ghi vào bảng ngày nghỉ."), to=_year_of(added[0]))


@blueprint.get("/holidays/<int:holiday_id>")
def holiday(holiday_id: int) -> Response:
    """Show one day with the form to correct it."""
    found = queries.get(holiday_id, to=person())
    form = DayForm(obj=found, data={"first": found.day_on})
    return show("holidays/holiday.html", holiday=found, form=form)


@blueprint.post("/holidays/<int:holiday_id>")
def correct(holiday_id: int) -> Response:
    """Write a day anew."""
    found, form = queries.get(holiday_id, to=person()), DayForm()
    corrected = form.perform(
        lambda: operations.correct(found, by=person(), day=form.first.data, **form.values())
    )
    if corrected is None:
        return show("holidays/holiday.html", holiday=found, form=form, status=422)
    return done(_("Đã lưu ngày này."), to=_year_of(corrected))


@blueprint.delete("/holidays/<int:holiday_id>/entry")
@blueprint.post("/holidays/<int:holiday_id>/entry")
def remove(holiday_id: int) -> Response:
    """Take a day out of the table."""
    removed = operations.remove(queries.get(holiday_id, to=person()), by=person())
    return done(_("Đã xóa khỏi bảng ngày nghỉ."), to=_year_of(removed))


def _show_year(form: BreakForm, *, status: int = 200) -> Response:
    years = queries.years()
    wanted = whole(request.args.get("year"))
    year = wanted if wanted in years else today().year
    return show(
        "holidays/index.html",
        years=years,
        year=year,
        holidays=queries.of_year(year),
        form=form,
        can_keep=rules.can_keep(person()),
        status=status,
    )


def _year_of(found: Holiday) -> str:
    return url_for("holidays.index", year=found.day_on.year)
