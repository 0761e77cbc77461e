from concurrent.futures import ThreadPoolExecutor

import pytest
from flask import Flask
from sqlalchemy import select

from cchc_portal import audit
from cchc_portal.accounts.models import User
from cchc_portal.core.db import db, unit_of_work
from cchc_portal.core.errors import NotAllowed
from cchc_portal.notifications import operations, queries
from cchc_portal.notifications.models import Notification
from tests.factories.accounts import make_user
from tests.factories.notifications import make_notification


def test_read_twice_lowers_the_count_once(app: Flask) -> None:
    reader = make_user()
    notification, _other = make_notification(reader), make_notification(reader)

    for _ in range(2):
        operations.read(notification, by=reader)
    db.session.commit()

    assert (reader.unread_count, notification.read_at is None) == (1, False)


def test_read_of_others_is_refused(app: Flask) -> None:
    with pytest.raises(NotAllowed):
        operations.read(make_notification(make_user()), by=make_user())


def test_read_all_leaves_others_alone(app: Flask) -> None:
    reader, other = make_user(), make_user()
    for user in (reader, reader, other):
        make_notification(user)

    operations.read_all(reader, by=reader)
    db.session.commit()

    unread = select(Notification.user_id).where(Notification.read_at.is_(None))
    assert (reader.unread_count, other.unread_count) == (0, 1)
    assert db.session.scalars(unread).all() == [other.id]


def test_read_all_for_somebody_else_is_refused(app: Flask) -> None:
    with pytest.raises(NotAllowed):
        operations.read_all(make_user(), by=make_user())


def test_racing_reads_leave_the_count_exact(app: Flask) -> None:
    reader = make_user()
    ids, reader_id = [make_notification(reader).id for _ in range(4)], reader.id
    db.session.remove()

    def act(notification_id: int) -> None:
        with app.app_context(), unit_of_work():
            user = db.session.get_one(User, reader_id)
            operations.read(db.session.get_one(Notification, notification_id), by=user)

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(act, ids[:3] * 4))

    assert db.session.get_one(User, reader_id).unread_count == 1


def test_choose_kinds_keeps_what_is_not_wanted(app: Flask) -> None:
    reader = make_user()
    everything = {kind.name for kind in queries.kinds_for(reader)}

    operations.choose_kinds(reader, by=reader, wanted=everything - {"mention", "answer"})
    first = queries.muted_by(reader)
    operations.choose_kinds(reader, by=reader, wanted=everything - {"mention"})
    db.session.commit()

    assert (first, queries.muted_by(reader)) == ({"mention", "answer"}, {"mention"})
    assert [event.name for event in audit.of(reader)] == ["notification.kinds_chosen"] * 2


def test_choose_kinds_for_somebody_else_is_refused(app: Flask) -> None:
    with pytest.raises(NotAllowed):
        operations.choose_kinds(make_user(), by=make_user(), wanted=[])
