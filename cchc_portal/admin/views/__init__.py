"""Addresses of the administration."""

from cchc_portal.admin.views import accounts, events, importing, overview, roles, units
from cchc_portal.admin.views.blueprint import blueprint

__all__ = ["accounts", "blueprint", "events", "importing", "overview", "roles", "units"]
