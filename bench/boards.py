"""How long the boards take with 300 letters, 5,000 tasks and 1,500 initiatives: one process, one person.

python -m bench.boards
"""

import random
import secrets
import statistics
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

from flask import Flask
from flask.testing import FlaskClient
from flask_migrate import upgrade
from sqlalchemy import Engine, insert, select

from bench import tables
from cchc_portal.accounts.models import Role, RoleGrant, SignIn, Unit, User
from cchc_portal.accounts.queries import token_hash
from cchc_portal.app import create_app
from cchc_portal.core.clock import now, today
from cchc_portal.core.db import db
from cchc_portal.directives.models import Directive, Item
from cchc_portal.initiatives.models import Answer, Initiative, Kind
from cchc_portal.initiatives.models import State as Stage
from cchc_portal.tasks.models import OPEN, State, Task
from tools import statements

LETTERS, ITEMS, UNITS, TASKS, INITIATIVES = 300, 5, 14, 5_000, 1_500
BAR = 150.0  # milliseconds
TIMES = 15
TEXT = (
    "Các bộ phận chuyên môn tập trung nghiên cứu, đề xuất, giới thiệu, phát hiện, nhân rộng sáng kiến. " * 4
)
BOARDS = {
    "register by deadline": "/follow-up",
    "register by unit": "/follow-up?by=unit",
    "register by leader": "/follow-up?by=leader",
    "register, overdue": "/follow-up?due=overdue",
    "register, of a unit": "/follow-up?unit=3&state=open",
    "register, words": "/follow-up?q=nghien+cuu+sang+kien",
    "register, finished too": "/follow-up?state=any&by=unit",
    "coverage, open letters": "/follow-up/coverage",
    "coverage, gaps": "/follow-up/coverage?show=gaps",
    "coverage of a letter": "/directives/150/coverage",
    "behind a cell": "/directives/150/items/1/units/3",
    "calendar": "/follow-up/calendar",
    "first page, Office": "/",
}


def main() -> None:
    """Make the volume, ask for every board, print medians in milliseconds and statements."""
    with tempfile.TemporaryDirectory(prefix="cchc-boards-") as folder:
        app = _portal(Path(folder))
        with app.app_context():
            upgrade()
            browser, engine = _signed_in(app, _fill()), db.engine
        rows = [_row(name, path, browser, engine) for name, path in BOARDS.items()]
    tables.show(
        f"Boards with {LETTERS} letters and {TASKS:,} tasks",
        ("board", "ms", "CPU ms", "statements", "KiB", "bar"),
        rows,
    )


def _row(name: str, path: str, browser: FlaskClient, engine: Engine) -> list[str]:
    statements, size = _watched(lambda: browser.get(path), engine)
    times = [_milliseconds(lambda: browser.get(path)) for _ in range(TIMES)]
    clock, processor = (statistics.median(part) for part in zip(*times, strict=True))
    return [
        name,
        f"{clock:.0f}",
        f"{processor:.0f}",
        str(statements),
        f"{size / 1024:.0f}",
        tables.verdict(processor, BAR),
    ]


def _watched(ask: Callable[[], Any], engine: Engine) -> tuple[int, int]:
    with statements.noted(engine) as seen:
        answer = ask()
    assert answer.status == "200 OK", answer.text[:300]
    return len(seen), len(answer.data)


def _milliseconds(ask: Callable[[], Any]) -> tuple[float, float]:
    """Return what it took by the clock, and of the processor: other work on the machine slows the clock alone."""
    clock, processor = time.perf_counter(), time.process_time()
    ask()
    return 1000 * (time.perf_counter() - clock), 1000 * (time.process_time() - processor)


def _portal(folder: Path) -> Flask:
    return create_app(
        {
            "DATA_DIR": folder,
            "SECRET_KEY": secrets.token_hex(32),
            "SQLALCHEMY_DATABASE_URI": f"sqlite:///{folder / 'portal.db'}",
            "RATELIMIT_ENABLED": False,
        },
    )


