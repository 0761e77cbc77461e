"""What stands about tasks beside letters of the register."""

from collections.abc import Collection
from typing import Any

from flask_babel import ngettext

from cchc_portal.accounts.session import person
from cchc_portal.tasks import queries
from cchc_portal.tasks.queries import Standing


def beside_letters(letter_ids: Collection[int]) -> dict[int, str]:
    """Return how the tasks of letters stand, in the reader's language; nothing for letters without."""
    standing = queries.standing_by_letter(letter_ids, to=person())
    return {letter_id: _words(one) for letter_id, one in standing.items()}


def _words(standing: Standing) -> str:
    return str(_said(standing))


def _said(standing: Standing) -> Any:
    if not standing.open:
        return ngettext(
            "%(num)s nhiệm vụ, không còn việc nào đang làm",
            "%(num)s nhiệm vụ, không còn việc nào đang làm",
            standing.total,
        )
    if standing.overdue:
        return ngettext(
            "%(num)s nhiệm vụ đang làm, %(late)s quá hạn",
            "%(num)s nhiệm vụ đang làm, %(late)s quá hạn",
            standing.open,
            late=standing.overdue,
        )
    return ngettext("%(num)s nhiệm vụ đang làm", "%(num)s nhiệm vụ đang làm", standing.open)
