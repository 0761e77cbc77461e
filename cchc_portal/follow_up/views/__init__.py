"""Addresses of the boards."""

from cchc_portal.follow_up.views import coverage, export, register, saved
from cchc_portal.follow_up.views.blueprint import blueprint

__all__ = ["blueprint", "coverage", "export", "register", "saved"]
