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


def test_conflict_met_while_typing_loses_nothing(sign_in: Callable[..., Page]) -> None:
    page = sign_in("canbo.tckt")
    begin(page, "Sổ tay hỏi đáp về phí và lệ phí")
    other = page.context.new_page()
    other.goto(page.url)
    other.get_by_label(re.compile("^Giải pháp")).fill("Của cửa sổ thứ hai")
    other.get_by_role("button", name="Lưu bản nháp").click()
    expect(other.get_by_text("Đã lưu bản nháp.")).to_be_visible()

    page.get_by_label(re.compile("^Giải pháp")).fill("Của cửa sổ thứ nhất")
    expect(page.locator("#save-state")).to_contain_text("Chưa lưu: có người khác vừa sửa.")
    expect(page.get_by_role("cell", name="Của cửa sổ thứ hai")).to_be_visible()
    page.get_by_label(re.compile("^Kết quả")).fill("Gõ thêm sau khi thấy hai bản")
    page.get_by_role("button", name="Giữ bản của tôi").click()

    expect(page.get_by_text("Đã lưu bản nháp.")).to_be_visible()
    expect(page.get_by_label(re.compile("^Giải pháp"))).to_have_value("Của cửa sổ thứ nhất")
    expect(page.get_by_label(re.compile("^Kết quả"))).to_have_value("Gõ thêm sau khi thấy hai bản")


def test_enter_in_a_line_saves_and_keeps_every_row(sign_in: Callable[..., Page]) -> None:
    page = sign_in("canbo.tckt")
    begin(page, "Bảng theo dõi nộp hồ sơ trực tuyến")
    page.get_by_label(re.compile("^Số liệu")).fill("Số lượt hỏi")

    page.get_by_label(re.compile("^Số liệu")).press("Enter")

    expect(page.get_by_text("Đã lưu bản nháp.")).to_be_visible()
    expect(page.get_by_label(re.compile("^Số liệu"))).to_have_value("Số lượt hỏi")


def test_session_that_ends_while_typing_takes_nothing_away(sign_in: Callable[..., Page]) -> None:
    page = sign_in("canbo.tckt")
    begin(page, "Nhắc lịch hẹn trả kết quả bằng tin nhắn")
    page.context.clear_cookies()

    page.get_by_label(re.compile("^Thực trạng")).fill("Gõ sau khi phiên đã hết")
    expect(page.get_by_text("Nội dung đang gõ vẫn ở trên trang")).to_be_visible()
    page.get_by_role("button", name="Lưu bản nháp").click()

    expect(page.get_by_role("button", name="Gửi lại")).to_be_visible()
    held = page.locator('input[type=hidden][name="problem"]')
    expect(held).to_have_value("Gõ sau khi phiên đã hết")
