"""`flask initiative import`."""

import json
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import func, select

from cchc_portal.core.db import db
from cchc_portal.initiatives.models import Initiative

CSV = """code,title,kind,solution,year,status,lạ
A-1,Tra cứu hồ sơ bằng mã QR,mô hình,Dán mã lên giấy hẹn.,2019,,x
A-2,Thu phí không tiền mặt,sáng kiến,Quét mã.,2020,recognised,x
A-2,Thu phí không tiền mặt,sáng kiến,Quét mã.,2020,recognised,x
A-3,,,,,,
"""


@pytest.fixture
def file(tmp_path: Path) -> str:
    path = tmp_path / "cu.csv"
    path.write_text(CSV, "utf-8")
    return str(path)


def _count() -> int:
    return db.session.scalar(select(func.count()).select_from(Initiative)) or 0


def test_dry_run_reports_each_row_and_saves_nothing(app: Flask, file: str) -> None:
    done = app.test_cli_runner().invoke(args=["initiative", "import", file, "--dry-run", "--json"])

    report = json.loads(done.stdout)
    assert done.exit_code == 0
    assert report["counts"] == {"new": 2, "double": 1, "error": 1}
    assert report["columns_passed_over"] == ["lạ"]
    assert report["columns"]["title"] == "title"
    assert [(row["row"], row["fate"], row["status"]) for row in report["rows"]] == [
        (2, "new", "published"),
        (3, "new", "recognised"),
        (4, "double", "recognised"),
        (5, "error", "published"),
    ]
    assert _count() == 0


def test_import_is_repeatable(app: Flask, file: str) -> None:
    runner = app.test_cli_runner()
    runner.invoke(args=["initiative", "import", file])

    again = runner.invoke(args=["initiative", "import", file])

    assert again.exit_code == 0
    assert "Đã nhập: 4 dòng (đã có, bỏ qua: 3, lỗi, không nhập: 1)." in again.stdout
    assert _count() == 2


def test_report_for_people_names_what_is_worth_a_look(app: Flask, file: str) -> None:
    done = app.test_cli_runner().invoke(args=["initiative", "import", file, "--dry-run"])

    assert done.stdout.splitlines() == [
        "  Dòng 4: Trùng trong tệp, bỏ qua. Thu phí không tiền mặt Trùng với một dòng phía trên; chỉ nhập dòng đầu tiên. (Dòng 3)",
        "  Dòng 5: Lỗi, không nhập.  Thiếu tên sáng kiến. Thiếu nội dung: cần ít nhất một trong các cột thực trạng, giải pháp, kết quả.",
        "Cột không dùng đến: lạ.",
        "Xem trước: 4 dòng (nhập mới: 2, trùng trong tệp, bỏ qua: 1, lỗi, không nhập: 1).",
    ]


def test_file_that_is_no_sheet_is_one_clear_line(app: Flask, tmp_path: Path) -> None:
    path = tmp_path / "cu.csv"
    path.write_text("a,b\n1,2\n")

    done = app.test_cli_runner().invoke(args=["initiative", "import", str(path)])

    assert done.exit_code == 1
    assert (
        done.stderr
        == "Error: Không thấy dòng tiêu đề có cột “Tên sáng kiến”. Hãy đặt tên các cột ở dòng đầu tiên."
        ' Hoặc chỉ ra cột đó: --map "Tên cột=title".\n'
    )


def test_columns_are_told(app: Flask, tmp_path: Path) -> None:
    path = tmp_path / "cu.csv"
    path.write_text("Đề tài,Nội dung,Năm\nTra cứu bằng mã QR,Dán mã.,x\n", "utf-8")
    told = ["--map", "ĐỀ TÀI=Tên sáng kiến", "--map", "Năm="]

    done = app.test_cli_runner().invoke(args=["initiative", "import", str(path), *told])

    assert (done.exit_code, done.stdout) == (
        0,
        "Cột không dùng đến: Năm.\nĐã nhập: 1 dòng (nhập mới: 1).\n",
    )


@pytest.mark.parametrize("told", ["Đề tài", "=title", "Đề tài=bài thơ"])
def test_column_told_wrongly_is_one_clear_line(app: Flask, file: str, told: str) -> None:
    done = app.test_cli_runner().invoke(args=["initiative", "import", file, "--map", told])

    assert (done.exit_code, done.stderr.count("\n")) == (1, 1)
    assert done.stderr.startswith('Error: --map: cần dạng "Tên cột=title"; có: code, title,')


def test_row_that_is_there_names_its_code(app: Flask, file: str) -> None:
    runner = app.test_cli_runner()
    runner.invoke(args=["initiative", "import", file])

    again = runner.invoke(args=["initiative", "import", file, "--dry-run", "--json"])

    rows = json.loads(again.stdout)["rows"]
    assert [row["same_as"] for row in rows] == ["A-1", "A-2", "A-2", None]


def test_file_of_which_nothing_can_be_kept_fails(app: Flask, tmp_path: Path) -> None:
    path = tmp_path / "cu.csv"
    path.write_text("title,solution\nTra cứu,\n", "utf-8")

    done = app.test_cli_runner().invoke(args=["initiative", "import", str(path)])

    assert (done.exit_code, done.stderr.splitlines()[-1]) == (1, "Error: Không dòng nào nhập được.")
