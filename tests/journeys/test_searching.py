"""Finding: as one types, with the keyboard, on a phone, without scripts, while a letter and a draft are new."""

import json
import re
import shutil
import time
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import Portal

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

SATURDAY = "“Sáng thứ Bảy vì dân”: tiếp nhận hồ sơ đất đai, xây dựng ngoài giờ hành chính"


@pytest.fixture(scope="module", autouse=True)
def _indexed(portal: Portal) -> None:
    """Wait until the worker has taken in the demonstration."""
    for _ in range(50):
        if len(json.loads(portal.flask("search", "query", "hồ sơ", "--json"))) > 3:
            return
        time.sleep(0.5)
    pytest.fail("the demonstration was not taken in")


def test_suggestions_are_chosen_with_the_keyboard(sign_in: Callable[..., Page]) -> None:
    page = sign_in("canbo.tpht")

    page.keyboard.press("/")
    box = page.get_by_role("combobox")
    expect(box).to_be_focused()
    box.press_sequentially("sang thu 7 vi d")
    expect(page.get_by_role("option").first).to_contain_text(SATURDAY)
    expect(box).to_have_attribute("aria-expanded", "true")
    page.keyboard.press("ArrowDown")
    expect(page.get_by_role("option").first).to_have_attribute("aria-selected", "true")
    page.keyboard.press("Enter")

    expect(page.get_by_role("heading", level=1)).to_contain_text(SATURDAY)


def test_earlier_searches_stay_in_this_browser_until_it_is_signed_out(sign_in: Callable[..., Page]) -> None:
    page = sign_in("canbo.tpht")
    page.get_by_role("combobox").fill("ký số & “một cửa”")
    page.keyboard.press("Enter")
    page.goto("/")
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))

    page.keyboard.press("/")

    options = page.get_by_role("option")
    expect(options).to_have_text(["ký số & “một cửa”", "Xóa lịch sử tìm"])
    assert [url for url in asked if "suggestions" in url] == []
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page.get_by_role("searchbox")).to_have_value("ký số & “một cửa”")
    page.goto("/")
    page.keyboard.press("/")
    page.get_by_role("option", name="Xóa lịch sử tìm").click()
    expect(options).to_have_count(0)
    assert page.evaluate("localStorage.past") is None
    page.evaluate("localStorage.past = '[\"a\"]'")
    page.context.clear_cookies()
    page.goto("/sign-in")
    page.wait_for_load_state("networkidle")
    assert page.evaluate("localStorage.past") is None


def test_results_follow_what_is_typed_and_stay_in_the_address(sign_in: Callable[..., Page]) -> None:
    page = sign_in("canbo.tpht")
    page.goto("/search?q=zalo")

    page.get_by_label("Tìm sáng kiến, công văn").fill("lam viec thu 7")

    first = page.locator("#search-results article").first
    expect(first).to_contain_text(SATURDAY)
    expect(first.locator("mark").first).to_have_text("thứ Bảy")
    page.wait_for_function("location.search.includes('lam%20viec%20thu%207')")
    page.reload()
    expect(page.locator("#search-results article").first).to_contain_text(SATURDAY)


def test_filters_narrow_and_are_dropped(sign_in: Callable[..., Page]) -> None:
    page = sign_in("canbo.tpht")
    page.goto("/search?q=ho+so")
    everything = _total(page)

    page.get_by_role("link", name=re.compile("^Được công nhận")).click()
    expect(page).to_have_url(re.compile("status=recognised"))
    narrowed = _total(page)
    page.get_by_role("link", name="Bỏ tất cả").click()

    assert 0 < narrowed < everything
    expect(page.get_by_role("status").filter(has_text="kết quả")).to_contain_text(str(everything))


def test_a_similar_title_is_shown_before_writing(sign_in: Callable[..., Page]) -> None:
    page = sign_in("canbo.tckt")
    page.goto("/initiatives/new")

    page.get_by_label(re.compile("^Tên")).press_sequentially("lien thong khai sinh thuong tru")

    expect(page.locator("#similar-title")).to_contain_text("Có 1 mục gần giống")
    expect(page.locator("#similar-title")).to_contain_text("SK-2023-009")


def test_search_works_without_scripts(sign_in: Callable[..., Page]) -> None:
    page = sign_in("canbo.tpht", javascript=False)

    page.get_by_label("Tìm sáng kiến, công văn").fill("ky so")
    page.get_by_role("search").get_by_role("button", name="Tìm").click()

    expect(page.locator("article").first).to_contain_text("Bồi dưỡng kỹ năng số")


def test_the_index_folder_is_deleted_and_comes_back(portal: Portal, sign_in: Callable[..., Page]) -> None:
    page = sign_in("canbo.tpht")
    page.goto("/search?q=hop+khong+giay")
    expect(page.locator("article").first).to_contain_text("Họp giao ban không giấy tờ")

    shutil.rmtree(portal.data / "search")
    page.reload()

    expect(page.locator("article").first).to_contain_text("Họp giao ban không giấy tờ")
    for _ in range(30):
        page.reload()
        if page.get_by_text("Chỉ mục tìm kiếm đang được dựng lại").count() == 0:
            break
        page.wait_for_timeout(500)
    expect(page.get_by_text("Chỉ mục tìm kiếm đang được dựng lại")).to_have_count(0)
    expect(page.locator("article").first).to_contain_text("Họp giao ban không giấy tờ")
    assert "khớp" in portal.flask("search", "check")


def _total(page: Page) -> int:
    words = page.get_by_role("status").filter(has_text="kết quả").inner_text()
    return int(words.split()[0])
