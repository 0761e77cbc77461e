import re
from collections.abc import Callable
from html import unescape

import pytest
from flask import Flask
from flask.testing import FlaskClient

from cchc_portal.accounts.models import Role, User
from cchc_portal.core.db import db
from cchc_portal.directives.models import State as LetterState
from cchc_portal.initiatives.models import State
from tests.factories.accounts import make_user
from tests.factories.directives import make_directive
from tests.factories.initiatives import make_initiative

Browser = Callable[[User], FlaskClient]
Indexed = Callable[[], None]
HTMX = {"HX-Request": "true"}


@pytest.fixture
def browser(client_of: Browser) -> FlaskClient:
    return client_of(make_user())


def test_search_needs_a_sign_in(client: FlaskClient) -> None:
    for address in ("/search?q=a", "/search/suggestions?q=a", "/search/similar?title=a"):
        assert client.get(address).status_code == 303


def test_results_mark_what_was_typed(browser: FlaskClient, indexed: Indexed) -> None:
    made = make_initiative(state=State.PUBLISHED, title="Trả kết quả tại nhà")
    indexed()

    page = browser.get("/search?q=ket+qua").text

    assert f'<a href="/initiatives/{made.id}">Trả <mark>kết quả</mark> tại nhà</a>' in page
    assert "1 kết quả" in page
    assert made.code in page


def test_markup_in_a_title_is_text(browser: FlaskClient, indexed: Indexed) -> None:
    make_initiative(state=State.PUBLISHED, title="<script>alert(1)</script> niêm yết")
    indexed()

    for address in (
        "/search?q=niem+yet",
        "/search/suggestions?q=niem",
        "/search/similar?title=script+alert+1+script",
    ):
        page = browser.get(address, headers=HTMX).text
        assert "&lt;" in page
        assert "<script>alert" not in page


def test_markup_in_a_query_is_text(browser: FlaskClient, indexed: Indexed) -> None:
    indexed()

    page = browser.get("/search", query_string={"q": '"><img src=x onerror=alert(1)>'}).text

    assert "<img" not in page


def test_htmx_gets_the_results_alone(browser: FlaskClient, indexed: Indexed) -> None:
    indexed()

    answer = browser.get("/search?q=a", headers=HTMX)

    assert answer.text.lstrip().startswith('<div  id="search-results">')
    assert "HX-Request" in answer.headers["Vary"]


def test_filters_narrow_and_stay_in_the_address(browser: FlaskClient, indexed: Indexed) -> None:
    make_initiative(state=State.PUBLISHED, title="Quét mã một")
    make_initiative(state=State.SELECTED, title="Quét mã hai")
    indexed()

    everything = browser.get("/search?q=quet+ma").text
    narrowed = browser.get("/search?q=quet+ma&status=published&sort=newest").text

    assert 'href="?q=quet+ma&amp;status=published"' in everything
    assert "Được chọn nhân rộng" in narrowed
    assert "1 kết quả" in narrowed
    assert 'name="status" value="published"' in narrowed
    assert 'href="?q=quet+ma&amp;sort=newest&amp;status=published&amp;status=selected"' in narrowed


@pytest.mark.parametrize(
    "query", ["page=0", "page=-3", "page=x", "page=999999", "sort=DROP", "unit=abc&year=MMXXIII", "q=%FF"]
)
def test_an_odd_address_is_no_error(browser: FlaskClient, indexed: Indexed, query: str) -> None:
    make_initiative(state=State.PUBLISHED)
    indexed()

    assert browser.get(f"/search?{query}").status_code == 200


def test_pages_lead_on_and_back(browser: FlaskClient, indexed: Indexed) -> None:
    for _ in range(16):
        make_initiative(state=State.PUBLISHED, title="Việc giống nhau")
    indexed()

    first = browser.get("/search?q=viec").text
    href = unescape(re.search(r'href="([^"]+)" rel="next"', first)[1])
    second = browser.get(f"/search{href}").text

    assert href.startswith("?q=viec&after=")
    assert len(_links(first)) == 15
    assert len(_links(second)) == 1
    assert not _links(first) & _links(second)
    assert 'rel="next"' not in second
    assert 'href="?q=viec"' in second


def test_an_empty_result_says_what_to_do(browser: FlaskClient, indexed: Indexed) -> None:
    indexed()

    page = browser.get("/search?q=khong+co+gi&status=published").text

    assert "Không tìm thấy mục nào" in page
    assert "Bỏ mọi bộ lọc" in page
    assert "/initiatives/new?title=khong+co+gi" in page


def test_words_missing_are_said(browser: FlaskClient, indexed: Indexed) -> None:
    make_initiative(state=State.PUBLISHED, title="Niêm yết")
    indexed()

    assert "không có mục nào chứa đủ" in browser.get("/search?q=niem+vutru").text.lower()


