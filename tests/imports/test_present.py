"""Titles that are much alike."""

from hypothesis import given, settings
from hypothesis import strategies as st

from cchc_portal.imports import present

TITLES = st.lists(
    st.sampled_from(["một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám"]), min_size=1, max_size=12
).map(" ".join)


@settings(max_examples=150, deadline=None)
@given(st.lists(TITLES, max_size=8), TITLES)
def test_closest_title_is_the_one_that_comparing_with_all_finds(titles: list[str], asked: str) -> None:
    def common(one: str) -> float:
        some, others = set(one.split()), set(asked.split())
        return len(some & others) / len(some | others) if len(some) >= present.FEWEST_WORDS else 0

    found = present.Titles(titles).closest(asked)

    best = max(map(common, titles), default=0) if len(set(asked.split())) >= present.FEWEST_WORDS else 0
    assert (common(found) if found else None) == (best if best >= present.ALIKE_FROM else None)
