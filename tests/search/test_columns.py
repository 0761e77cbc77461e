from collections.abc import Callable

import pytest

from cchc_portal.core.db import db
from cchc_portal.search.analysis import column_text, parse
from cchc_portal.search.engines import Breadth, Found, Query, Sort
from cchc_portal.search.engines.columns import Columns
from cchc_portal.search.index import current
from cchc_portal.search.models import Entry
from tests.search.conftest import EVERYBODY, keys

pytestmark = pytest.mark.usefixtures("app")


def add(thing_id: int, title: str, text: str = "", **columns: object) -> None:
    folded = column_text((title, text), current().dictionary)
    values = {"audience": " all ", "stamp": thing_id, **columns}
    db.session.add(
        Entry(kind="initiative", thing_id=thing_id, title=title, text=text, folded=folded, **values)
    )
    db.session.commit()


def find(typed: str, **columns: object) -> Found:
    return Columns().search(Query(**{"audience": EVERYBODY, "terms": parse(typed), **columns}))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("text", "typed"),
    [
        ("Tổ hoà giải", "hòa giải"),
        ("Thẻ bảo hiểm y tế", "BHYT"),
        ("sáng thứ Bảy", "thu 7"),
        ("Đôn đốc", "don do"),
        ("Công văn 124/UBND-NV", "124/UBND-NV"),
        ("Ý kiến", "y"),
    ],
)
def test_spellings_meet(text: str, typed: str) -> None:
    add(1, text)
    add(2, "Khác")

    found = find(typed)

    assert keys(found) == ["initiative:1"]
    assert found.is_fallback


def test_titles_come_first_then_the_newest() -> None:
    add(1, "Họp không giấy")
    add(2, "Khác", "họp không giấy")
    add(3, "Khác nữa", "họp không giấy")

    assert keys(find("họp không giấy")) == ["initiative:1", "initiative:3", "initiative:2"]
    assert keys(find("họp không giấy", sort=Sort.NEWEST))[0] == "initiative:3"


def test_quoted_words_stand_together() -> None:
    add(1, "họp không có giấy")
    add(2, "họp không giấy")

    assert keys(find('"không giấy"')) == ["initiative:2"]


def test_any_word_is_better_than_nothing() -> None:
    add(1, "niêm yết")

    found = find("niêm luật")

    assert (keys(found), found.breadth) == (["initiative:1"], Breadth.ANY)


def test_signs_of_like_have_no_meaning() -> None:
    add(1, "một")

    assert find("100%").total == 0
    assert find("_").total == 1  # no word at all: everything


def test_only_the_audience_finds_and_counts() -> None:
    add(1, "việc", audience=" all ", facets={"kind": ["model"]})
    add(2, "việc", audience=" u:1 ", facets={"kind": ["draft"]})
    add(3, "việc", audience=" u:11 ", facets={"kind": ["draft"]})
    add(4, "việc", is_gone=True)

    assert find("việc").counts == {"kind": {"model": 1}}
    assert find("việc", audience=frozenset({"u:1"})).total == 1
    assert find("việc", audience=frozenset()).total == 0


def test_filters_narrow_and_count_like_the_index() -> None:
    add(1, "việc", facets={"kind": ["model"], "unit": ["1"]})
    add(2, "việc", facets={"kind": ["idea"], "unit": ["1"]})

    found = find("việc", filters={"kind": frozenset({"model"})})

    assert found.total == 1
    assert found.counts == {"kind": {"model": 1, "idea": 1}, "unit": {"1": 1}}


def test_pages_follow_each_other(count_queries: Callable[[Callable[[], object]], int]) -> None:
    for no in range(5):
        add(no, "việc")

    assert keys(find("việc", offset=3, limit=3)) == ["initiative:1", "initiative:0"]
    assert count_queries(lambda: find("việc")) == 1
