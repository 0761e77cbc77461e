"""What the address of a search says, and the addresses that change it.

A page has some fifty of those; they are queries only, "?q=…", relative to the page they stand on.
"""

from collections.abc import Mapping
from typing import Any
from urllib.parse import quote_plus, urlencode

from flask import request
from flask_babel import gettext as _
from werkzeug.datastructures import MultiDict

from cchc_portal.core.text import fold
from cchc_portal.search.engines import Sort
from cchc_portal.search.queries import FACETS, Criteria, Facet, Option, Results

MOST_VALUES = 20
LONGEST_VALUE = 60

Args = MultiDict[str, str]
Known = dict[str, list[str]]


def criteria_of(args: Args) -> Criteria:
    """Return what an address asks for; whatever it says wrongly is passed over."""
    filters = {name: _values(name, args) for name in FACETS}
    return Criteria(
        q=args.get("q", ""),
        filters={name: values for name, values in filters.items() if values},
        sort=Sort.NEWEST if args.get("sort") == Sort.NEWEST.value else Sort.RELEVANCE,
        page=max(args.get("page", 1, type=int), 1),
    )


def groups(found: Results, args: Args) -> list[dict[str, Any]]:
    """Return the filters as the page shows them, every value with the address that adds or drops it."""
    known = _known(args)
    return [{"label": _(facet.label), "options": _options(facet, known)} for facet in found.facets]


def page_href(page: int) -> str:
    """Return the address of another page of the running search."""
    return _href(_known(request.args) | ({"page": [str(page)]} if page > 1 else {}))


def words_href(words: str) -> str:
    """Return the address of the running search with other words."""
    return _href(_known(request.args) | {"q": [words]})


def _options(facet: Facet, known: Known) -> list[dict[str, Any]]:
    """Return the values of a filter; what their addresses share is written once."""
    others = _href({name: values for name, values in known.items() if name != facet.name})
    chosen = {value: f"&{facet.name}={quote_plus(value)}" for value in known.get(facet.name, ())}
    return [
        {
            "label": _label(facet, option),
            "href": (others + _toggled(option, facet.name, chosen)).replace("?&", "?", 1),
            "count": option.count,
            "is_current": option.is_chosen,
        }
        for option in facet.options
    ]


def _toggled(option: Option, name: str, chosen: Mapping[str, str]) -> str:
    kept = "".join(words for value, words in chosen.items() if value != option.value)
    return kept if option.is_chosen else f"{kept}&{name}={quote_plus(option.value)}"


def _label(facet: Facet, option: Option) -> str:
    if facet.name == "item":
        return str(_("Mục %(item)s", item=option.label))
    return str(_(option.label)) if facet.name in {"type", "kind", "status"} else option.label


def _known(args: Args) -> Known:
    return {name: args.getlist(name)[:MOST_VALUES] for name in ("q", "sort", *FACETS) if name in args}


def _href(query: Known) -> str:
    return f"?{urlencode(query, doseq=True)}"


def _values(name: str, args: Args) -> frozenset[str]:
    values = [value[:LONGEST_VALUE] for value in args.getlist(name)[:MOST_VALUES] if value]
    return frozenset(fold(value) if name == "tag" else value for value in values)
