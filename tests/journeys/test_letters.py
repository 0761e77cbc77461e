"""The Office brings a letter in, corrects and issues it; a clerk reads it."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

LETTER = Path(__file__).parents[1] / "directives" / "letters" / "cong-van-huyen.txt"


def test_letter_goes_from_file_to_everybody(sign_in: Callable[..., Page]) -> None:
    office = sign_in("vptk")
    office.goto("/directives")
    office.get_by_role("link", name="Nhập công văn").click()
    office.get_by_label("Tệp công văn").set_input_files(LETTER)
    office.get_by_role("button", name="Đọc công văn").click()

    office.wait_for_url(re.compile(r"/directives/\d+/correction"))
    expect(office.locator("mark.part--deadline").first).to_have_text("chậm nhất ngày 25/4/2024")
    office.get_by_role("button", name="Thêm nội dung").click()
    office.locator("#items-6-code").fill("5")
    office.locator("#items-6-text").fill("Việc Văn phòng bổ sung.")
    office.get_by_role("button", name="Lưu bản rà soát").click()

    expect(office.get_by_text("Đang rà soát", exact=True)).to_be_visible()
    office.get_by_role("button", name="Ban hành").click()
    office.get_by_role("dialog").get_by_role("button", name="Ban hành").click()
    expect(office.get_by_text("Đã ban hành công văn.")).to_be_visible()

    clerk = sign_in("canbo.tpht")
    clerk.goto(office.url)
    expect(clerk.locator("#item-5")).to_contain_text("Việc Văn phòng bổ sung.")
    expect(clerk.get_by_role("link", name="Rà soát, sửa")).to_have_count(0)


def test_pasted_note_is_refused_in_place(sign_in: Callable[..., Page]) -> None:
    office = sign_in("vptk")
    office.goto("/directives/import")
    office.get_by_label("Hoặc dán toàn văn công văn").fill("Nhớ mua giấy in.")

    office.get_by_role("button", name="Đọc công văn").click()

    expect(office.get_by_role("alert")).to_contain_text("không giống một công văn")
    expect(office.get_by_label("Hoặc dán toàn văn công văn")).to_have_value("Nhớ mua giấy in.")