def test_a_missing_index_is_said(
    lose_index: Callable[[], None], browser: FlaskClient, indexed: Indexed
) -> None:
    make_initiative(state=State.PUBLISHED, title="Vẫn thấy khi hỏng")
    indexed()
    lose_index()

    page = browser.get("/search?q=van+thay+khi+hong").text

    assert "đang được dựng lại" in page
    assert "1 kết quả" in page


def test_suggestions_are_options(browser: FlaskClient, indexed: Indexed) -> None:
    made = make_initiative(state=State.PUBLISHED, title="Họp không giấy tờ")
    indexed()

    page = browser.get("/search/suggestions?q=hop+khong+gi", headers=HTMX).text

    assert page.count('role="option"') == 2
    assert f'href="/initiatives/{made.id}"' in page
    assert "<mark>Họp không giấy</mark> tờ" in page
    assert "/search?q=hop+khong+gi" in page


def test_nothing_typed_suggests_nothing(browser: FlaskClient, indexed: Indexed) -> None:
    make_initiative(state=State.PUBLISHED)
    indexed()

    assert browser.get("/search/suggestions?q=+", headers=HTMX).text.strip() == ""


def test_similar_titles_are_shown_with_a_percentage(browser: FlaskClient, indexed: Indexed) -> None:
    made = make_initiative(state=State.PUBLISHED, title="Nhắc lịch khám tuyển qua Zalo")
    make_initiative(state=State.PUBLISHED, title="Thư chúc mừng kết hôn")
    indexed()

    page = browser.get("/search/similar?title=nhac+lich+kham+tuyen", headers=HTMX).text
    own = browser.get(f"/search/similar?title=nhac+lich+kham+tuyen&but={made.id}", headers=HTMX).text

    assert "Có 1 mục gần giống" in page
    assert f'<a href="/initiatives/{made.id}"><mark>Nhắc lịch khám tuyển</mark> qua Zalo</a>' in page
    assert "giống 100%" in page
    assert "gần giống" not in own


def test_a_problem_being_typed_shows_who_has_met_it_before(client_of: Browser, indexed: Indexed) -> None:
    person = make_user()
    problem = "Người dân phải chờ rất lâu tại bộ phận một cửa vào sáng thứ Hai, có khi hơn hai giờ đồng hồ."
    made = make_initiative(state=State.PUBLISHED, title="Lấy số qua Zalo", problem=problem)
    make_initiative(state=State.PUBLISHED, title="Thư chúc mừng kết hôn")
    indexed()
    typed = "Mỗi đầu tuần người dân phải chờ rất lâu tại bộ phận một cửa, nhiều người bỏ về."
    browser = client_of(person)

    page = browser.get("/search/similar", query_string={"problem": typed}, headers=HTMX).text
    browser.put(f"/initiatives/{made.id}/following", headers=HTMX)
    later = browser.get("/search/similar", query_string={"problem": typed}, headers=HTMX).text

    assert '<div id="similar-problem" role="status">' in page
    assert "<mark>Người dân phải chờ rất lâu tại bộ phận một cửa</mark>" in page
    assert f'href="/initiatives/{made.id}/comments"' in page
    assert f'hx-put="/initiatives/{made.id}/following"' in page
    assert ("hx-put" in later, "Bạn đang theo dõi" in later) == (False, True)


def test_an_initiative_shows_what_is_close_to_it(browser: FlaskClient, indexed: Indexed) -> None:
    made = make_initiative(state=State.PUBLISHED, title="Nhắc lịch khám tuyển qua Zalo")
    other = make_initiative(state=State.PUBLISHED, title="Nhắc lịch khám tuyển bằng thư", problem="Khác hẳn.")
    alone = make_initiative(
        state=State.PUBLISHED, title="Vườn rau sạch", problem="Đất bỏ hoang.", solution="Cùng trồng."
    )
    indexed()

    page = browser.get(f"/initiatives/{made.id}/similar", headers=HTMX).text
    nothing = browser.get(f"/initiatives/{alone.id}/similar").text

    assert f'href="/initiatives/{other.id}"' in page
    assert f'href="/initiatives/{made.id}"' not in page
    assert "Chưa có mục nào gần giống" in nothing
    assert f'hx-get="/initiatives/{made.id}/similar"' in browser.get(f"/initiatives/{made.id}").text


def test_who_writes_a_draft_is_told_of_others_but_itself(client_of: Browser, indexed: Indexed) -> None:
    author = make_user()
    draft = make_initiative(state=State.DRAFT, by=author)
    indexed()

    page = client_of(author).get(f"/initiatives/{draft.id}/draft").text

    assert page.count(f'hx-get="/search/similar?but={draft.id}"') == 2
    assert 'id="similar-title"' in page
    assert 'id="similar-problem"' in page


