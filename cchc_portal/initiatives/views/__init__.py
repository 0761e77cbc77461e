"""Addresses of initiatives."""

from cchc_portal.initiatives.views import attaching, deciding, drafting, reading, words
from cchc_portal.initiatives.views.blueprint import blueprint

__all__ = ["attaching", "blueprint", "deciding", "drafting", "reading", "words"]
