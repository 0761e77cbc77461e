"""Initiatives in every state."""

from datetime import UTC, datetime
from decimal import Decimal
from itertools import count

from cchc_portal.accounts.models import User
from cchc_portal.core.clock import now
from cchc_portal.core.db import db
from cchc_portal.initiatives.models import (
    Attachment,
    Author,
    Draft,
    EntryMode,
    InFieldOf,
    Initiative,
    Kind,
    State,
    Version,
)
from cchc_portal.initiatives.queries import snapshot
from tests.factories.accounts import make_user
from tests.factories.storage import keep_file

_numbers = count(1)


def make_initiative(
    *, state: State = State.SUBMITTED, by: User | None = None, **columns: object
) -> Initiative:
    """Make an initiative (a good practice unless told otherwise) with one author and, once submitted, a version."""
    number = next(_numbers)
    author = by or make_user()
    kind = Kind.INITIATIVE if state in _RECOGNISABLE else Kind.GOOD_PRACTICE
    initiative = Initiative(
        **{
            "kind": kind,
            "title": f"Niêm yết thủ tục bằng mã QR {number}",
            "problem": "Người dân phải chờ để hỏi thủ tục.",
            "solution": "Dán mã QR tại nơi tiếp nhận hồ sơ.",
            "result": "Giảm một nửa số lượt hỏi trực tiếp.",
            "unit": author.unit,
            "created_by": author,
            "state": state,
            **columns,
        },
    )
    initiative.authors = [
        Author(position=1, user=author, name=author.full_name, share=Decimal(100), confirmed_at=now()),
    ]
    if state is not State.DRAFT:
        initiative.fields = [InFieldOf(field_code=2)]
        initiative.code = f"SK-2023-{number:03}"
        initiative.submitted_at, initiative.year = datetime(2023, 3, 1, tzinfo=UTC), 2023
    db.session.add(initiative)
    db.session.flush()
    db.session.add(Draft(initiative=initiative, content=typed(initiative, author), saved_by=author))
    if state is not State.DRAFT:
        db.session.add(
            Version(initiative=initiative, number=1, content=snapshot(initiative), submitted_by=author)
        )
    db.session.commit()
    return initiative


def make_nomination(*, of: User | None = None, by: User | None = None, **columns: object) -> Initiative:
    """Make a submitted practice that waits for the agreement of the colleague who made it."""
    initiative = make_initiative(by=by, entry_mode=EntryMode.NOMINATE, awaits_confirmation=True, **columns)
    author = of or make_user()
    initiative.authors[0].user, initiative.authors[0].name = author, author.full_name
    initiative.authors[0].confirmed_at = None
    db.session.commit()
    return initiative


def make_attachment(
    initiative: Initiative, *, name: str = "Báo cáo kết quả.pdf", body: bytes = b"%PDF-1.7", **columns: object
) -> Attachment:
    """Make a file that lies with an initiative, submitted unless that is a draft."""
    attachment = Attachment(
        **{
            "initiative": initiative,
            "file": keep_file(body),
            "name": name,
            "added_by": initiative.created_by,
            "is_submitted": initiative.state is not State.DRAFT,
            **columns,
        },
    )
    db.session.add(attachment)
    db.session.commit()
    return attachment


def typed(initiative: Initiative, author: User) -> dict[str, object]:
    """Give what the author of such an initiative had typed."""
    texts = ("title", "problem", "solution", "result", "novelty", "conditions")
    return {
        "kind": initiative.kind.value,
        "entry_mode": initiative.entry_mode.value if initiative.entry_mode else "propose",
        **{name: getattr(initiative, name) or "" for name in texts},
        "fields": ["2"],
        "authors": [{"user_id": str(author.id), "name": "", "workplace": "", "share": "100"}],
    }


_RECOGNISABLE = {State.ACCEPTED, State.UNDER_REVIEW, State.RECOGNISED, State.NOT_RECOGNISED}
