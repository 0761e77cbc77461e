"""The blueprint, and what several of its views need."""

from flask import Blueprint, current_app

from cchc_portal.accounts.session import person
from cchc_portal.core.errors import NotFound
from cchc_portal.reminders.rules import can_oversee

blueprint = Blueprint("reminders", __name__)


def require_overseer() -> None:
    """Hide what the Office and leaders alone look at.

    Raises:
        NotFound: the person is neither.
    """
    if not can_oversee(person()):
        raise NotFound


def sends_mail() -> bool:
    """Say whether the portal can send mail."""
    return bool(current_app.config["CCHC_MAIL_URL"])
