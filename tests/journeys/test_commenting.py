"""Colleagues talk below an initiative: mentions while typing, taking a comment back."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]


def test_colleague_is_mentioned_by_some_letters_of_the_name(sign_in: Callable[..., Page]) -> None:
    page = sign_in("canbo.tckt")
    page.goto("/initiatives/3")
    text = page.get_by_label(re.compile("^Nội dung bình luận"))

    text.press_sequentially("Nhờ @vpt")
    expect(page.get_by_role("option")).not_to_have_count(0)
    text.press("Escape")
    expect(page.get_by_role("option")).to_have_count(0)
    text.press_sequentially("k và @truong.vh")
    expect(page.get_by_role("option")).to_have_count(1)
    text.press("ArrowDown")
    text.press("Enter")
    expect(text).to_have_value("Nhờ @vptk và @truong.vhxh ")
    text.press_sequentially("xem giúp.")
    page.get_by_role("button", name="Gửi bình luận").click()

    expect(page.locator(".comment").first).to_contain_text("Nhờ @vptk và @truong.vhxh xem giúp.")


def test_address_of_mail_suggests_nobody(sign_in: Callable[..., Page]) -> None:
    page = sign_in("canbo.tckt")
    page.goto("/initiatives/3")
    text = page.get_by_label(re.compile("^Nội dung bình luận"))

    text.press_sequentially("gửi về vptk@truong")
    page.wait_for_timeout(600)

    expect(page.get_by_role("option")).to_have_count(0)
    text.fill("")


@pytest.mark.parametrize("javascript", [True, False])
def test_comment_is_taken_back_after_one_more_question(
    sign_in: Callable[..., Page], *, javascript: bool
) -> None:
    page = sign_in("canbo.tckt", javascript=javascript)
    page.goto("/initiatives/4/comments")
    page.get_by_label(re.compile("^Nội dung bình luận")).fill("Viết nhầm chỗ")
    page.get_by_role("button", name="Gửi bình luận").click()
    own = page.locator(".comment", has_text="Viết nhầm chỗ")

    own.get_by_role("link", name="Xóa").click()
    expect(page.get_by_role("heading", name="Xóa bình luận này?")).to_be_visible()
    asked = page.get_by_role("dialog") if javascript else page.locator("main")
    asked.get_by_role("button", name="Xóa").click()

    expect(own).to_have_count(0)
    expect(page.get_by_text("Bình luận đã được xóa.").first).to_be_visible()
