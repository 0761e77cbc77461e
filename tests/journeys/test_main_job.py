"""The main job as four people: a clerk writes, a colleague finds and votes, the Office publishes, the chairman selects."""

import re
from collections.abc import Callable
from datetime import date, timedelta

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import DESKTOP, PHONE

pytestmark = [pytest.mark.browser, pytest.mark.timeout(300), pytest.mark.xdist_group("browser")]

WAYS = [
    pytest.param(
        {"viewport": DESKTOP, "javascript": True}, "Trả hồ sơ hộ tịch qua tủ khóa thông minh", id="desktop"
    ),
    pytest.param(
        {"viewport": PHONE, "javascript": True}, "Loa phường đọc lịch tiếp dân bằng điện thoại", id="phone"
    ),
    pytest.param(
        {"viewport": DESKTOP, "javascript": False},
        "Sổ góp ý giấy nhập liệu trong ngày",
        id="without-javascript",
    ),
]


@pytest.mark.parametrize(("way", "title"), WAYS)
def test_main_job(sign_in: Callable[..., Page], way: dict[str, object], title: str) -> None:
    clerk = sign_in("canbo.tpht", **way)
    address = write_and_submit(clerk, title)

    colleague = sign_in("canbo.vhxh", **way)
    find(colleague, without_diacritics(title), title)
    vote_and_comment(colleague)

    office = sign_in("vptk", **way)
    office.goto(address)
    press(office, "Công bố")
    expect(office.get_by_text("Đã công bố", exact=True).first).to_be_visible()

    chairman = sign_in("chutich", **way)
    chairman.goto(address)
    select_for_replication(chairman)

    clerk.goto(address)
    open_part(clerk, "Quyết định nhân rộng")
    decision = clerk.locator("#of-initiative")
    expect(decision).to_contain_text("Chủ tịch UBND phường")
    expect(decision).to_contain_text("Tài chính - Kế toán")


def write_and_submit(page: Page, title: str) -> str:
    """Write a good practice that answers item 4 of the letter; return its address."""
    page.goto("/initiatives/new")
    page.get_by_label(re.compile("^Tên")).fill(title)
    page.get_by_role("button", name="Viết nội dung").click()
    page.wait_for_url(re.compile(r"/initiatives/\d+/draft"))
    page.locator("#problem").fill("Người dân phải đi lại nhiều lần.")
    page.locator("#solution").fill("Bố trí lại cách nhận và trả kết quả.")
    page.locator("#result").fill("Giảm một lượt đi lại cho mỗi hồ sơ.")
    page.get_by_label("Cải cách thủ tục hành chính").check()
    page.locator("#answers-0-item_id").select_option(index=4)
    page.locator("#answers-0-sentence").fill("Là cách làm hay của bộ phận.")
    page.get_by_role("button", name="Gửi", exact=True).click()
    page.wait_for_url(re.compile(r"/initiatives/\d+$"))
    expect(page.get_by_text("Đã gửi", exact=True).first).to_be_visible()
    return page.url


def find(page: Page, words: str, title: str) -> None:
    """Find a title by words without diacritics; the index follows within two seconds or so."""
    page.goto("/search")
    for _ in range(20):
        page.goto(f"/search?q={words.replace(' ', '+')}")
        if page.get_by_role("link", name=title).count():
            break
        page.wait_for_timeout(500)
    page.get_by_role("link", name=title).first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text(title)


def vote_and_comment(page: Page) -> None:
    """Vote once and comment, on the page itself or, without JavaScript, behind its links."""
    address = page.url
    open_part(page, "Bình chọn")
    page.get_by_role("button", name="Bình chọn", exact=True).click()
    open_part(page, "Bình chọn")
    expect(page.get_by_role("button", name="Bỏ bình chọn")).to_be_visible()
    page.goto(address)
    open_part(page, "Đọc và viết bình luận")
    page.get_by_label("Nội dung bình luận").fill("Bộ phận tôi muốn áp dụng.")
    page.get_by_role("button", name="Gửi bình luận").click()
    expect(page.get_by_text("Bộ phận tôi muốn áp dụng.").first).to_be_visible()


def open_part(page: Page, name: str) -> None:
    """Follow the plain link to a part of the page where it did not come by itself."""
    page.wait_for_load_state("networkidle")
    link = page.locator("main").get_by_role("link", name=name, exact=True)
    if link.count():
        link.first.click()


def press(page: Page, name: str) -> None:
    """Press the button of an official act and confirm it where a dialog asks."""
    page.get_by_role("button", name=name, exact=True).click()
    dialog = page.get_by_role("dialog")
    if dialog.count():
        dialog.get_by_role("button", name=name).click()
    page.wait_for_load_state("networkidle")


def select_for_replication(page: Page) -> None:
    """Select the open initiative for one unit with a deadline in a month."""
    open_part(page, "Quyết định nhân rộng")
    page.get_by_role("link", name="Chọn nhân rộng").first.click()
    page.get_by_label("Tài chính - Kế toán").check()
    page.locator("#deadline").fill((date.today() + timedelta(days=30)).strftime("%d/%m/%Y"))  # noqa: DTZ011  a day
    page.get_by_role("button", name="Chọn nhân rộng").click()
    page.wait_for_url(re.compile(r"/initiatives/\d+$"))


def without_diacritics(title: str) -> str:
    """Return the first words as a hurried clerk types them."""
    from cchc_portal.core.text import fold

    return " ".join(fold(title).split()[:5])
