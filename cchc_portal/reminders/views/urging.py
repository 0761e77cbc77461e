"""Đôn đốc a unit: at once on the portal, and as an official letter."""

from flask import Response, request, url_for
from flask_babel import gettext as _

from cchc_portal.accounts.models import Unit
from cchc_portal.accounts.queries import get_unit
from cchc_portal.accounts.session import person
from cchc_portal.core.clock import today
from cchc_portal.reminders import official, operations, queries
from cchc_portal.reminders.forms import UrgingForm
from cchc_portal.reminders.views.blueprint import blueprint, require_overseer, sends_mail
from cchc_portal.reports import producing
from cchc_portal.web.files import DOCX, hand_out
from cchc_portal.web.htmx import done, show
from cchc_portal.web.security import own_path

PATH = "/reminders/units/<int:unit_id>/urging"


@blueprint.get(PATH)
def urging(unit_id: int) -> Response:
    """Show for what a unit may be urged, and the ways to do it."""
    require_overseer()
    return _show(get_unit(unit_id, to=person()), UrgingForm(formdata=None))


@blueprint.post(PATH)
def urge(unit_id: int) -> Response:
    """Urge the unit."""
    require_overseer()
    unit, form = get_unit(unit_id, to=person()), UrgingForm()
    urged = form.perform(
        lambda: operations.urge(
            unit, by=person(), by_mail=sends_mail(), words=form.words.data or "", again=form.again.data
        )
    )
    if urged is None:
        return _show(unit, form, status=422)
    to = own_path(request.form.get("next"))
    message = _("Đã đôn đốc %(unit)s.", unit=unit.name)
    return done(message, to=to if to != "/" else url_for("reminders.urging", unit_id=unit_id))


@blueprint.get(f"{PATH}/letter")
def letter(unit_id: int) -> Response:
    """Hand out the official letter that urges the unit, for the registry to number."""
    require_overseer()
    unit = get_unit(unit_id, to=person())
    document = official.letter_for(unit.name, queries.to_urge(unit, to=person()))
    name = f"Công văn đôn đốc {unit.short_name or unit.code}.docx"
    return hand_out(producing.produce(document), name=name, mimetype=DOCX)


def _show(unit: Unit, form: UrgingForm, *, status: int = 200) -> Response:
    return show(
        "reminders/urging.html",
        unit=unit,
        form=form,
        today=today(),
        tasks=queries.to_urge(unit, to=person()),
        last=queries.last_urgings([unit.id]).get(unit.id),
        status=status,
    )
