"""Addresses of the boards."""

from cchc_portal.follow_up.views import coverage, register, saved
from cchc_portal.follow_up.views.blueprint import blueprint

__all__ = ["blueprint", "coverage", "register", "saved"]
