"""Letters, their items, and what is kept beside them."""

from cchc_portal.accounts.models import Unit, User
from cchc_portal.core.clock import now
from cchc_portal.core.db import db
from cchc_portal.directives.models import (
    AddressedUnit,
    Citation,
    Directive,
    DirectiveFile,
    Item,
    Receipt,
    Relation,
    State,
)
from tests.factories.accounts import make_user
from tests.factories.storage import keep_file


def make_directive(*, state: State = State.ISSUED, items: int = 1, **columns: object) -> Directive:
    """Make a letter with items "1", "2", …; issued unless told otherwise."""
    directive = Directive(
        **{
            "kind": "Công văn",
            "symbol": "UBND-VP",
            "subject": "triển khai kế hoạch",
            "text": "Nội dung",
            **columns,
        },
    )
    directive.items = [
        Item(code=str(no), position=no, text=f"Nội dung mục {no}.") for no in range(1, items + 1)
    ]
    if state is not State.DRAFT:
        directive.state, directive.issued_at, directive.issued_by = state, now(), make_user()
    if state is State.CLOSED:
        directive.closed_at, directive.closed_by, directive.close_reason = (
            now(),
            directive.issued_by,
            "Đã xong",
        )
    db.session.add(directive)
    db.session.commit()
    return directive


def make_citation(
    directive: Directive,
    *,
    of: Directive | None = None,
    role: Relation | str = Relation.BASIS,
    by: User | None = None,
    **columns: object,
) -> Citation:
    """Let a letter cite another of the register or one that is only named; the Office's if `by` is given."""
    citation = Citation(directive_id=directive.id, position=0, role=str(role), **columns)
    if of is not None:
        citation.kind, citation.number, citation.cited_id = of.kind, of.code, of.id
    if by is not None:
        citation.added_at, citation.added_by_id = now(), by.id
    db.session.add(citation)
    db.session.commit()
    db.session.expire(directive)
    return citation


def make_letter_file(
    directive: Directive, *, by: User | None = None, name: str = "ban-quet.pdf"
) -> DirectiveFile:
    """Keep a scan with a letter."""
    file = DirectiveFile(
        directive=directive, file=keep_file(), name=name, added_by=by or make_user(), created_at=now()
    )
    db.session.add(file)
    db.session.commit()
    return file


def address_to(directive: Directive, *units: Unit) -> None:
    """Address a letter to units."""
    db.session.add_all(AddressedUnit(directive_id=directive.id, unit_id=unit.id) for unit in units)
    db.session.commit()


def make_receipt(directive: Directive, *, by: User) -> Receipt:
    """Let a person have taken note of a letter."""
    receipt = Receipt(directive_id=directive.id, user_id=by.id, unit_id=by.unit_id)
    db.session.add(receipt)
    db.session.commit()
    return receipt
