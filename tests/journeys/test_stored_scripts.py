"""Script that somebody types anywhere stays text everywhere, in a real browser."""

import io
import re
import shutil
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Browser, Page

from tests.journeys.conftest import PASSWORD, Portal, start_portal, wait_until_at_rest
from tests.journeys.visitor import Visitor

pytestmark = [pytest.mark.slow, pytest.mark.timeout(300), pytest.mark.xdist_group("browser")]

EVIL = "\"'><script>window.pwned=1</script><img src=x onerror=window.pwned=1><svg/onload=window.pwned=1>"
LINK = "[xem](javascript:window.pwned=1) <a href='javascript:window.pwned=1'>x</a> ![](x\"onerror=window.pwned=1)"
LETTER = f"""ỦY BAN NHÂN DÂN
PHƯỜNG BẮC HỒNG {EVIL}

Số: 77/UBND-VP

V/v {EVIL}

Kính gửi: Các bộ phận chuyên môn thuộc UBND phường {EVIL}

1. Giao Văn phòng - Thống kê tổng hợp {EVIL} báo cáo UBND thị xã trước 15/3/2023.

2. Các bộ phận chuyên môn thực hiện {EVIL}./.
"""
DANGEROUS = """() => ({
  ran: window.pwned !== undefined,
  handlers: document.querySelectorAll('[onerror],[onload],[onclick]').length,
  links: [...document.querySelectorAll('[href]')].filter(e => /^\\s*javascript:/i.test(e.getAttribute('href'))).length,
  scripts: [...document.scripts].filter(e => !e.src && !/json/.test(e.type)).length,
})"""
HARMLESS = {"ran": False, "handlers": 0, "links": 0, "scripts": 0}


@pytest.fixture(scope="module")
def portal(demo_data: Path, workplace: Path) -> Iterator[Portal]:
    copy = workplace / "scripts"
    shutil.copytree(demo_data, copy)
    running = start_portal(copy)
    yield running
    running.stop()


@pytest.fixture(scope="module")
def pages(portal: Portal) -> list[str]:
    """Type script into everything there is; return the pages that show it."""
    clerk = Visitor(portal.address, "canbo.tckt")
    draft = clerk.post("/initiatives", kind="good_practice", entry_mode="propose", title=f"Hai {EVIL}")
    number = draft.split("/")[2]
    clerk.upload(
        f"/initiatives/{number}/attachments", name=f"{EVIL[:80].replace(chr(34), '')}.png", content=_picture()
    )
    clerk.post(f"/initiatives/{number}/submission", **_content(portal))
    colleague = Visitor(portal.address, "canbo.vhxh")
    colleague.post(f"/initiatives/{number}/comments", body=f"{LINK} {EVIL}")
    office, keeper = Visitor(portal.address, "vptk"), Visitor(portal.address, "quantri")
    office.post(f"/initiatives/{number}/return", reason=EVIL)
    letter = office.post("/directives/import", text=LETTER)
    directive = letter.split("/")[2]
    user = _id(portal, "SELECT id FROM user WHERE username = 'canbo.tckt'")
    unit = _id(portal, "SELECT unit_id FROM user WHERE username = 'canbo.tckt'")
    keeper.post(
        f"/admin/accounts/{user}", full_name=f"Cán bộ {EVIL}"[:120], unit=str(unit), job_title=EVIL[:120]
    )
    office.post(f"/directives/{directive}/issue")
    return [
        "/",
        "/initiatives",
        f"/initiatives/{number}",
        f"/initiatives/{number}/comments",
        f"/initiatives/{number}/versions",
        "/search?q=script",
        f"/search?q={'%22%3E%3Cimg%20src%3Dx%20onerror%3Dwindow.pwned%3D1%3E'}",
        "/directives",
        f"/directives/{directive}",
        f"/directives/{directive}/items/1",
        "/notifications",
        "/replication",
    ]


@pytest.mark.parametrize("username", ["canbo.vhxh", "vptk", "quantri"])
def test_script_stays_text(portal: Portal, pages: list[str], chromium: Browser, username: str) -> None:
    context = chromium.new_context(base_url=portal.address)
    page = context.new_page()
    page.goto("/sign-in")
    page.get_by_label("Tên đăng nhập").fill(username)
    page.get_by_label(re.compile("^Mật khẩu")).fill(PASSWORD)
    page.locator("main").get_by_role("button", name="Đăng nhập").first.click()
    page.wait_for_url(lambda url: "/sign-in" not in url)
    seen = [*pages, *(["/admin/accounts", "/admin/units", "/admin/events"] if username == "quantri" else [])]

    found = {path: _look(page, path) for path in seen}

    assert found == dict.fromkeys(seen, HARMLESS)
    page.goto(pages[2])
    assert EVIL in page.locator("h1").inner_text()
    context.close()


def _look(page: Page, path: str) -> object:
    page.goto(path)
    wait_until_at_rest(page)
    return page.evaluate(DANGEROUS)


def _content(portal: Portal) -> dict[str, str]:
    return {
        "revision": "1",
        "kind": "good_practice",
        "entry_mode": "propose",
        "title": f"Hai lần in {EVIL}",
        "problem": f"{EVIL} {LINK}",
        "solution": f"{EVIL} {LINK}",
        "result": f"{EVIL} {LINK}",
        "tags": EVIL[:40],
        "fields": "2",
        "authors-0-user_id": str(_id(portal, "SELECT id FROM user WHERE username = 'canbo.tckt'")),
        "authors-0-share": "100",
        "answers-0-item_id": str(_id(portal, "SELECT id FROM directive_item")),
        "answers-0-sentence": EVIL,
        "figures-0-name": EVIL,
        "figures-0-measure": "lần",
        "figures-0-before": "2",
        "figures-0-after": "1",
    }


def _picture() -> bytes:
    file = io.BytesIO()
    Image.new("RGB", (2, 2)).save(file, "PNG")
    return file.getvalue()


def _id(portal: Portal, query: str) -> int:
    base = sqlite3.connect(portal.data / "portal.db")
    try:
        return int(base.execute(query).fetchone()[0])
    finally:
        base.close()
