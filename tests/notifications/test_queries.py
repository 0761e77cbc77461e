from collections.abc import Callable
from datetime import UTC, date, datetime

import pytest
from flask import Flask

from cchc_portal.accounts.models import Role, User
from cchc_portal.core.db import db
from cchc_portal.core.errors import NotFound
from cchc_portal.initiatives.models import State
from cchc_portal.notifications import queries
from tests.factories.accounts import make_user
from tests.factories.initiatives import make_initiative
from tests.factories.notifications import make_notification


def test_page_is_the_persons_own_newest_first(app: Flask) -> None:
    reader = make_user()
    first, second, third = (make_notification(reader) for _ in range(3))
    make_notification(make_user())

    found = queries.page(to=reader, limit=9)

    assert [entry.notification for entry in found] == [third, second, first]
    assert [entry.notification for entry in queries.page(to=reader, before=second.id, limit=9)] == [first]


def test_an_entry_names_actor_title_and_kind(app: Flask) -> None:
    reader, initiative = make_user(), make_initiative(title="Một cửa lưu động")
    make_notification(reader, about=initiative, actor=make_user(full_name="Lê Thị Đào"))

    entry = queries.page(to=reader, limit=1)[0]

    assert (entry.actor, entry.title, entry.kind.name) == ("Lê Thị Đào", "Một cửa lưu động", "published")
    assert (entry.subject_id, entry.is_unread) == (initiative.id, True)


def test_what_one_may_no_longer_see_is_neither_listed_nor_found(app: Flask) -> None:
    reader = make_user()
    hidden = make_notification(reader, about=make_initiative(state=State.WITHDRAWN))

    assert queries.page(to=reader, limit=9) == []
    with pytest.raises(NotFound):
        queries.get(hidden.id, to=reader)


def test_get_of_others_is_not_found(app: Flask) -> None:
    with pytest.raises(NotFound):
        queries.get(make_notification(make_user()).id, to=make_user())


def test_by_day_follows_the_clock_on_the_offices_wall(app: Flask) -> None:
    reader = make_user()
    for hour in (16, 18):  # 23:00 and, in the office, 01:00 of the next day
        make_notification(reader, created_at=datetime(2023, 3, 5, hour, tzinfo=UTC))

    days = queries.by_day(queries.page(to=reader, limit=9))

    assert [(day, len(entries)) for day, entries in days] == [(date(2023, 3, 6), 1), (date(2023, 3, 5), 1)]


def test_what_the_office_looks_at_is_a_kind_for_the_office_alone(app: Flask) -> None:
    office, staff = (
        {kind.name for kind in queries.kinds_for(make_user(role))} for role in (Role.OFFICE, Role.STAFF)
    )

    assert office - staff == {"comment_reported", "extension_asked", "task_reported"}


@pytest.mark.parametrize("number", [1, 3])
def test_page_needs_one_query(
    app: Flask, count_queries: Callable[[Callable[[], object]], int], number: int
) -> None:
    reader = make_user()
    for _ in range(number):
        make_notification(reader)
    reader_id = reader.id
    db.session.expunge_all()
    reader = db.session.get_one(User, reader_id)
    assert reader.roles == {Role.STAFF}

    def read() -> None:
        found = queries.page(to=reader, limit=20)
        assert len([(entry.title, entry.actor) for entry in found]) == number

    assert count_queries(read) == 1
