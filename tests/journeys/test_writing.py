"""A clerk writes: autosave, conflict, handing in."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]


def begin(page: Page, title: str) -> None:
    """Go through the first step of a new initiative."""
    page.goto("/initiatives/new")
    page.get_by_label(re.compile("^Tên")).fill(title)
    page.get_by_role("button", name="Viết nội dung").click()
    page.wait_for_url(re.compile(r"/initiatives/\d+/draft"))


def test_typing_is_saved_by_itself(sign_in: Callable[..., Page]) -> None:
    page = sign_in("canbo.tckt")
    begin(page, "Công khai phí, lệ phí bằng mã QR tại quầy")

    page.get_by_label(re.compile("^Thực trạng")).fill("Người dân phải hỏi từng khoản, 12,5 % nhầm lẫn.")

    expect(page.locator("#save-state")).to_have_text(re.compile(r"Đã lưu \d\d:\d\d"))
    page.wait_for_timeout(2500)
    page.reload()
    expect(page.get_by_label(re.compile("^Thực trạng"))).to_have_value(
        "Người dân phải hỏi từng khoản, 12,5 % nhầm lẫn."
    )


def test_two_people_writing_at_once_see_both_texts(sign_in: Callable[..., Page]) -> None:
    page = sign_in("canbo.tckt")
    begin(page, "Bảng giá dịch vụ công một trang")
    other = page.context.new_page()
    other.goto(page.url)

    other.get_by_label(re.compile("^Giải pháp")).fill("Bản của cửa sổ thứ hai")
    other.get_by_role("button", name="Lưu bản nháp").click()
    expect(other.get_by_text("Đã lưu bản nháp.")).to_be_visible()
    page.get_by_label(re.compile("^Giải pháp")).fill("Bản của cửa sổ thứ nhất")
    page.get_by_role("button", name="Lưu bản nháp").click()

    expect(page.get_by_role("cell", name="Bản của cửa sổ thứ hai")).to_be_visible()
    expect(page.get_by_role("cell", name="Bản của cửa sổ thứ nhất")).to_be_visible()
    page.get_by_role("button", name="Giữ bản của tôi").click()
    expect(page.get_by_label(re.compile("^Giải pháp"))).to_have_value("Bản của cửa sổ thứ nhất")
