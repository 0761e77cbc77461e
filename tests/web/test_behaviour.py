"""What app.js does, in a real browser under the real content policy."""

import json
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.web.conftest import Stage

pytestmark = pytest.mark.browser

BUTTONS = '{% from "components/buttons.html" import act, button %}'
FORMS = '{% from "components/forms.html" import save_state %}'
ROWS = '{% from "components/rows.html" import row, rows %}'
AUTHORS = """
<form method="post" action="/act">
  {% call rows("authors", "Thêm tác giả", share_total=true) %}
    {% for share in (60, 30) %}
      {% call row("authors", loop.index0) %}
        <label for="authors-{{ loop.index0 }}-share">Tỷ lệ</label>
        <input id="authors-{{ loop.index0 }}-share" name="authors-{{ loop.index0 }}-share" value="{{ share }}" data-share>
      {% endcall %}
    {% endfor %}
  {% endcall %}
  <button id="send">Gửi</button>
</form>
"""
DRAFT = """
<form method="post" action="/act">
  <label for="title">Tên</label><input id="title" name="title">
  {{ save_state("/act") }}
</form>
"""
Open = Callable[..., Page]


def test_slash_goes_to_the_search_box_but_not_while_typing(play: Open) -> None:
    page = play('<label>Ô <input id="other"></label>')

    page.keyboard.press("/")
    expect(page.locator("#search")).to_be_focused()

    page.locator("#other").press("/")
    expect(page.locator("#other")).to_be_focused()


def test_arrows_walk_through_suggestions_and_enter_follows(play: Open, stage: Stage) -> None:
    page = play("<p>Nội dung</p>")
    box = page.locator("#search")

    box.fill("go")  # at one go: the answer to a first letter would set the walk back to its beginning
    expect(page.get_by_role("option")).to_have_count(3)
    expect(box).to_have_attribute("aria-expanded", "true")
    box.press("ArrowDown")
    box.press("ArrowDown")
    expect(box).to_have_attribute("aria-activedescendant", "suggestions-1")
    box.press("Enter")

    expect(page).to_have_url(f"{stage.url}/search?q=2")


def test_escape_closes_suggestions_and_keeps_the_words(play: Open) -> None:
    page = play("<p>Nội dung</p>")
    box = page.locator("#search")
    box.press_sequentially("go")
    expect(page.get_by_role("option")).to_have_count(3)

    box.press("Escape")

    expect(page.get_by_role("option")).to_have_count(0)
    expect(box).to_have_attribute("aria-expanded", "false")
    expect(box).to_have_value("go")


def test_official_act_is_sent_only_after_confirmation(play: Open, stage: Stage) -> None:
    page = play(
        '{{ act("Chọn", "/act", confirm="Chọn mục này?", confirm_text="Sẽ báo tác giả.") }}', imports=BUTTONS
    )

    page.get_by_role("button", name="Chọn").click()
    expect(page.get_by_role("dialog", name="Chọn mục này?")).to_be_visible()
    page.get_by_role("button", name="Không, quay lại").click()
    assert stage.received == []

    page.get_by_role("button", name="Chọn").click()
    with page.expect_navigation():
        page.get_by_role("dialog").get_by_role("button", name="Chọn").click()
    assert len(stage.received) == 1


def test_rows_are_added_removed_and_summed(play: Open, stage: Stage) -> None:
    page = play(AUTHORS, imports=ROWS)
    total = page.locator("[data-share-sum]")
    expect(total).to_have_text("90 %")

    page.get_by_role("button", name="Thêm tác giả").click()
    page.keyboard.type("10")
    expect(total).to_have_text("100 %")
    page.get_by_role("button", name="Bỏ dòng này").first.click()
    expect(total).to_have_text("40 %")
    with page.expect_navigation():
        page.locator("#send").click()

    assert stage.received == [{"authors-0-share": "30", "authors-1-share": "10"}]


def test_rows_without_javascript_post_what_was_asked(play: Open, stage: Stage) -> None:
    page = play(AUTHORS, imports=ROWS, java_script_enabled=False)

    page.get_by_role("button", name="Thêm tác giả").click()

    assert stage.received[0]["add_row"] == "authors"


