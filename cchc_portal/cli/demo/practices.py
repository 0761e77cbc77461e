"""25 fictional initiatives as they stood in 2023."""

from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import select

from cchc_portal.accounts import queries as people
from cchc_portal.accounts.models import User
from cchc_portal.cli.demo.data import read_data
from cchc_portal.cli.demo.opinions import select_model
from cchc_portal.core.db import db
from cchc_portal.directives.models import Directive, Item
from cchc_portal.initiatives import operations
from cchc_portal.initiatives.models import EntryMode, Initiative, Kind, State

FIRST_DAY = datetime(2023, 3, 20, 2, 30, tzinfo=UTC)

KINDS = {kind.label.lower(): kind for kind in Kind}
MODES = {mode.label.lower(): mode for mode in EntryMode}
# Practices are published where initiatives are reviewed and recognised (Nghị định 13/2012/NĐ-CP).
STATE_OF_PRACTICE = {State.UNDER_REVIEW: State.SUBMITTED, State.RECOGNISED: State.PUBLISHED}
# "Sau 4 tháng" answers nothing by itself.
SHORTEST_SENTENCE = 30
CHOSEN = frozenset({State.SELECTED, State.REPLICATING})


def load() -> int:
    """Add the initiatives that are missing; return how many."""
    items, details = _items(), read_data("demo_figures.json")
    rows = [row | details.get(row["code"], {}) for row in read_data("demo_initiatives.json")]
    return sum(_add(number, row, items) for number, row in enumerate(rows))


def _add(number: int, row: dict[str, Any], items: dict[str, Item]) -> int:
    if db.session.scalar(select(Initiative.id).where(Initiative.code == row["code"])):
        return 0
    writer = _account(f"canbo.{row['department'].lower()}")
    kind, state = KINDS[row["kind"]], State(row["status"])
    past = operations.Past(
        code=row["code"],
        state=_state_before_selection(kind, state),
        submitted_at=FIRST_DAY + timedelta(days=number, minutes=7 * number),
        content=_content(row, kind, writer, items),
    )
    [initiative] = operations.import_past([past], by=None, writer=writer)
    if state is State.RETURNED:
        initiative.state_reason = "Đề nghị bổ sung số liệu hồ sơ trễ hẹn trước và sau khi áp dụng."
    if state in CHOSEN:
        select_model(initiative, number=number)
    if state is State.REPLICATING:
        initiative.move_to(state)
    return 1


def _state_before_selection(kind: Kind, state: State) -> State:
    if kind is Kind.INITIATIVE:
        return State.RECOGNISED if state in CHOSEN else state
    return State.PUBLISHED if state in CHOSEN else STATE_OF_PRACTICE.get(state, state)


def _content(row: dict[str, Any], kind: Kind, writer: User, items: dict[str, Item]) -> dict[str, Any]:
    head = _account(f"truong.{row['department'].lower()}")
    clause = row["benefit"].split(",")[0].rstrip(".") + "."
    sentence = clause if len(clause) > SHORTEST_SENTENCE else row["benefit"]
    return {
        "kind": kind.value,
        "entry_mode": MODES[row["entry_mode"]].value,
        "title": row["title"],
        "problem": row["problem"],
        "solution": row["solution"],
        "result": row["benefit"],
        "conditions": row.get("conditions", ""),
        "fields": [str(code) for code in (row["field"], row["field_secondary"]) if code is not None],
        "tags": ", ".join(row["tags"]),
        "unit_id": str(writer.unit_id),
        "authors": [
            {"user_id": str(writer.id), "name": writer.full_name, "workplace": "", "share": "60"},
            {"user_id": str(head.id), "name": head.full_name, "workplace": "", "share": "40"},
        ],
        "figures": [
            dict(zip(("name", "measure", "before", "after"), figure, strict=True))
            for figure in row.get("figures", ())
        ],
        "answers": [
            {"item_id": str(items[str(no)].id), "sentence": sentence}
            for no in row["directive_items"]
            if str(no) in items
        ],
    }


def _items() -> dict[str, Item]:
    letter = db.session.scalar(select(Directive).order_by(Directive.id).limit(1))
    return {item.code: item for item in letter.items} if letter else {}


def _account(username: str) -> User:
    user = people.by_username(username)
    if user is None:
        raise LookupError(username)
    return user
