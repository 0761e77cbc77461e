from collections.abc import Callable

import pytest
from flask import Flask

from cchc_portal.core.db import db
from cchc_portal.votes import queries
from cchc_portal.votes.queries import Voter
from tests.factories.accounts import make_unit, make_user
from tests.factories.initiatives import make_initiative
from tests.factories.votes import make_vote

CountQueries = Callable[[Callable[[], object]], int]


def test_voters_are_sorted_by_given_name(app: Flask) -> None:
    initiative, unit = make_initiative(), make_unit(name="Tư pháp - Hộ tịch")
    for name in ("Trần Văn Ông", "Lê Thị Đào", "Phạm Văn Dũng", "Nguyễn Thị Ánh", "Bùi Văn An"):
        make_vote(initiative, by=make_user(unit=unit, full_name=name))
    make_vote(make_initiative())

    found = queries.voters_of(initiative)

    names = ["Bùi Văn An", "Nguyễn Thị Ánh", "Phạm Văn Dũng", "Lê Thị Đào", "Trần Văn Ông"]
    assert found == [Voter(name, "Tư pháp - Hộ tịch") for name in names]


@pytest.mark.parametrize("number", [1, 3])
def test_voters_need_one_query(app: Flask, count_queries: CountQueries, number: int) -> None:
    initiative = make_initiative()
    for _ in range(number):
        make_vote(initiative)
    db.session.refresh(initiative)

    assert count_queries(lambda: queries.voters_of(initiative)) == 1
