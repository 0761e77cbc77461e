"""Which letter of the register a citation means, and which letters may be the same one twice."""

from collections.abc import Sequence

from sqlalchemy import ColumnElement, and_, or_, select
from sqlalchemy.orm import load_only

from cchc_portal.accounts.models import User
from cchc_portal.core.db import db
from cchc_portal.directives.models import Citation, Directive, State
from cchc_portal.directives.models.keys import is_same_issuer
from cchc_portal.directives.queries.letters import WITHOUT_TEXTS, visible_to


def meant_by(citations: Sequence[Citation], *, apart_from: int | None) -> list[int | None]:
    """Return the issued letters that citations mean, None where there is none or no certainty.

    Number and symbol must be the same, and the date, or where one of the dates is blank the issuer.

    Args:
        citations: of one letter.
        apart_from: that letter.
    """
    keys = {citation.key for citation in citations if citation.key}
    query = select(Directive).where(
        Directive.code_key.in_(keys), Directive.state != State.DRAFT, Directive.deleted_at.is_(None)
    )
    if apart_from is not None:
        query = query.where(Directive.id != apart_from)
    letters = db.session.scalars(query.options(load_only(*_NAMED))).all() if keys else ()
    return [_only([one for one in letters if fits(citation, one)], citation) for citation in citations]


def fits(citation: Citation, letter: Directive) -> bool:
    """Say whether a citation may mean a letter."""
    if citation.key != letter.code_key or not letter.number:
        return False
    if citation.issued_on and letter.is_dated:
        return citation.issued_on == letter.issued_on
    if citation.issued_on and letter.year != citation.issued_on.year:
        return False
    return bool(citation.issuer and letter.issuer) and is_same_issuer(citation.issuer, letter.issuer)


def doubles(directive: Directive, *, to: User | None = None) -> Sequence[Directive]:
    """Return other letters that seem to be the same: same number, symbol and issuer in a year, or same words or file.

    `to` is None for commands on the server. Numbers begin anew each year, so the same number in the same year is the same letter even if
    the day was misread (NĐ 30/2020, Phụ lục VI, Phần I mục III.1.h).
    """
    same: list[ColumnElement[bool]] = []
    if directive.text_key:
        same.append(Directive.text_key == directive.text_key)
    if directive.file_id:
        same.append(Directive.file_id == directive.file_id)
    if directive.number:
        same.append(
            and_(
                Directive.code_key == directive.code_key,
                Directive.issuer_key == directive.issuer_key,
                Directive.number != "",
                Directive.year == directive.year,
            )
        )
    seen = visible_to(to) if to else select(Directive).where(Directive.deleted_at.is_(None))
    query = seen.where(or_(*same), Directive.id != directive.id).options(*WITHOUT_TEXTS)
    return db.session.scalars(query.order_by(Directive.id).limit(_MOST)).all() if same else ()


def _only(fitting: Sequence[Directive], citation: Citation) -> int | None:
    """Return the one that fits; of several with the same number and date, the one of the same issuer."""
    if len(fitting) > 1:
        fitting = [one for one in fitting if is_same_issuer(citation.issuer, one.issuer)]
    return fitting[0].id if len(fitting) == 1 else None


_MOST = 5
_NAMED = (
    Directive.code_key,
    Directive.number,
    Directive.day,
    Directive.month,
    Directive.year,
    Directive.issued_on,
    Directive.issuer,
)
