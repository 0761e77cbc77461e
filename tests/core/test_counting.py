"""Rows inserted once and numbers that stay exact."""

from concurrent.futures import ThreadPoolExecutor

from flask import Flask
from sqlalchemy import select

from cchc_portal.accounts.models import User
from cchc_portal.core.db import count_up, db, insert_once, unit_of_work
from cchc_portal.following.models import Follower
from tests.factories.accounts import make_user
from tests.factories.initiatives import make_initiative


def test_insert_once_returns_only_what_is_new(app: Flask) -> None:
    initiative_id, ids = make_initiative().id, [make_user().id for _ in range(3)]
    rows = [{"user_id": user_id, "initiative_id": initiative_id} for user_id in ids]

    first, second = insert_once(Follower, rows[0]), insert_once(Follower, *rows)

    assert [row.user_id for row in first] == ids[:1]
    assert sorted(row.user_id for row in second) == ids[1:]
    assert sorted(db.session.scalars(select(Follower.user_id))) == ids


def test_insert_once_of_nothing_is_nothing(app: Flask) -> None:
    assert insert_once(Follower) == []


def test_count_up_adds_to_what_is_stored_not_to_what_was_read(app: Flask) -> None:
    user = make_user()
    user_id, stale = user.id, user.unread_count
    db.session.rollback()
    with db.engine.begin() as another:
        another.execute(db.update(User).where(User.id == user_id).values(unread_count=7))

    count_up(user, "unread_count", 2)
    after = user.unread_count
    count_up(user, "unread_count", -1)
    db.session.commit()

    assert (stale, after, user.unread_count) == (0, 9, 8)


def test_racing_additions_are_all_counted(app: Flask) -> None:
    user_id = make_user().id
    db.session.remove()

    def add(_number: int) -> None:
        with app.app_context(), unit_of_work():
            count_up(db.session.get_one(User, user_id), "unread_count", 1)

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(add, range(24)))

    assert db.session.get_one(User, user_id).unread_count == 24
