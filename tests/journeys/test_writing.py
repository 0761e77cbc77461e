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


def test_author_is_found_by_typing_and_chosen_by_keys(sign_in: Callable[..., Page]) -> None:
    page = sign_in("canbo.tckt")
    begin(page, "Thẻ hướng dẫn nộp phí không dùng tiền mặt")
    page.get_by_role("button", name="Thêm tác giả").click()
    name = page.get_by_role("combobox", name="Họ tên").nth(1)

    name.press_sequentially("truong vhxh")
    expect(name).to_have_attribute("aria-expanded", "true")
    expect(page.locator("#said")).to_have_text(re.compile("^1 gợi ý"))
    name.press("ArrowDown")
    name.press("Enter")

    expect(name).to_have_value("Phụ trách Văn hóa - Xã hội")
    expect(name).to_have_attribute("aria-expanded", "false")
    expect(page.get_by_label("Nơi công tác").nth(1)).to_have_value("Văn hóa - Xã hội")
    expect(page.locator("#save-state")).to_have_text(re.compile(r"Đã lưu"))
    page.get_by_role("button", name="Lưu bản nháp").click()
    expect(page.get_by_text("Có tài khoản @truong.vhxh")).to_be_visible()


def test_name_typed_over_a_colleague_is_somebody_else(sign_in: Callable[..., Page]) -> None:
    page = sign_in("canbo.tckt")
    begin(page, "Lịch trả kết quả theo tổ dân phố")

    page.get_by_role("combobox", name="Họ tên").fill("Nguyễn Văn Khách")
    page.get_by_role("button", name="Lưu bản nháp").click()

    expect(page.get_by_text("Đã lưu bản nháp.")).to_be_visible()
    expect(page.get_by_role("combobox", name="Họ tên")).to_have_value("Nguyễn Văn Khách")
    expect(page.locator("[name=authors-0-user_id]")).to_have_value("")


def test_author_is_found_without_javascript(sign_in: Callable[..., Page]) -> None:
    page = sign_in("canbo.tckt", javascript=False)
    begin(page, "Tủ mẫu đơn điền sẵn tại quầy")
    page.get_by_role("button", name="Thêm tác giả").click()
    page.get_by_label("Họ tên").nth(1).fill("truong vhxh")

    page.get_by_role("button", name="Tìm trong danh sách đồng nghiệp").nth(1).click()
    page.get_by_label(re.compile("@truong.vhxh")).check()
    page.get_by_role("button", name="Lưu bản nháp").last.click()

    expect(page.get_by_text("Có tài khoản @truong.vhxh")).to_be_visible()


@pytest.mark.parametrize("javascript", [True, False])
def test_source_is_asked_for_only_of_what_is_introduced(
    sign_in: Callable[..., Page], *, javascript: bool
) -> None:
    page = sign_in("canbo.tckt", javascript=javascript)
    begin(page, "Quầy hỗ trợ dịch vụ công trực tuyến")
    source = page.get_by_label("Nơi đang áp dụng")
    expect(source).to_be_hidden()

    page.get_by_label("Giới thiệu").check()

    expect(source).to_be_visible()
