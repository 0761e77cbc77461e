"""What happened: one append-only row per act, written in the act's own transaction."""

from cchc_portal.audit.models import Cursor, Event, SetAside
from cchc_portal.audit.operations import record, record_many
from cchc_portal.audit.queries import of, set_aside, timeline

__all__ = ["Cursor", "Event", "SetAside", "of", "record", "record_many", "set_aside", "timeline"]
