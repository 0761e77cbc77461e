"""Pages of official letters: the register, import, correction, one letter, what is kept beside it."""

from cchc_portal.directives.views import beside, correcting, importing, reading, register
from cchc_portal.directives.views.blueprint import blueprint

__all__ = ["beside", "blueprint", "correcting", "importing", "reading", "register"]
