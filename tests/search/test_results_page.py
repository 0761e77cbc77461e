import re
from collections.abc import Callable
from html import unescape

import pytest
from flask.testing import FlaskClient

from cchc_portal.accounts.models import User
from cchc_portal.initiatives.models import State
from tests.factories.accounts import make_unit, make_user
from tests.factories.directives import make_directive
from tests.factories.follow_up import make_answer
from tests.factories.initiatives import make_initiative

Browser = Callable[[User], FlaskClient]
Indexed = Callable[[], None]


@pytest.fixture
def browser(client_of: Browser) -> FlaskClient:
    return client_of(make_user())


def test_kinds_of_things_are_tabs_with_counts(browser: FlaskClient, indexed: Indexed) -> None:
    make_initiative(state=State.PUBLISHED, title="Quét mã trả hồ sơ")
    make_directive(subject="Quét mã trả hồ sơ")
    indexed()

    page = browser.get("/search?q=quet+ma+tra").text
    narrowed = browser.get("/search?q=quet+ma+tra&type=directive").text

    assert '<a href="?q=quet+ma+tra" aria-current="page">Tất cả<span class="num">2</span>' in page
    assert '<a href="?q=quet+ma+tra&amp;type=directive">Công văn<span class="num">1</span>' in page
    assert '<a href="?q=quet+ma+tra&amp;type=directive" aria-current="page">Công văn' in narrowed
    assert "1 kết quả" in narrowed


def test_filters_and_operators_are_chips_that_can_be_dropped(browser: FlaskClient, indexed: Indexed) -> None:
    make_initiative(state=State.PUBLISHED, title="Quét mã một", year=2023)
    make_initiative(state=State.SELECTED, title="Quét mã giấy")
    indexed()

    page = browser.get("/search", query_string={"q": "quét mã năm:2023 -giấy", "status": "published"}).text

    assert "1 kết quả" in page
    assert _chips(page) == {
        "Trạng thái: Đã công bố": "?q=qu%C3%A9t+m%C3%A3+n%C4%83m%3A2023+-gi%E1%BA%A5y",
        "Năm: 2023": "?q=qu%C3%A9t+m%C3%A3+-gi%E1%BA%A5y&status=published",
        "Không chứa: giấy": "?q=qu%C3%A9t+m%C3%A3+n%C4%83m%3A2023&status=published",
    }
    assert '<a class="small" href="?q=qu%C3%A9t+m%C3%A3">Bỏ tất cả</a>' in page


def test_a_value_of_several_words_is_dropped_as_typed(browser: FlaskClient, indexed: Indexed) -> None:
    make_initiative(state=State.PUBLISHED, title="Quét mã")
    indexed()

    page = browser.get("/search", query_string={"q": "trạng-thái:đã công bố quét mã"}).text

    assert _chips(page) == {"Trạng thái: Đã công bố": "?q=qu%C3%A9t+m%C3%A3"}


def test_an_operator_without_meaning_is_said(browser: FlaskClient, indexed: Indexed) -> None:
    indexed()

    page = browser.get("/search", query_string={"q": "trạng-thái:<b>xanh</b>"}).text

    assert "Chưa hiểu “trạng-thái:&lt;b&gt;xanh&lt;/b&gt;”" in page


def test_a_table_says_the_same(browser: FlaskClient, indexed: Indexed) -> None:
    made = make_initiative(state=State.PUBLISHED, title="Quét <mã>", vote_count=7)
    letter = make_directive(number="124", symbol="UBND-NV", subject="Quét mã")
    indexed()

    page = browser.get("/search?q=quet+ma&view=table").text

    assert "<article" not in page
    assert f'<a href="/initiatives/{made.id}"><mark>Quét &lt;mã</mark>&gt;</a>' in page
    assert f'href="/directives/{letter.id}"' in page
    assert '<div class="muted small">Đã công bố</div>' in page
    assert '<td class="num">7</td>' in page


def test_units_head_their_results_with_counts(browser: FlaskClient, indexed: Indexed) -> None:
    many, few = make_unit(name="Tổ nhiều việc"), make_unit(name="Tổ ít việc")
    for _ in range(5):
        make_initiative(state=State.PUBLISHED, title="Quét mã", by=make_user(unit=many))
    make_initiative(state=State.PUBLISHED, title="Quét mã", by=make_user(unit=few))
    make_directive(subject="Quét mã")
    indexed()

    page = browser.get("/search?q=quet+ma&group=unit&view=table").text
    narrowed = browser.get(f"/search?q=quet+ma&group=unit&unit={few.id}").text

    assert _heads(page) == ["Tổ nhiều việc 5", "Tổ ít việc 1", "Không thuộc bộ phận nào 1"]
    assert f'<a href="?q=quet+ma&amp;view=table&amp;unit={many.id}">Xem cả 5 mục</a>' in page
    assert len(re.findall(r'href="/initiatives/\d+"', page)) == 4 + 1
    assert _heads(narrowed) == ["Tổ ít việc 1"]


def test_items_head_what_answers_them(browser: FlaskClient, indexed: Indexed) -> None:
    letter = make_directive(number="124", symbol="UBND-NV")
    make_answer(letter.items[0], state=State.PUBLISHED, title="Quét mã")
    indexed()

    page = browser.get("/search?q=quet+ma&group=item").text

    assert _heads(page) == ["Mục 1 · 124/UBND-NV 1"]


def test_sections_come_in_pages(browser: FlaskClient, indexed: Indexed) -> None:
    for number in range(7):
        make_initiative(
            state=State.PUBLISHED, title="Quét mã", by=make_user(unit=make_unit(name=f"Tổ {number}"))
        )
    indexed()

    first, second = (browser.get(f"/search?q=quet+ma&group=unit&page={page}").text for page in (1, 2))

    assert len(_heads(first)) == 6
    assert len(_heads(second)) == 1
    assert 'href="?q=quet+ma&amp;group=unit&amp;page=2"' in first
    assert 'rel="next"' not in second


@pytest.mark.parametrize(
    "query",
    ["view=x&group=y", "after=x", "after=1~2~initiative:0", "group=unit&page=99", "group=item&after=1~1~a:b"],
)
def test_an_odd_look_is_no_error(browser: FlaskClient, indexed: Indexed, query: str) -> None:
    make_initiative(state=State.PUBLISHED)
    indexed()

    assert browser.get(f"/search?q=quet&{query}").status_code == 200


def test_nothing_with_filters_shows_what_there_is_without(browser: FlaskClient, indexed: Indexed) -> None:
    made = make_initiative(state=State.PUBLISHED, title="Quét mã")
    indexed()

    page = browser.get("/search", query_string={"q": "quét mã năm:1999"}).text

    assert "Không tìm thấy mục nào" in page
    assert "Gần nhất, nếu bỏ bộ lọc" in page
    assert f'href="/initiatives/{made.id}"' in page
    assert 'href="/initiatives/new?title=qu%C3%A9t+m%C3%A3"' in page


def _chips(page: str) -> dict[str, str]:
    found = re.findall(r'<a class="chip" href="([^"]+)" title="Bỏ: ([^"]+)"', page)
    return {unescape(label): unescape(href) for href, label in found}


def _heads(page: str) -> list[str]:
    heads = re.findall(r"<h2>(.*?)</h2>", page, re.DOTALL)
    return [" ".join(re.sub(r"<[^>]+>", " ", head).split()) for head in heads]
