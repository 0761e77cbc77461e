"""Addresses of tasks."""

from cchc_portal.tasks.views import assigning, checking, extending, reading, working
from cchc_portal.tasks.views.blueprint import blueprint

__all__ = ["assigning", "blueprint", "checking", "extending", "reading", "working"]
