"""What may be written about a person."""

import re

from cchc_portal.core.errors import Invalid
from cchc_portal.core.i18n import N_

_USERNAME = re.compile(r"[a-z0-9][a-z0-9._-]{0,59}")
_EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")
_UNFIT_USERNAME = N_("Tên đăng nhập gồm chữ thường không dấu, số, dấu chấm và gạch; dài nhất 60 ký tự.")
_UNFIT_EMAIL = N_("Thư điện tử không đúng dạng ten@donvi.vn.")


def check_person(username: str, *, full_name: str, job_title: str = "", email: str = "") -> None:
    """Check the columns of an account.

    Raises:
        Invalid: with a message for every unfit column.
    """
    unfit = {
        "username": "" if _USERNAME.fullmatch(username) else _UNFIT_USERNAME,
        "full_name": _length(full_name, shortest=2, longest=120),
        "job_title": _length(job_title, shortest=0, longest=120),
        "email": _length(email, shortest=0, longest=200) or _email(email),
    }
    if errors := {name: why for name, why in unfit.items() if why}:
        raise Invalid(errors)


def _length(text: str, *, shortest: int, longest: int) -> str:
    if len(text) < shortest:
        return N_("Vui lòng nhập ô này.")
    return N_("Nội dung quá dài.") if len(text) > longest else ""


def _email(email: str) -> str:
    return _UNFIT_EMAIL if email and not _EMAIL.fullmatch(email) else ""
