"""Which letters of the register a letter's citations are, and what the Office puts beside them."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import select

from cchc_portal import audit
from cchc_portal.accounts.models import User
from cchc_portal.core.clock import now
from cchc_portal.core.db import db
from cchc_portal.core.errors import Invalid, require
from cchc_portal.core.i18n import N_
from cchc_portal.directives import queries, rules
from cchc_portal.directives.models import Citation, Directive, Relation, State
from cchc_portal.directives.queries.matching import fits

ITSELF = N_("Công văn không thể liên quan đến chính nó.")
NAMELESS = N_("Hãy ghi số, ký hiệu của văn bản liên quan.")
THERE = N_("Quan hệ này đã có.")
OF_THE_LETTER = N_(
    "Văn bản này được viện dẫn ngay trong công văn nên không bỏ được; chỉ bỏ được liên kết với công văn trong sổ."
)


def relate(
    directive: Directive,
    *,
    by: User,
    relation: Relation,
    cited: Directive | None = None,
    kind: str = "",
    number: str = "",
    issued_on: date | None = None,
    issuer: str = "",
) -> Citation:
    """Put another document beside a letter: one of the register, or one that is only named.

    One that is only named becomes the letter of the register as soon as that is there.

    Args:
        directive: the letter.
        by: the Office or a leader.
        relation: what the other document is to it.
        cited: the letter of the register; None for one that is only named.
        kind: "Nghị quyết", say.
        number: number and symbol.
        issued_on: its date.
        issuer: who issued it.

    Raises:
        Invalid: no number, the letter itself, or the relation is there already.
    """
    require(rules.can_relate(by, directive))
    if cited is not None:
        kind, number, issuer = cited.kind, cited.code[:60], cited.issuer
        issued_on = cited.issued_on if cited.is_dated else None
    if not number:
        raise Invalid({"number": NAMELESS})
    citation = Citation(kind=kind, number=number, issued_on=issued_on, issuer=issuer, role=relation.value)
    citation.directive_id, citation.added_at, citation.added_by_id = directive.id, now(), by.id
    _refuse(directive, citation, cited)
    citation.cited_id = cited.id if cited else queries.meant_by([citation], apart_from=directive.id)[0]
    citation.position = 0
    db.session.add(citation)
    audit.record("directive.related", on=directive, by=by, relation=relation.value, number=number)
    return citation


def unrelate(citation: Citation, *, by: User) -> Citation:
    """Take away what the Office has put beside a letter, or the link of what the letter itself cites.

    Raises:
        Invalid: the letter itself cites it, and it has no link.
    """
    require(rules.can_relate(by, citation.directive))
    directive = citation.directive
    if citation.added_at is not None:
        db.session.delete(citation)
    elif citation.cited_id is not None:
        citation.cited_id, citation.is_parted = None, True
    else:
        raise Invalid({"": OF_THE_LETTER})
    audit.record("directive.unrelated", on=directive, by=by, number=citation.number)
    return citation


def resolve(directive: Directive) -> None:
    """Find the letters of the register that a letter cites."""
    waiting = [one for one in directive.citations if one.cited_id is None and one.cited is None]
    waiting = [one for one in waiting if one.key and not one.is_parted]
    with db.session.no_autoflush:
        for citation, found in zip(waiting, queries.meant_by(waiting, apart_from=directive.id), strict=True):
            citation.cited_id = found


def find_waiting(directive: Directive) -> None:
    """Find the citations of other letters that mean this one, now that it is in the register."""
    db.session.flush()
    directive.keep_keys()
    if directive.state is State.DRAFT or not directive.number:
        return
    query = select(Citation).where(
        Citation.key == directive.code_key,
        Citation.cited_id.is_(None),
        Citation.is_parted.is_(False),
        Citation.directive_id != directive.id,
    )
    for citation in _certain(db.session.scalars(query).all(), directive):
        citation.cited_id = directive.id


def _certain(citations: Sequence[Citation], directive: Directive) -> list[Citation]:
    return [one for one in citations if fits(one, directive)]


def _refuse(directive: Directive, citation: Citation, cited: Directive | None) -> None:
    if (cited and cited.id == directive.id) or citation.key == directive.code_key:
        raise Invalid({"number": ITSELF})
    same = select(Citation.id).where(
        Citation.directive_id == directive.id, Citation.key == citation.key, Citation.role == citation.role
    )
    if citation.key and db.session.scalar(same.limit(1)) is not None:
        raise Invalid({"number": THERE})
