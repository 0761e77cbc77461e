"""Filters of the list as they stand in the address."""

from collections.abc import Mapping
from typing import Any

from flask import request, url_for
from flask_babel import gettext as _
from werkzeug.datastructures import MultiDict

from cchc_portal.core.numbers import whole
from cchc_portal.core.text import clean_line, fold, sort_key
from cchc_portal.initiatives import queries
from cchc_portal.initiatives.models import Kind, State

NAMES = ("kind", "status", "field", "unit", "year", "item", "tag")
MOST_VALUES = 20


def filters_of(args: MultiDict[str, str]) -> queries.Filters:
    """Return the filters of an address; values that cannot exist are passed over."""
    return queries.Filters(
        kind=_words(args, "kind"),
        status=_words(args, "status"),
        tag=_words(args, "tag"),
        field=_ids(args, "field"),
        unit=_ids(args, "unit"),
        year=_ids(args, "year"),
        item=_ids(args, "item"),
    )


def sort_of(args: MultiDict[str, str]) -> str:
    """Return the order of an address: "newest" unless it says "votes"."""
    return "votes" if args.get("sort") == "votes" else "newest"


def address(endpoint: str = "initiatives.index", *, changes: Mapping[str, Any] | None = None) -> str:
    """Return an address with filters and order of the running request and some of them changed.

    Other parameters are left behind: `url_for` would take "endpoint" or "_scheme" for its own.
    """
    known = {name: request.args.getlist(name) for name in (*NAMES, "sort") if name in request.args}
    return url_for(endpoint, **(known | dict(changes or {})))


def groups(counts: Mapping[str, Mapping[str, int]], args: MultiDict[str, str]) -> list[dict[str, Any]]:
    """Return the filters for the page: label and options with address, count and whether chosen."""
    names = _value_names(counts, args)
    shown = []
    for name, label in _labels().items():
        options = [
            _option(name, value, words, counts[name], args)
            for value, words in names[name].items()
            if value in counts[name] or value in _words(args, name)
        ]
        if options:
            shown.append({"label": label, "options": options})
    return shown


def _option(
    name: str, value: str, label: str, counts: Mapping[str, int], args: MultiDict[str, str]
) -> dict[str, Any]:
    chosen = _words(args, name)
    others = [other for other in chosen if fold(other) != fold(value)]
    is_current = len(others) < len(chosen)
    href = address(changes={name: others if is_current else [*others, value]})
    return {"label": label, "href": href, "count": counts.get(value, 0), "is_current": is_current}


def _labels() -> dict[str, str]:
    return {
        "kind": _("Loại"),
        "status": _("Trạng thái"),
        "field": _("Lĩnh vực"),
        "unit": _("Bộ phận"),
        "year": _("Năm"),
        "item": _("Nội dung công văn"),
        "tag": _("Từ khóa"),
    }


def _value_names(
    counts: Mapping[str, Mapping[str, int]], args: MultiDict[str, str]
) -> dict[str, dict[str, str]]:
    names = queries.value_names({name: {*counts[name], *_words(args, name)} for name in NAMES})
    return names | {
        "kind": {kind.value: _(kind.label) for kind in Kind},
        "status": {state.value: _(state.label) for state in State if state is not State.DRAFT},
        "year": {
            year: year for year in sorted({*counts["year"], *map(str, _ids(args, "year"))}, reverse=True)
        },
        "tag": {tag: tag for tag in sorted(counts["tag"], key=sort_key)},
        "item": {value: _("Mục %(name)s", name=name) for value, name in names["item"].items()},
    }


def _words(args: MultiDict[str, str], name: str) -> tuple[str, ...]:
    return tuple(clean_line(value) for value in args.getlist(name)[:MOST_VALUES])


def _ids(args: MultiDict[str, str], name: str) -> tuple[int, ...]:
    return tuple(found for value in _words(args, name) if (found := whole(value)) is not None)
