"""Candidates and decisions."""

from datetime import date, timedelta
from decimal import Decimal

from cchc_portal.accounts.models import Role, Unit, User
from cchc_portal.core.clock import today
from cchc_portal.core.db import db
from cchc_portal.initiatives.models import Figure, Initiative, State
from cchc_portal.replication import operations
from cchc_portal.replication.models import Selection
from tests.factories.accounts import make_unit, make_user
from tests.factories.initiatives import make_initiative


def make_leader(**columns: object) -> User:
    """Make a leader."""
    return make_user(Role.LEADER, **{"job_title": "Chủ tịch UBND phường", **columns})


def make_candidate(*, by: User | None = None, **columns: object) -> Initiative:
    """Make a published practice with a figure."""
    initiative = make_initiative(state=State.PUBLISHED, by=by, **columns)
    initiative.figures = [
        Figure(position=1, name="Thời gian chờ", measure="phút", before=Decimal("30.5"), after=Decimal(12)),
    ]
    db.session.commit()
    return initiative


def make_selection(
    *,
    initiative: Initiative | None = None,
    by: User | None = None,
    targets: tuple[Unit, ...] = (),
    days: int = 10,
) -> Selection:
    """Make a decision that selects, due in so many days."""
    selection = operations.select(
        initiative or make_candidate(),
        by=by or make_leader(),
        targets=targets or (make_unit(),),
        deadline=in_days(days),
        note="Bắt đầu từ bộ phận một cửa.",
    )
    db.session.commit()
    return selection


def in_days(days: int) -> date:
    """Give the date so many days from today."""
    return today() + timedelta(days=days)
