"""Parts of kept texts as people read them; filters for templates."""

from datetime import date
from decimal import Decimal

from cchc_portal.initiatives.views.blueprint import blueprint
from cchc_portal.web.i18n import day, number

HIDDEN = frozenset({"id", "user_id", "item_id", "directive_id", "size", "code"})


@blueprint.app_template_filter()
def as_words(value: object) -> str:
    """Write a part of a text as lines, rows as their values."""
    if isinstance(value, list):
        return "\n".join(as_words(row) for row in value)
    if isinstance(value, dict):
        return " · ".join(str(part) for name, part in value.items() if part and name not in HIDDEN)
    return "" if value is None or value is False else str(value)


@blueprint.app_template_filter()
def typed_number(value: str) -> str:
    """Write a number kept as "1234.5" the Vietnamese way; nothing for ""."""
    return number(Decimal(value)) if value else ""


@blueprint.app_template_filter()
def typed_day(value: str) -> str:
    """Write a date kept as "2023-03-05" the Vietnamese way; nothing for ""."""
    return day(date.fromisoformat(value)) if value else ""
