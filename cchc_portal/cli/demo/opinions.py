"""What people did with the initiatives: votes, comments, the leaders' selection."""

from collections.abc import Sequence
from datetime import timedelta

from sqlalchemy import exists, select

from cchc_portal.accounts import queries as accounts
from cchc_portal.accounts.models import Unit, User
from cchc_portal.cli.demo.people import WORKING_UNITS
from cchc_portal.comments import operations as comments
from cchc_portal.core.clock import today
from cchc_portal.core.db import db
from cchc_portal.initiatives.models import Initiative
from cchc_portal.replication import operations as replication
from cchc_portal.votes import operations as votes
from cchc_portal.votes.models import Vote

DAYS_TO_REPLICATE = 90
REMARKS = (
    "Bộ phận chúng tôi đang vướng đúng việc này, xin cho tham khảo mẫu biểu.",
    "Nên ghi rõ ai trực và trực vào buổi nào để bộ phận khác áp dụng được ngay.",
    "Đã áp dụng thử một tuần, người dân phản hồi tốt.",
    "Số liệu trước và sau rất thuyết phục; đề nghị bổ sung cách đo.",
    "@vptk đề nghị đưa vào danh sách xem xét nhân rộng.",
)


def load() -> int:
    """Add votes and comments to initiatives without a vote; return how many got some."""
    people = _colleagues()
    without = select(Initiative).where(~exists().where(Vote.initiative_id == Initiative.id))
    found = db.session.scalars(
        without.where(Initiative.code.like("SK-2023-%")).order_by(Initiative.code)
    ).all()
    return sum(_respond(number, initiative, people) for number, initiative in enumerate(found))


def select_model(initiative: Initiative, *, number: int) -> None:
    """Have the chairman select an initiative for replication by two or three units."""
    leader = accounts.by_username("chutich")
    if leader is None:
        raise LookupError("chutich")
    replication.select(
        initiative,
        by=leader,
        targets=_targets(initiative, number),
        deadline=today() + timedelta(days=DAYS_TO_REPLICATE),
        note="Các bộ phận áp dụng và báo cáo kết quả về Văn phòng - Thống kê.",
    )


def _respond(number: int, initiative: Initiative, people: Sequence[User]) -> int:
    if not initiative.is_open:
        return 0
    others = [person for person in people if not initiative.is_author(person)]
    for person in others[: 1 + (number * 7) % len(others)]:
        votes.cast(initiative, by=person)
    for turn in range(number % 3):
        writer = others[(number + turn) % len(others)]
        comments.write(initiative, by=writer, body=REMARKS[(number + turn) % len(REMARKS)])
    return 1


def _colleagues() -> list[User]:
    names = [f"{role}.{code.lower()}" for role in ("canbo", "truong") for code in WORKING_UNITS]
    return [user for name in names if (user := accounts.by_username(name))]


def _targets(initiative: Initiative, number: int) -> list[Unit]:
    codes = [code for code in WORKING_UNITS if initiative.unit is None or code != initiative.unit.code]
    chosen = [codes[(number + step) % len(codes)] for step in range(2 + number % 2)]
    return [unit for code in chosen if (unit := accounts.unit_by_code(code))]
