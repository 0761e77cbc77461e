"""What browsers call themselves, in words a person recognises."""

from cchc_portal.core.i18n import N_

# The first mark that is found counts: Edge and Cốc Cốc also say Chrome, Chrome also says Safari.
_PROGRAMS = (
    ("coc_coc", "Cốc Cốc"),
    ("Edg", "Edge"),
    ("OPR/", "Opera"),
    ("SamsungBrowser", "Samsung Internet"),
    ("Firefox", "Firefox"),
    ("FxiOS", "Firefox"),
    ("CriOS", "Chrome"),
    ("Chrome", "Chrome"),
    ("Safari", "Safari"),
)
_SYSTEMS = (
    ("Windows", "Windows"),
    ("Android", "Android"),
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Mac OS X", "macOS"),
    ("Linux", "Linux"),
)
UNKNOWN = N_("Trình duyệt khác")


def described(browser: str) -> str:
    """Return program and system, such as "Chrome · Windows", from a User-Agent header."""
    found = [_first(marks, browser) for marks in (_PROGRAMS, _SYSTEMS)]
    return " · ".join(name for name in found if name) or UNKNOWN


def _first(marks: tuple[tuple[str, str], ...], browser: str) -> str:
    return next((name for mark, name in marks if mark in browser), "")