def test_nobody_learns_of_what_they_may_not_see(client_of: Browser, indexed: Indexed) -> None:
    author = make_user()
    hidden = make_initiative(state=State.WITHDRAWN, by=author, title="Chuyện kín của tổ")
    indexed()

    stranger, own, office = client_of(make_user()), client_of(author), client_of(make_user(Role.OFFICE))

    for address in (
        "/search?q=chuyen+kin",
        "/search/suggestions?q=chuyen+kin",
        "/search/similar?title=chuyen+kin+cua",
    ):
        link = f"/initiatives/{hidden.id}"
        assert link not in stranger.get(address).text
        assert link in own.get(address).text
        assert link in office.get(address).text
    assert "0 kết quả" in stranger.get("/search?q=chuyen+kin").text
    assert "Đã rút" not in stranger.get("/search?q=").text


def test_a_right_lost_a_moment_ago_hides_the_result(client_of: Browser, indexed: Indexed) -> None:
    made = make_initiative(state=State.PUBLISHED, title="Vừa bị gỡ")
    indexed()
    made.state = State.WITHDRAWN
    db.session.commit()

    assert f"/initiatives/{made.id}" not in client_of(make_user()).get("/search?q=vua+bi+go").text


# Where the index is in the database, a question takes its time limit, its version, how rare the words are and
# the answer; what may have been meant is asked apart.
INDEX_STATEMENTS = {"whoosh": (0, 0), "postgres": (7, 4)}


@pytest.mark.parametrize("address", ["/search?q=ma+qr", "/search/suggestions?q=ma+qr"])
def test_queries_do_not_grow_with_results(
    app: Flask,
    browser: FlaskClient,
    indexed: Indexed,
    count_queries: Callable[[Callable[[], object]], int],
    address: str,
) -> None:
    make_initiative(state=State.PUBLISHED)
    make_initiative(state=State.PUBLISHED)
    indexed()
    few = count_queries(lambda: browser.get(address))
    for _ in range(3):
        make_initiative(state=State.PUBLISHED)
    indexed()

    many = count_queries(lambda: browser.get(address))

    on_page, while_typing = INDEX_STATEMENTS[app.config["CCHC_SEARCH_ENGINE"]]
    assert few == many == (6 + while_typing if "suggestions" in address else 7 + on_page)


def test_the_list_hands_words_to_the_search(browser: FlaskClient) -> None:
    answer = browser.get("/initiatives?q=ma+qr&kind=model&kind=initiative")

    assert (answer.status_code, answer.location) == (
        303,
        "/search?kind=model&kind=initiative&q=ma+qr&type=initiative",
    )


def test_letters_and_items_lead_to_their_pages(browser: FlaskClient, indexed: Indexed) -> None:
    letter = make_directive(number="124", symbol="UBND-NV", subject="Khắc phục tồn tại")
    make_directive(state=LetterState.DRAFT, number="124", symbol="UBND-NV", subject="Chưa ban hành")
    indexed()

    page = browser.get("/search?q=124/UBND-NV").text

    assert f'href="/directives/{letter.id}"' in page
    assert f'href="/directives/{letter.id}/items/1"' in page
    assert "Chưa ban hành" not in page
    assert "2 kết quả" in page


def test_the_office_finds_letters_that_are_drafts(client_of: Browser, indexed: Indexed) -> None:
    letter = make_directive(state=LetterState.DRAFT, subject="Chưa ban hành")
    indexed()

    page = client_of(make_user(Role.OFFICE)).get("/search?q=chua+ban+hanh&type=directive").text

    assert f'href="/directives/{letter.id}"' in page


def test_a_title_being_typed_asks_for_similar_ones(browser: FlaskClient) -> None:
    assert 'hx-get="/search/similar"' in browser.get("/initiatives/new").text


def test_an_abbreviation_is_spelled_out_where_it_is_nowhere_filed(
    browser: FlaskClient, indexed: Indexed
) -> None:
    made = make_initiative(state=State.PUBLISHED, title="Khảo sát mức độ hài lòng")
    indexed()

    page = browser.get("/search?q=KSHL").text

    assert f'href="/initiatives/{made.id}"' in page
    assert "Đang tìm “khảo sát hài lòng” thay cho “KSHL”." in page


def test_telex_left_on_is_understood(browser: FlaskClient, indexed: Indexed) -> None:
    made = make_initiative(state=State.PUBLISHED, title="Đôn đốc cải cách hành chính")
    indexed()

    page = browser.get("/search?q=ddoon+ddoocs+cair+cachs").text

    assert f'href="/initiatives/{made.id}"' in page
    assert "<mark>Đôn đốc cải cách</mark>" in page


def test_words_that_are_found_are_not_asked_otherwise(browser: FlaskClient, indexed: Indexed) -> None:
    make_initiative(state=State.PUBLISHED, title="Máy fax và xoong nồi")
    indexed()

    assert "Đang tìm" not in browser.get("/search?q=fax+xoong").text


def _links(page: str) -> set[str]:
    return set(re.findall(r'href="/initiatives/(\d+)"', page))
