"""The store: what it shows to whom, filters, order, pages, counts beside the filters."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest

from cchc_portal.accounts.models import Role
from cchc_portal.core.clock import now
from cchc_portal.core.db import db
from cchc_portal.core.errors import NotFound
from cchc_portal.initiatives import queries
from cchc_portal.initiatives.models import Answer, InFieldOf, Initiative, Kind, State, Tag
from cchc_portal.initiatives.queries import Filters
from cchc_portal.initiatives.queries.listing import sorting_values
from cchc_portal.web.pagination import mark, unmark
from tests.factories.accounts import make_unit, make_user
from tests.factories.directives import make_directive
from tests.factories.initiatives import make_initiative, make_nomination

pytestmark = pytest.mark.usefixtures("app")

DAY = datetime(2023, 3, 1, tzinfo=UTC)


def listed(filters: Filters | None = None, *, sort: str = "newest") -> list[Initiative]:
    found = queries.page_of(filters or Filters(), to=make_user(), sort=sort, after=None, size=50)
    return list(found)


def walk(sort: str, size: int) -> list[Initiative]:
    reader, after, seen = make_user(), None, []
    while True:
        rows = queries.page_of(Filters(), to=reader, sort=sort, after=after, size=size)
        seen += rows[:size]
        if len(rows) <= size:
            return seen
        after = unmark(mark(sorting_values(rows[size - 1], sort=sort)), kinds=(int, int))


def test_list_shows_what_colleagues_may_read() -> None:
    shown = [make_initiative(state=state) for state in (State.SUBMITTED, State.PUBLISHED, State.RETURNED)]
    make_initiative(state=State.DRAFT)
    make_initiative(state=State.WITHDRAWN)
    make_initiative(deleted_at=now())
    make_nomination()

    assert set(listed()) == set(shown)


@pytest.mark.parametrize("role", [Role.OFFICE, Role.LEADER, Role.ADMIN, Role.REVIEWER, Role.DEPT_HEAD])
def test_drafts_are_in_nobodys_list_or_counts(role: Role) -> None:
    draft = make_initiative(state=State.DRAFT)
    reader = make_user(role, unit=draft.unit)

    for user in (reader, draft.created_by):
        assert queries.page_of(Filters(), to=user, sort="newest", after=None, size=9) == []
        assert not any(queries.facets(Filters(), to=user).values())


def test_newest_first_and_equal_moments_by_number() -> None:
    older = make_initiative()
    same = [make_initiative(), make_initiative()]
    for initiative in same:
        initiative.submitted_at = DAY + timedelta(days=1)
    db.session.commit()

    assert listed() == [same[1], same[0], older]


def test_most_voted_first() -> None:
    none, most, few = make_initiative(), make_initiative(vote_count=9), make_initiative(vote_count=2)

    assert listed(sort="votes") == [most, few, none]


@pytest.mark.parametrize("sort", ["newest", "votes"])
@pytest.mark.parametrize("size", [1, 2, 3])
def test_pages_show_everything_once_in_spite_of_ties(sort: str, size: int) -> None:
    for number in range(7):
        initiative = make_initiative(vote_count=number // 3)
        initiative.submitted_at = DAY + timedelta(microseconds=number // 2)
    db.session.commit()

    seen = walk(sort, size)

    assert len(seen) == len(set(seen)) == 7
    assert seen == walk(sort, 50)


def test_page_follows_its_mark_although_something_new_came_first() -> None:
    rows = [make_initiative() for _number in range(4)]
    first = queries.page_of(Filters(), to=make_user(), sort="newest", after=None, size=2)
    make_initiative().submitted_at = now()
    db.session.commit()

    after = sorting_values(first[1], sort="newest")
    second = queries.page_of(Filters(), to=make_user(), sort="newest", after=after, size=2)

    assert list(second) == [rows[1], rows[0]]


@pytest.mark.parametrize(
    "word", ["x", "[]", mark([1]), mark(["a", 1]), mark([True, 1]), mark([2**60, 1]), "é", "=" * 9]
)
def test_marks_made_up_lead_nowhere(word: str) -> None:
    with pytest.raises(NotFound):
        unmark(word, kinds=(int, int))


def test_filters_narrow_down_and_several_values_mean_or() -> None:
    unit, letter = make_unit(), make_directive(items=2)
    model = make_initiative(kind=Kind.MODEL, unit=unit)
    application = make_initiative(state=State.RECOGNISED)
    model.tags = [Tag(name="Một cửa", folded="mot cua")]
    model.answers = [Answer(item=letter.items[0], sentence="x")]
    application.fields = [InFieldOf(field_code=6)]
    application.year = 2024
    db.session.commit()

    assert listed(Filters(kind=("model",))) == [model]
    assert listed(Filters(kind=("initiative",))) == [application]
    assert set(listed(Filters(kind=("model", "initiative")))) == {model, application}
    assert listed(Filters(status=("recognised",))) == [application]
    assert listed(Filters(unit=(unit.id,))) == [model]
    assert listed(Filters(year=(2024,))) == [application]
    assert listed(Filters(field=(6,))) == [application]
    assert listed(Filters(item=(letter.items[0].id,))) == [model]
    assert listed(Filters(item=(letter.items[1].id,))) == []
    assert listed(Filters(tag=("MOT CỬA",))) == [model]
    assert listed(Filters(kind=("model",), year=(2024,))) == []


def test_filter_values_that_do_not_exist_find_nothing() -> None:
    make_initiative()

    for filters in (
        Filters(kind=("%",)),
        Filters(status=("draft",)),
        Filters(unit=(999,)),
        Filters(tag=("%",)),
    ):
        assert listed(filters) == []


def test_counts_say_what_choosing_another_value_would_bring() -> None:
    units = [make_unit(), make_unit()]
    for unit, kind in ((units[0], Kind.MODEL), (units[0], Kind.EXPERIENCE), (units[1], Kind.MODEL)):
        make_initiative(unit=unit, kind=kind).tags = [Tag(name="Mã QR", folded="ma qr")]
    db.session.commit()

    counts = queries.facets(Filters(kind=("model",)), to=make_user())

    assert counts["kind"] == {"model": 2, "experience": 1}
    assert counts["unit"] == {str(units[0].id): 1, str(units[1].id): 1}
    assert counts["tag"] == {"Mã QR": 2}
    assert counts["status"] == {"submitted": 2}
    assert counts["year"] == {"2023": 2}


@pytest.mark.parametrize("filters", [Filters(), Filters(kind=("good_practice",)), Filters(year=(2023,))])
def test_counts_agree_with_the_list(filters: Filters) -> None:
    for _number in range(3):
        make_initiative()
    make_nomination()

    counts = queries.facets(filters, to=make_user())

    assert sum(counts["kind"].values()) == len(listed(filters)) == 3


def test_values_are_called_by_name_although_they_ended() -> None:
    unit = make_unit(name="Văn phòng", valid_to=now().date() - timedelta(days=1))
    letter = make_directive(symbol="UBND-VP", number="124")
    item = str(letter.items[0].id)

    names = queries.value_names({"unit": {str(unit.id), "x"}, "field": {"2"}, "item": {item, "0"}})

    assert names["unit"] == {str(unit.id): "Văn phòng"}
    assert names["field"] == {"2": "Cải cách thủ tục hành chính"}
    assert names["item"] == {item: "1 · 124/UBND-VP"}


def test_one_statement_each(count_queries: Callable[[Callable[[], object]], int]) -> None:
    reader = make_user()

    def count() -> tuple[int, int]:
        assert reader.roles == {Role.STAFF}  # loads the person anew
        page = count_queries(lambda: queries.page_of(Filters(), to=reader, sort="newest", after=None, size=9))
        return page, count_queries(lambda: queries.facets(Filters(), to=reader))

    make_initiative()
    with_one = count()
    for _number in range(2):
        make_initiative()

    assert with_one == count() == (1, 1)
