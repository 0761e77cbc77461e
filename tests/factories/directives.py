"""Letters and their items."""

from cchc_portal.core.clock import now
from cchc_portal.core.db import db
from cchc_portal.directives.models import Directive, Item, State
from tests.factories.accounts import make_user


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
    db.session.add(directive)
    db.session.commit()
    return directive
