"""Addresses of saved searches and of lists to take away."""

from cchc_portal.searches.views import export, saved
from cchc_portal.searches.views.blueprint import blueprint

__all__ = ["blueprint", "export", "saved"]
