"""What a letter says comes with it: "(kèm theo …)", "(có … kèm theo)", "gửi kèm …"."""

import re

from cchc_portal.directives.reading.parts import Found
from cchc_portal.directives.reading.source import Source
from cchc_portal.directives.reading.words import TYPES, any_of

_WITH = re.compile(r"\((?:kèm theo|gửi kèm(?: theo)?)[ \n](?P<name>[^()]{3,200})\)", re.IGNORECASE)
_HAS = re.compile(r"\((?:có )?(?P<name>[^()]{3,200}?)[ \n](?:kèm theo|gửi kèm|đính kèm)\)", re.IGNORECASE)
# "(Kèm theo Quyết định số …)" stands over an annex and names the letter itself.
_OVER_AN_ANNEX = re.compile(rf"(?:{any_of(TYPES)}) (?:số|này)", re.IGNORECASE)


def read_attachments(source: Source, start: int, end: int) -> tuple[Found[str], ...]:
    """Return the names of what comes with the letter, in its order, each once."""
    matches = [m for pattern in (_WITH, _HAS) for m in pattern.finditer(source.text, start, end)]
    found: dict[str, Found[str]] = {}
    for match in sorted(matches, key=lambda match: match.start()):
        name = " ".join(match["name"].split()).strip(" .;,").removeprefix("theo ")
        if not _OVER_AN_ANNEX.match(name):
            found.setdefault(name, source.found(match.start("name"), match.end("name"), name))
    return tuple(found.values())
