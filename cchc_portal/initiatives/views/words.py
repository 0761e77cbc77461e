"""Parts of kept texts as people read them; filters for templates."""

from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from flask_babel import gettext as _

from cchc_portal.accounts import queries as people
from cchc_portal.core.numbers import whole
from cchc_portal.initiatives import queries
from cchc_portal.initiatives.forms import item_words
from cchc_portal.initiatives.models import EntryMode, Kind
from cchc_portal.initiatives.views.blueprint import blueprint
from cchc_portal.web.i18n import day, number

HIDDEN = frozenset({"id", "user_id", "item_id", "directive_id", "size", "code", "kind"})


def readable(content: Mapping[str, Any]) -> dict[str, str]:
    """Return the parts of a draft as people read them: names instead of ids."""
    rows = content.get("authors") or []
    named_ids = {user_id for row in rows if (user_id := whole(row.get("user_id"))) is not None}
    named = {
        "user_id": {str(user.id): user.full_name for user in people.by_ids(named_ids).values()},
        "item_id": {str(item.id): item_words(item) for item in queries.open_items()},
        "unit_id": {str(unit.id): unit.name for unit in people.units()},
        "fields": {str(field.code): field.name for field in queries.reform_fields()},
    }
    return {part: _with_names(part, value, named) for part, value in content.items()}


def worded(part: str, value: Any) -> str:
    """Return a part of a submitted text as people read it."""
    return _WORDED.get(part, as_words)(value)


@blueprint.app_template_filter()
def as_words(value: object) -> str:
    """Write a part of a text as lines, rows as their values."""
    if isinstance(value, list):
        return "\n".join(as_words(row) for row in value)
    if isinstance(value, dict):
        return " · ".join(str(part) for name, part in value.items() if part and name not in HIDDEN)
    if isinstance(value, bool):
        return _("Có") if value else ""
    return "" if value is None else str(value)


@blueprint.app_template_filter()
def typed_number(value: str) -> str:
    """Write a number kept as "1234.5" the Vietnamese way; nothing for ""."""
    return number(Decimal(value)) if value else ""


@blueprint.app_template_filter()
def typed_day(value: str) -> str:
    """Write a date kept as "2023-03-05" the Vietnamese way; nothing for ""."""
    return day(date.fromisoformat(value)) if value else ""


def _with_names(part: str, value: Any, named: Mapping[str, Mapping[str, str]]) -> str:
    if part in {"kind", "entry_mode"}:
        return _WORDED[part](value)
    if part in named:
        values = value if isinstance(value, list) else [value]
        return "\n".join(named[part].get(str(one), "") for one in values)
    if isinstance(value, list):
        return "\n".join(_row_words(row, named) for row in value)
    return as_words(value)


def _row_words(row: Mapping[str, Any], named: Mapping[str, Mapping[str, str]]) -> str:
    parts = (named.get(name, {}).get(str(value), str(value or "")) for name, value in row.items())
    return " · ".join(part for part in parts if part)


def _label(kind: type[Kind] | type[EntryMode]) -> Callable[[Any], str]:
    labels = {member.value: member.label for member in kind}
    return lambda value: _(labels[value]) if value in labels else ""


def _figures(rows: list[dict[str, str]]) -> str:
    return "\n".join(
        f"{row['name']}: {typed_number(row['before'])} → {typed_number(row['after'])} {row['measure']}".strip()
        for row in rows
    )


def _authors(rows: list[dict[str, str]]) -> str:
    return "\n".join(
        f"{row['name']} · {typed_number(row['share'])}%" if row["share"] else row["name"] for row in rows
    )


_WORDED: Mapping[str, Callable[[Any], str]] = {
    "kind": _label(Kind),
    "entry_mode": _label(EntryMode),
    "first_applied_on": lambda value: typed_day(value or ""),
    "figures": lambda value: _figures(value or []),
    "authors": lambda value: _authors(value or []),
}
