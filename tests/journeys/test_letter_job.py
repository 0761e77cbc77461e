"""The letter of 2023 becomes work that gets done: read, issued, taken up, reported, returned, urged, verified."""

import re
import zipfile
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from cchc_portal.cli.demo.data import read_text
from tests.journeys.conftest import PHONE
from tests.journeys.test_main_job import press

pytestmark = [pytest.mark.browser, pytest.mark.timeout(180), pytest.mark.xdist_group("browser")]

UNIT = "Văn phòng - Thống kê"
EVIDENCE = Path(__file__).parents[1] / "directives" / "letters" / "directive-2023.pdf"


@pytest.fixture
def letter(tmp_path: Path) -> Path:
    """Give the letter as the file that came by mail; its item 2.a was to be done before 15/3/2023."""
    file = tmp_path / "cong-van.md"
    file.write_text(read_text("directive-2023.md"), encoding="utf-8")
    return file


def test_letter_becomes_work_that_gets_done(sign_in: Callable[..., Page], letter: Path) -> None:
    office, clerk = sign_in("vptk"), sign_in("canbo.vptk")

    address = bring_in(office, letter, number="301")
    before = figures(office, address)
    task = acknowledge(clerk, address)
    urge(office, number="301")
    answer(clerk, number="301")
    office.goto(f"{task}/reminders")
    expect(office.locator("#reminders")).to_contain_text("Xin gửi sau ba ngày.")
    report(clerk, task, "Đã gửi kế hoạch khắc phục.")
    reported = figures(office, address)
    give_back(office, task, "Chưa ghi thời hạn của từng giải pháp.")
    report(clerk, task, "Đã bổ sung thời hạn.")
    verify(office, task)

    total = before["tasks"]
    assert before == {"tasks": total, "overdue": 1, "to check": 0, "done": 0}
    assert reported == {"tasks": total, "overdue": 0, "to check": 1, "done": 0}
    assert figures(office, address) == {"tasks": total, "overdue": 0, "to check": 0, "done": 1}


def test_work_gets_done_on_a_phone_without_javascript(sign_in: Callable[..., Page], letter: Path) -> None:
    office = sign_in("vptk", viewport=PHONE, javascript=False)
    clerk = sign_in("canbo.vptk", viewport=PHONE, javascript=False)

    address = bring_in(office, letter, number="302")
    task = acknowledge(clerk, address)
    report(clerk, task, "Đã gửi kế hoạch khắc phục.")
    verify(office, task)

    assert figures(office, address)["done"] == 1


def bring_in(page: Page, file: Path, number: str) -> str:
    """Upload the letter, write the number it lacks, issue it; return its address once its tasks are open."""
    page.goto("/directives/import")
    page.get_by_label("Tệp công văn").set_input_files(file)
    page.get_by_role("button", name="Đọc công văn").click()
    page.wait_for_url(re.compile(r"/directives/\d+/correction"))
    expect(page.locator("mark.part--deadline").first).to_have_text("trước 15/3/2023")
    page.locator("#number").fill(number)
    item = page.locator("#items-6-text")
    page.locator("details").filter(has=item).locator("summary").first.click()
    item.fill(item.input_value().replace("đơn đốc", "đôn đốc"))
    page.get_by_role("button", name="Lưu bản rà soát").click()
    page.wait_for_url(re.compile(r"/directives/\d+$"))
    address = page.url
    press(page, "Ban hành")
    expect(page.get_by_text("Đã ban hành công văn.")).to_be_visible()
    for _ in range(30):  # the worker opens them
        page.goto(f"{address}/tasks")
        if page.get_by_role("row").count():
            return address
        page.wait_for_timeout(300)
    return pytest.fail("no task was opened")


def figures(page: Page, address: str) -> dict[str, int]:
    """Return how the tasks of a letter stand, once every board has said the same."""
    page.goto(f"{address}/tasks")
    rows = [
        [numbers(cell)[0] for cell in row.get_by_role("cell").all()[:4]]
        for row in page.get_by_role("row").all()[1:]
    ]
    working, overdue, to_check, done = (sum(column) for column in zip(*rows, strict=True))
    found = {"tasks": working + to_check + done, "overdue": overdue, "to check": to_check, "done": done}

    page.goto(f"{address}/coverage")
    bar = page.locator(".shares").inner_text()
    assert found == {
        "tasks": said(bar, "nhiệm vụ"),
        "overdue": said(bar, "quá hạn"),
        "to check": said(bar, "chờ kiểm tra") + said(bar, "đã kiểm tra"),
        "done": said(bar, "hoàn thành"),
    }
    page.goto(f"/follow-up?state=any&letter={address.rpartition('/')[2]}")
    register = page.locator("#register").inner_text()
    assert (found["tasks"], overdue) == (said(register, "nhiệm vụ"), said(register, "quá hạn"))
    return found


