"""The database: column types, the unit of work, SQLite's ways."""

import threading
from datetime import UTC, datetime, timedelta, timezone

import pytest
from flask import Flask
from sqlalchemy import select, text
from sqlalchemy.exc import IntegrityError, OperationalError, StatementError

from cchc_portal.accounts.models import Role, RoleGrant, SignInTry, Unit
from cchc_portal.core.db import Base, db, kept_apart, let_others_write, unit_of_work
from tests import databases
from tests.factories.accounts import make_unit, make_user

pytestmark = pytest.mark.usefixtures("app")
HANOI = timezone(timedelta(hours=7))


def test_moments_come_back_aware_and_in_utc() -> None:
    moment = datetime(2023, 3, 6, 8, 5, tzinfo=HANOI)
    db.session.add(SignInTry(username="a", address="b", at=moment))
    db.session.commit()
    db.session.expire_all()

    kept = db.session.scalars(select(SignInTry.at)).one()

    assert (kept, kept.tzinfo) == (moment, UTC)


def test_moment_without_a_zone_is_refused() -> None:
    db.session.add(SignInTry(username="a", address="b", at=datetime(2023, 3, 6)))  # noqa: DTZ001  the point

    with pytest.raises(StatementError, match="time zone"):
        db.session.flush()


def test_database_itself_refuses_values_outside_an_enum() -> None:
    grant = make_user(Role.STAFF).grants[0]

    with pytest.raises(IntegrityError):
        db.session.execute(text("UPDATE role_grant SET role = 'emperor' WHERE id = :id"), {"id": grant.id})


def test_database_itself_refuses_a_period_that_ends_before_it_begins() -> None:
    grant = make_user().grants[0]

    with pytest.raises(IntegrityError):
        db.session.execute(
            text("UPDATE role_grant SET valid_to = '1999-01-01' WHERE id = :id"), {"id": grant.id}
        )


def test_database_itself_keeps_references_whole() -> None:
    db.session.add(RoleGrant(user_id=10**6, role=Role.STAFF))

    with pytest.raises(IntegrityError):
        db.session.commit()


def test_every_constraint_has_a_name() -> None:
    nameless = [
        (table.name, constraint)
        for table in Base.metadata.sorted_tables
        for constraint in table.constraints
        if constraint.name is None
    ]

    assert nameless == []


def test_unit_of_work_keeps_all_or_nothing() -> None:
    def found(*codes: str) -> None:
        with unit_of_work():
            for code in codes:
                db.session.add(Unit(code=code, name=code))
                db.session.flush()

    found("A")
    with pytest.raises(IntegrityError):
        found("B", "A")

    assert db.session.scalars(select(Unit.code)).all() == ["A"]


def test_what_is_kept_apart_outlives_the_refusal_around_it() -> None:
    def refuse() -> None:
        with unit_of_work():
            db.session.add(Unit(code="A", name="A"))
            with kept_apart():
                db.session.add(Unit(code="B", name="B"))
            raise RuntimeError

    with pytest.raises(RuntimeError):
        refuse()

    assert db.session.scalars(select(Unit.code)).all() == ["B"]


@databases.on("sqlite")
@pytest.mark.parametrize(
    ("pragma", "value"),
    [("journal_mode", "wal"), ("synchronous", 2), ("foreign_keys", 1), ("busy_timeout", 8000)],
)
def test_sqlite_survives_power_cuts_and_keeps_references(pragma: str, value: object) -> None:
    assert db.session.execute(text(f"PRAGMA {pragma}")).scalar() == value


@databases.on("sqlite")
def test_writers_wait_for_their_turn_instead_of_failing(app: Flask) -> None:
    """Eight threads read, then write the same row; without IMMEDIATE most would find it locked."""
    unit = make_unit(name="0")
    unit_id = unit.id
    db.session.commit()
    failed: list[OperationalError] = []

    def count() -> None:
        with app.app_context():
            for _ in range(5):
                try:
                    with unit_of_work():
                        found = db.session.get(Unit, unit_id)
                        found.name = str(int(found.name) + 1)
                except OperationalError as error:
                    failed.append(error)
            db.session.remove()

    threads = [threading.Thread(target=count) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    db.session.expire_all()
    assert failed == []
    assert unit.name == "40"


@databases.on("sqlite")
def test_slow_work_outside_the_database_holds_nobody_up(app: Flask) -> None:
    unit_id = make_unit(name="cũ").id
    written: list[str] = []

    def write() -> None:
        with app.app_context(), unit_of_work():
            db.session.get(Unit, unit_id).name = "mới"
            written.append("đã ghi")

    with unit_of_work():
        unit = db.session.get(Unit, unit_id)
        assert unit.name == "cũ"
        let_others_write()
        thread = threading.Thread(target=write)
        thread.start()
        thread.join(timeout=5)

        assert written == ["đã ghi"]
        assert unit.name == "mới"
