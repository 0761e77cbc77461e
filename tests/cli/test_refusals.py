"""What a command typed wrongly, or before things are ready, says: one line, in Vietnamese."""

import os
import socket
import subprocess
import sys
from pathlib import Path

import click.testing
import pytest
from flask import Flask

from cchc_portal.config import ROOT
from tests import databases


def run(app: Flask, *args: str) -> click.testing.Result:
    return app.test_cli_runner().invoke(args=list(args))


def outside(data: Path, *args: str, **settings: str) -> subprocess.CompletedProcess[str]:
    """Run a command in a process of its own, as somebody at a terminal does."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("CCHC_")}
    return subprocess.run(
        [sys.executable, "-m", "flask", "--app", "wsgi", *args],
        cwd=ROOT,
        env={**kept, "CCHC_DATA_DIR": str(data), **settings},
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )


@databases.on("sqlite")
@pytest.mark.parametrize(
    ("args", "said"),
    [
        ("user foo", "Không có lệnh 'foo'; có: add, disable, import, password."),
        ("user add", "Thiếu USERNAME."),
        ("user add a", "Thiếu --name."),
        ("user add a --name", "Tùy chọn --name dùng chưa đúng."),
        (
            "user add a --role king",
            "Giá trị của --role không dùng được: chọn một trong staff, dept_head, office, reviewer, leader, admin.",
        ),
        ("user disable a b", "Lệnh có phần thừa hoặc gõ chưa đúng."),
        ("user --nope", "Không có tùy chọn --nope."),
        (
            "user import /khong/co.xlsx",
            "Giá trị của FILE không dùng được: không có tệp này, hoặc không đọc được.",
        ),
        ("serve --port 0", "Giá trị của --port không dùng được: cần số nguyên từ 1 đến 65535."),
        ("serve --port x", "Giá trị của --port không dùng được: cần số nguyên từ 1 đến 65535."),
        ("worker --beside x", "Giá trị của --beside không dùng được: cần một số nguyên."),
        ("worker extra", "Lệnh có phần thừa hoặc gõ chưa đúng."),
        ("search query --limit 0 a", "Giá trị của --limit không dùng được: cần số nguyên từ 1 đến 200."),
        ("demo bulk --users 1", "Giá trị của --users không dùng được: cần số nguyên từ 5 đến 999999."),
    ],
)
def test_command_typed_wrongly_is_refused_in_one_line(app: Flask, args: str, said: str) -> None:
    result = run(app, *args.split())

    assert result.exit_code == 2
    assert result.stdout == ""
    assert result.stderr.startswith(f"Error: {said} Cách dùng: flask --app wsgi ")
    assert result.stderr.endswith(" --help\n")
    assert result.stderr.count("\n") == 1


@databases.on("sqlite")
@pytest.mark.parametrize("args", ["user", "search", "user --help", "worker --help", "serve --help"])
def test_help_is_help(app: Flask, args: str) -> None:
    assert "Usage:" in run(app, *args.split()).output


@databases.on("sqlite")
def test_port_in_use_is_said_before_the_server_tries(app: Flask) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]

        result = run(app, "serve", "--port", str(port), "--no-worker")

    assert result.exit_code == 1
    assert f"127.0.0.1:{port}" in result.stderr
    assert result.stderr.count("\n") == 1


@pytest.mark.parametrize(
    ("settings", "said"),
    [
        ({}, "no such table"),
        ({"CCHC_DATABASE_URL": "postgresql://127.0.0.1:1/x"}, "Không dùng được cơ sở dữ liệu"),
        ({"CCHC_REDIS_URL": "redis://127.0.0.1:1/0"}, "Không dùng được Redis"),
        ({"CCHC_DATABASE_URL": "nonsense"}, "CCHC_DATABASE_URL"),
        ({"CCHC_REDIS_URL": "nonsense"}, "CCHC_REDIS_URL"),
        ({"CCHC_STORAGE_URL": "nonsense"}, "CCHC_STORAGE_URL"),
        ({"CCHC_TIMEZONE": "Asia/Nowhere"}, "CCHC_TIMEZONE"),
        ({"CCHC_DEMO": "yes"}, "CCHC_DEMO"),
        ({"CCHC_DATA_DIR": "/proc/khong-ghi-duoc"}, "CCHC_DATA_DIR"),
    ],
    ids=lambda value: next(iter(value), "unmigrated") if isinstance(value, dict) else "",
)
def test_worker_that_cannot_begin_says_why_in_one_line(
    tmp_path: Path, settings: dict[str, str], said: str
) -> None:
    done = outside(tmp_path, "worker", **settings)

    assert done.returncode == 1
    assert said in done.stderr
    assert done.stderr.startswith("Error: ")
    assert done.stderr.count("\n") == 1
