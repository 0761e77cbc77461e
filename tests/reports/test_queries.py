from collections.abc import Callable

import pytest
from flask import Flask

from cchc_portal.accounts.models import Role
from cchc_portal.core.db import db
from cchc_portal.core.errors import NotFound
from cchc_portal.reports import operations, queries
from cchc_portal.reports.docx import DocumentKind
from tests.factories.accounts import make_user
from tests.factories.reports import make_template

Count = Callable[[Callable[[], object]], int]


def test_in_force_names_the_last_choice_of_each_kind(app: Flask) -> None:
    by = make_user(Role.OFFICE)
    make_template(by=by)
    letter, act = make_template(by=by), make_template(DocumentKind.ACT, by=by)
    back = operations.use_shipped(DocumentKind.ACT, by=by)

    assert queries.in_force() == {DocumentKind.LETTER: letter, DocumentKind.ACT: back}
    assert act.id < back.id


def test_in_force_is_empty_at_first(app: Flask) -> None:
    assert queries.in_force() == {}
    assert [queries.content(kind) for kind in DocumentKind] == [None] * 3


@pytest.mark.parametrize("count", [1, 3])
def test_versions_take_one_question_however_many(app: Flask, count_queries: Count, count: int) -> None:
    by = make_user(Role.OFFICE)
    for _time in range(count):
        make_template(by=make_user(Role.OFFICE))
    db.session.expire_all()
    assert by.id  # loaded outside the count, with its roles
    queries.versions(DocumentKind.LETTER, to=by)
    db.session.expunge_all()
    by = db.session.merge(by)

    def names() -> list[tuple[str, str]]:
        return [
            (one.file_name, one.chosen_by.full_name) for one in queries.versions(DocumentKind.LETTER, to=by)
        ]

    queries.can_keep_templates(by)
    assert count_queries(names) == 1


def test_versions_are_the_newest_first_and_of_their_kind(app: Flask) -> None:
    by = make_user(Role.OFFICE)
    first, second = make_template(by=by), make_template(by=by)
    make_template(DocumentKind.TABLE, by=by)

    assert list(queries.versions(DocumentKind.LETTER, to=by)) == [second, first]
    assert list(queries.versions(DocumentKind.LETTER, to=by, limit=1)) == [second]


@pytest.mark.parametrize("role", sorted(set(Role) - {Role.OFFICE, Role.LEADER}))
def test_versions_are_hidden_from_others(app: Flask, role: Role) -> None:
    template, somebody = make_template(), make_user(role)

    assert queries.versions(DocumentKind.LETTER, to=somebody) == []
    with pytest.raises(NotFound):
        queries.version(DocumentKind.LETTER, template.id, to=somebody)


def test_version_of_another_kind_or_without_a_file_is_not_found(app: Flask) -> None:
    by = make_user(Role.OFFICE)
    template = make_template(by=by)
    back = operations.use_shipped(DocumentKind.LETTER, by=by)

    for kind, number in (
        (DocumentKind.ACT, template.id),
        (DocumentKind.LETTER, back.id),
        (DocumentKind.LETTER, 10**6),
    ):
        with pytest.raises(NotFound):
            queries.version(kind, number, to=by)
