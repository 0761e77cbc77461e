"""Addresses of reminders."""

from cchc_portal.reminders.views import choices, log, own, schedule, urging
from cchc_portal.reminders.views.blueprint import blueprint

__all__ = ["blueprint", "choices", "log", "own", "schedule", "urging"]
