"""Filters: every value can be chosen, with its name and a count that does not lie."""

from collections.abc import Callable

from flask.testing import FlaskClient

from cchc_portal.accounts.models import User
from cchc_portal.core.db import db
from cchc_portal.directives.models import State as LetterState
from cchc_portal.initiatives.models import State, Tag
from cchc_portal.initiatives.queries import value_names
from cchc_portal.search import queries
from cchc_portal.search.queries import Criteria, Facet
from cchc_portal.search.queries.facets import _names
from tests.factories.accounts import make_unit, make_user
from tests.factories.directives import make_directive
from tests.factories.initiatives import make_initiative
from tests.factories.replication import make_selection

Indexed = Callable[[], None]


def facet(name: str, *, whole: str = "", **filters: str) -> Facet:
    chosen = {key: frozenset(values.split(",")) for key, values in filters.items()}
    found = queries.results(Criteria(filters=chosen), to=None, whole=whole).facets
    return next(one for one in found if one.name == name)


def make_tagged(count: int) -> None:
    initiative = make_initiative(state=State.PUBLISHED)
    initiative.tags = [Tag(name=f"Thẻ {number:02}", folded=f"the {number:02}") for number in range(count)]
    make_initiative(state=State.PUBLISHED).tags = [Tag(name="thẻ 24", folded="the 24")]
    db.session.commit()


def test_the_rest_of_a_filter_is_a_request_away(indexed: Indexed) -> None:
    make_tagged(25)
    indexed()

    short, whole = facet("tag"), facet("tag", whole="tag")

    assert (len(short.options), short.hidden, short.options[0].count) == (5, 20, 2)
    assert (len(whole.options), whole.hidden) == (25, 0)
    assert [option.label for option in whole.options[:2]] == ["Thẻ 00", "Thẻ 01"]
    assert {option.value for option in short.options} < {option.value for option in whole.options}


def test_every_value_counts_what_choosing_it_instead_would_bring(indexed: Indexed) -> None:
    people = [make_user(), make_user()]
    for number, person in enumerate([people[0], people[0], people[1]]):
        make_initiative(state=State.SUBMITTED if number == 0 else State.PUBLISHED, by=person)
    indexed()
    both = ",".join(str(person.id) for person in people)

    for chosen in (str(people[0].id), both):
        counts = {option.value: option.count for option in facet("author", author=chosen).options}
        for value, count in counts.items():
            alone = queries.results(Criteria(filters={"author": frozenset({value})}), to=None)
            assert alone.total == count
    together = queries.results(Criteria(filters={"author": frozenset(both.split(","))}), to=None)
    assert together.total == 3


def test_kinds_of_things_keep_their_places(indexed: Indexed) -> None:
    make_directive(items=3)
    make_selection()
    indexed()

    options = facet("type", type="comment").options

    kinds = ["initiative", "directive", "directive_item", "comment", "selection"]
    assert [option.value for option in options] == kinds
    assert [option.count for option in options] == [1, 1, 3, 0, 1]


def test_an_address_tells_nothing_of_a_letter_that_is_not_issued(indexed: Indexed) -> None:
    item = make_directive(state=LetterState.DRAFT, number="99").items[0]
    indexed()

    labels = [option.label for option in facet("item", item=str(item.id)).options]

    assert labels == [str(item.id)]
    assert value_names({"unit": (), "field": (), "item": {str(item.id)}})["item"] == {}


def test_names_come_in_one_query_however_many_filters(
    indexed: Indexed, count_queries: Callable[[Callable[[], object]], int]
) -> None:
    unit = make_unit(name="Bộ phận Một")
    selection = make_selection(targets=(unit, make_unit()))
    make_initiative(state=State.PUBLISHED)
    indexed()

    options = {option.value: option.label for option in facet("adopted_by").options}

    assert options[str(unit.id)] == "Bộ phận Một"
    author = selection.initiative.authors[0]
    labels = {option.value: option.label for option in facet("author", author=str(author.user_id)).options}
    assert labels[str(author.user_id)] == author.name
    for number in (1, 9):
        values = {name: [str(value) for value in range(number)] for name in queries.FACETS}
        assert count_queries(lambda values=values: _names(values)) == 1


def test_the_page_leads_to_all_values_and_keeps_them_open(
    client_of: Callable[[User], FlaskClient], indexed: Indexed
) -> None:
    make_tagged(25)
    indexed()
    browser = client_of(make_user())

    page, whole = browser.get("/search").text, browser.get("/search?all=tag").text

    assert '<a href="?all=tag#tag">Xem thêm (20)</a>' in page
    assert "Xem thêm" not in whole
    assert whole.count("Thẻ ") + whole.count("thẻ 24") == 25
    assert 'href="?all=tag&amp;tag=the+07"' in whole
    assert browser.get("/search?all=nonsense").status_code == 200