def test_typing_saves_the_draft_and_says_so(play: Open, stage: Stage) -> None:
    stage.answers = [(200, '<p class="save-state" id="save-state">Đã lưu 14:05</p>', {})]
    page = play(DRAFT, imports=FORMS)

    page.locator("#title").press_sequentially("Một cửa")

    expect(page.locator("#save-state")).to_have_text("Có thay đổi chưa lưu")
    expect(page.locator("#save-state")).to_have_text("Đã lưu 14:05")
    assert stage.received[0]["title"] == "Một cửa"


def test_what_is_typed_while_a_save_runs_is_saved_too(play: Open, stage: Stage) -> None:
    line = FORMS + '{{ save_state("/act") }}'
    stage.answers = [(200, line, {}), (200, '<p class="save-state" id="save-state">Đã lưu 14:06</p>', {})]
    stage.wait = 1
    page = play(DRAFT, imports=FORMS)

    page.locator("#title").fill("Một")
    expect(page.locator("#save-state")).to_have_text("Đang lưu…")
    page.locator("#title").fill("Một cửa")

    expect(page.locator("#save-state")).to_have_text("Đã lưu 14:06")
    assert [form["title"] for form in stage.received] == ["Một", "Một cửa"]


def test_failed_save_keeps_the_text_and_tries_again_when_online(play: Open, stage: Stage) -> None:
    stage.answers = [(503, "", {}), (200, '<p class="save-state" id="save-state">Đã lưu 14:05</p>', {})]
    page = play(DRAFT, imports=FORMS)

    page.locator("#title").fill("Một cửa")
    expect(page.locator("#save-state")).to_have_text("Chưa lưu được, sẽ tự thử lại")
    page.evaluate("dispatchEvent(new Event('online'))")

    expect(page.locator("#save-state")).to_have_text("Đã lưu 14:05")
    expect(page.locator("#title")).to_have_value("Một cửa")


def test_leaving_with_unsaved_text_asks_first(play: Open) -> None:
    page = play('<form data-guard><label>Ý kiến <input id="text"></label></form>')
    asked: list[str] = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))

    page.locator("#text").press_sequentially("a")
    page.reload()

    assert asked == ["beforeunload"]


def test_refusal_is_said_once_in_the_live_region(play: Open, stage: Stage) -> None:
    trigger = json.dumps({"toast": {"message": "Khong duoc", "kind": "error"}})
    stage.answers = [(403, "", {"HX-Trigger": trigger, "HX-Reswap": "none"})]
    page = play('<button hx-post="/act">Làm</button>')

    page.get_by_role("button", name="Làm").click()

    expect(page.get_by_role("status").locator(".toast")).to_have_count(1)
    expect(page.locator(".toast")).to_contain_text("Khong duoc")


def test_answer_without_words_gets_a_general_message(play: Open, stage: Stage) -> None:
    stage.answers = [(500, "", {})]
    page = play('<button hx-post="/act">Làm</button>')

    page.get_by_role("button", name="Làm").click()

    expect(page.locator(".toast")).to_contain_text("Chưa thực hiện được. Vui lòng thử lại.")


def test_undo_posts_to_its_address(play: Open, stage: Stage) -> None:
    trigger = json.dumps({"toast": {"message": "Xong", "undo_url": "/act"}})
    stage.answers = [(200, "", {"HX-Trigger": trigger})]
    page = play('<button hx-post="/act" hx-swap="none">Xóa</button>')
    page.get_by_role("button", name="Xóa").click()

    with page.expect_response("**/act"):
        page.get_by_role("button", name="Hoàn tác").click()

    assert len(stage.received) == 2


def test_form_that_comes_back_with_errors_focuses_the_first(play: Open, stage: Stage) -> None:
    form = '<form id="f" hx-post="/act" hx-swap="outerHTML"><label>Tên <input id="n"{}></label><button>Gửi</button></form>'
    stage.answers = [(422, form.format(' aria-invalid="true"'), {})]
    page = play(form.format(""))

    page.get_by_role("button", name="Gửi").click()

    expect(page.locator("#n[aria-invalid]")).to_be_focused()


def test_person_menu_closes_with_escape_and_a_click_outside(play: Open) -> None:
    page = play("<p>Nội dung</p>")
    menu = page.locator("details[data-menu]")

    menu.locator("summary").click()
    page.keyboard.press("Escape")
    expect(menu).not_to_have_attribute("open", "")

    menu.locator("summary").click()
    page.locator("h1").click()
    expect(menu).not_to_have_attribute("open", "")
