"""Who is asking, for views."""

from typing import cast

from flask_login import current_user

from cchc_portal.accounts.models import User


def person() -> User:
    """Return the signed-in person of the running request; views are closed to everybody else."""
    return cast("User", current_user._get_current_object())  # noqa: SLF001  operations get the person, not a proxy
