"""Keyset pages."""

import base64
import json

import pytest

from cchc_portal.core.errors import NotFound
from cchc_portal.web.pagination import Page, cut, mark, unmark


@pytest.mark.parametrize("values", [[1], ["ă", 2], ["", 0], ["\U0001f4a1" * 50, -1]])
def test_mark_survives_the_way_through_an_address(values: list[object]) -> None:
    word = mark(values)

    assert unmark(word, kinds=[type(value) for value in values]) == tuple(values)
    assert set(word) <= set("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_")


@pytest.mark.parametrize(
    "word",
    [
        "",
        "!",
        "Đ",
        "W10",
        mark(["a"]),
        mark([1, 2]),
        mark([True]),
        mark([1.5]),
        mark([None]),
        base64.urlsafe_b64encode(b"[1").decode(),
        base64.urlsafe_b64encode(b'{"0": 1}').decode(),
        base64.urlsafe_b64encode(b"[" * 100_000).decode(),
        base64.urlsafe_b64encode(b"\xff\xfe").decode(),
        base64.urlsafe_b64encode(b"[" + b"9" * 5000 + b"]").decode(),
        base64.urlsafe_b64encode(json.dumps([10**30]).encode()).decode(),
        base64.urlsafe_b64encode(b"[NaN]").decode(),
    ],
)
def test_made_up_mark_leads_nowhere(word: str) -> None:
    with pytest.raises(NotFound):
        unmark(word, kinds=(int,))


def test_page_is_cut_with_the_mark_of_its_last_row() -> None:
    page = cut([1, 2, 3], key=lambda row: [row], size=2, is_first=False)

    assert page == Page([1, 2], mark([2]), is_first=False)


@pytest.mark.parametrize("rows", [[], [1], [1, 2]])
def test_last_page_has_no_mark(rows: list[int]) -> None:
    assert cut(rows, key=lambda row: [row], size=2) == Page(rows, "", is_first=True)
