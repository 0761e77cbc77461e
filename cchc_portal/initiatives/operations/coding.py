"""Codes: SK-2023-014 is the fourteenth of its year."""

from sqlalchemy import bindparam, select, update

from cchc_portal.core.db import db, insert_once
from cchc_portal.initiatives.models import CodeCounter, Initiative

_COUNTER = CodeCounter.__table__.c
_COUNT_UP = (
    update(CodeCounter.__table__)  # type: ignore[arg-type]
    .where(_COUNTER.year == bindparam("this_year"))
    .values(last=_COUNTER.last + 1)
    .returning(_COUNTER.last)
)


def next_code(year: int) -> str:
    """Count up in one statement, so that two submissions at once get two codes; pass over imported ones."""
    while True:
        number = db.session.scalar(_COUNT_UP, {"this_year": year})
        if number is None:  # the first of its year
            insert_once(CodeCounter, {"year": year, "last": 0})
            continue
        code = f"SK-{year}-{number:03}"
        if db.session.scalar(select(Initiative.id).where(Initiative.code == code)) is None:
            return code
