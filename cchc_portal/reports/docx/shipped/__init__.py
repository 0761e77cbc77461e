"""The templates that come with the portal, kept as the parts of a DOCX so that changes to them can be read."""

from functools import cache
from pathlib import Path

from cchc_portal.core.clock import today
from cchc_portal.reports.docx.content import DocumentKind
from cchc_portal.reports.docx.package import Part, parse, write

_FOLDER = Path(__file__).parent


def template(kind: DocumentKind) -> Part:
    """Return the main part of a template, with everything below it, to be filled in."""
    return Part(
        "document",
        parse(_source(kind)),
        {
            "rId1": Part("styles", parse(_source("styles"))),
            "rId10": Part("header", parse(_source("header"))),
            "rId11": Part("header", parse(_source("header-first"))),
        },
    )


def settings() -> Part:
    """Return the settings that every document gets."""
    return Part("settings", parse(_source("settings")))


def file_of(kind: DocumentKind) -> bytes:
    """Return a template as the DOCX that a clerk downloads and edits."""
    main = template(kind)
    main.links["rIdSettings"] = settings()
    return write(main, title="", on=today())


@cache
def _source(name: str) -> bytes:
    return (_FOLDER / f"{name}.xml").read_bytes()
