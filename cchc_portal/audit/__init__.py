"""What happened: one append-only row per act, written in the act's own transaction."""

from cchc_portal.audit.models import Cursor, Event
from cchc_portal.audit.operations import record, record_many
from cchc_portal.audit.queries import of, timeline

__all__ = ["Cursor", "Event", "of", "record", "record_many", "timeline"]