def _fill() -> int:
    """Write the volume; return the id of somebody of the Office."""
    chance, moment = random.Random(2023), datetime(2023, 3, 1, tzinfo=UTC)
    units = [Unit(code=f"BP{n}", name=f"Bộ phận số {n}", valid_from=date(2020, 1, 1)) for n in range(UNITS)]
    people = [User(username=f"nguoi{n}", full_name=f"Cán bộ số {n}", unit=units[n]) for n in range(UNITS)]
    for person in people:
        person.must_change_password = False
        person.grants = [RoleGrant(role=Role.OFFICE, unit=person.unit, valid_from=date(2020, 1, 1))]
    db.session.add_all([*units, *people])
    db.session.flush()
    issuers = [person.id for person in people[:3]]
    _insert(Directive, [_letter(n, chance.choice(issuers), moment) for n in range(LETTERS)])
    letters = db.session.scalars(select(Directive.id).order_by(Directive.id)).all()
    _insert(
        Item,
        [
            {"directive_id": letter, "code": str(no), "position": no, "text": TEXT}
            for letter in letters
            for no in range(1, ITEMS + 1)
        ],
    )
    items = db.session.scalars(select(Item.id)).all()
    pairs = [(item, unit.id) for item in items for unit in units]
    _insert(Task, [_task(item, unit, chance, people[0].id) for item, unit in chance.sample(pairs, TASKS)])
    _insert(Initiative, [_initiative(n, chance, people, moment) for n in range(INITIATIVES)])
    found = db.session.scalars(select(Initiative.id)).all()
    _insert(
        Answer, [{"initiative_id": one, "item_id": item} for one in found for item in chance.sample(items, 2)]
    )
    db.session.commit()
    return people[0].id


def _letter(number: int, issuer: int, moment: datetime) -> dict[str, object]:
    return {
        "kind": "Công văn",
        "number": str(number),
        "symbol": "UBND-VP",
        "issuer": "UBND phường",
        "subject": "tập trung triển khai thực hiện kế hoạch cải cách hành chính năm 2023",
        "text": TEXT * 20,
        "recognised": {"parts": ["x" * 40] * 100},
        "state": "issued",
        "issued_at": moment,
        "issued_by_id": issuer,
        "year": 2023,
        "month": 3,
        "registered_on": moment.date(),
    }


def _task(item: int, unit: int, chance: random.Random, person: int) -> dict[str, object]:
    state = chance.choices(list(State), (40, 20, 10, 5, 23, 2))[0]
    due = today() + timedelta(days=chance.randint(-60, 90)) if chance.random() < 0.8 else None  # noqa: PLR2004
    is_reported = state not in OPEN and state is not State.CANCELLED
    return {
        "item_id": item,
        "unit_id": unit,
        "state": state,
        "due_on": due,
        "deadline_on": due,
        "deadline_source": "letter" if due else None,
        "reported_at": now() if is_reported else None,
        "reported_by_id": person if is_reported else None,
    }


def _initiative(
    number: int, chance: random.Random, people: list[User], moment: datetime
) -> dict[str, object]:
    author = chance.choice(people)
    return {
        "code": f"SK-{number}",
        "kind": Kind.GOOD_PRACTICE,
        "title": f"Sáng kiến số {number}",
        "state": chance.choice([Stage.SUBMITTED, Stage.PUBLISHED, Stage.SELECTED]),
        "unit_id": author.unit_id,
        "created_by_id": author.id,
        "submitted_at": moment,
        "year": 2023,
    }


def _insert(table: Any, rows: list[dict[str, object]]) -> None:
    db.session.execute(insert(table), rows)


def _signed_in(app: Flask, user_id: int) -> FlaskClient:
    token = secrets.token_urlsafe(16)
    db.session.add(
        SignIn(user_id=user_id, token_hash=token_hash(token), expires_at=now() + timedelta(hours=1))
    )
    db.session.commit()
    browser = app.test_client()
    with browser.session_transaction() as session:
        session["_user_id"] = token
        session["_fresh"] = True
    return browser


if __name__ == "__main__":
    main()
