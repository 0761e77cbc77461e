"""What stands below the sentence of a notification."""

from cchc_portal.audit import Event
from cchc_portal.core.db import db
from cchc_portal.core.i18n import N_
from cchc_portal.initiatives.models import Initiative
from cchc_portal.replication.models import Selection

STEPS = {
    "initiative.accepted": N_("Đã tiếp nhận"),
    "initiative.published": N_("Đã công bố"),
    "initiative.selected": N_("Được chọn nhân rộng"),
    "initiative.declined": N_("Chưa được chọn nhân rộng"),
}


def none(_event: Event, _initiative: Initiative) -> str:
    """Nothing."""
    return ""


def state_reason(_event: Event, initiative: Initiative) -> str:
    """Why it was returned or refused."""
    return initiative.state_reason


def decision(event: Event, _initiative: Initiative) -> str:
    """What the leader wrote to the decision."""
    return db.session.get_one(Selection, event.data["selection"]).note


def step(event: Event, _initiative: Initiative) -> str:
    """Where it has come to."""
    return STEPS[event.name]