def acknowledge(page: Page, address: str) -> str:
    """Say "Đã tiếp nhận", open the task of item 2.a and begin; return its address."""
    page.goto(address)
    page.get_by_role("button", name="Đã tiếp nhận").click()
    expect(page.get_by_text("Bạn đã tiếp nhận")).to_be_visible()
    page.goto(f"{address}/items/2.a/tasks")
    page.get_by_role("link", name=UNIT).click()
    press(page, "Bắt đầu thực hiện")
    expect(page.get_by_text("Đã bắt đầu thực hiện.")).to_be_visible()
    return page.url


def urge(page: Page, number: str) -> None:
    """Urge the unit for what is overdue, from the board, and take the official letter along."""
    page.goto("/follow-up?by=unit&due=overdue")
    page.locator("[id^=urge-]").get_by_role("link").first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text(f"Đôn đốc {UNIT}")
    expect(page.get_by_role("row").filter(has_text=f"{number}/UBND-VP, mục 2.a")).to_be_visible()
    page.get_by_label("Lời nhắn thêm").fill(f"Báo cáo trong tuần, công văn {number}.")
    again = page.get_by_label("Đôn đốc lần nữa")
    if again.count():
        again.check()
    page.get_by_role("button", name="Đôn đốc", exact=True).click()
    expect(page.get_by_text(f"Đã đôn đốc {UNIT}.")).to_be_visible()
    with page.expect_download() as coming:
        page.get_by_role("link", name="Tải công văn đôn đốc").click()
    with zipfile.ZipFile(coming.value.path()) as document:
        assert f"{number}/UBND-VP" in document.read("word/document.xml").decode()


def answer(page: Page, number: str) -> None:
    """Answer the urging with a day and some words."""
    page.goto("/reminders/mine")
    card = page.locator("[id^=own-]").filter(has_text=f"{number}/UBND-VP")
    expect(card).to_contain_text(f"Báo cáo trong tuần, công văn {number}.")
    card.get_by_role("link", name="Trả lời kèm ngày xong").click()
    page.get_by_label("Xong trước ngày").fill((date.today() + timedelta(days=3)).strftime("%d/%m/%Y"))  # noqa: DTZ011  a day
    page.locator("textarea").fill("Xin gửi sau ba ngày.")
    page.get_by_role("button", name="Gửi trả lời").click()
    expect(page.locator("[id^=own-]").filter(has_text=f"{number}/UBND-VP")).to_contain_text(
        "Xin gửi sau ba ngày."
    )


def report(page: Page, task: str, words: str) -> None:
    """Report the result with a file."""
    page.goto(task)
    page.get_by_role("link", name="Báo cáo kết quả").first.click()
    page.get_by_label("Kết quả thực hiện").fill(words)
    page.get_by_label("Tệp minh chứng").set_input_files(EVIDENCE)
    page.get_by_role("button", name="Gửi báo cáo").click()
    page.wait_for_url(task)
    expect(page.locator("#story")).to_contain_text(words)
    expect(page.locator("#story").get_by_role("link", name=EVIDENCE.name).first).to_be_visible()


def give_back(page: Page, task: str, reason: str) -> None:
    """Return the report with what is still to be done."""
    page.goto(task)
    page.get_by_role("link", name="Yêu cầu làm tiếp").click()
    page.get_by_label("Nội dung cần làm tiếp").fill(reason)
    page.get_by_role("button", name="Yêu cầu làm tiếp").click()
    page.wait_for_url(task)
    expect(page.locator("main")).to_contain_text(reason)


def verify(page: Page, task: str) -> None:
    """Verify the report, then close the task as done."""
    page.goto(task)
    for link, button in (("Kiểm tra kết quả", "Xác nhận đúng, đủ"), ("Xác nhận hoàn thành", "Hoàn thành")):
        page.get_by_role("link", name=link).click()
        page.get_by_role("button", name=button, exact=True).click()
        page.wait_for_url(task)
    expect(page.locator(".badge").filter(has_text="Hoàn thành").first).to_be_visible()


def numbers(cell: Locator) -> list[int]:
    """Return the numbers in a cell."""
    return [int(word) for word in re.findall(r"\d+", cell.inner_text())]


def said(text: str, words: str) -> int:
    """Return the number that a text says before some words, 0 if it does not."""
    found = re.search(rf"(\d+)\s+{words}", text)
    return int(found[1]) if found else 0
