"""A real server with its worker, and a real browser."""

import os
import re
import secrets
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.error import URLError

import pytest
from playwright.sync_api import Browser, Page, expect

ROOT = Path(__file__).parents[2]
PASSWORD = "cchc-demo-2023"
DESKTOP = {"width": 1366, "height": 768}
PHONE = {"width": 390, "height": 844}
UNDER_WAY = ".htmx-request, .htmx-swapping, .htmx-settling, .htmx-added"


@dataclass
class Portal:
    """A running portal: its address, data folder and processes."""

    address: str
    data: Path
    process: subprocess.Popen[bytes]

    def flask(self, *arguments: str) -> str:
        """Run a command of the portal on this data; return what it printed."""
        return flask(self.data, *arguments)

    def wait_until_up(self) -> None:
        """Wait until the portal answers."""
        for _ in range(200):
            try:
                with urllib.request.urlopen(f"{self.address}/healthz", timeout=2):  # noqa: S310  our own server
                    return
            except (URLError, OSError):
                time.sleep(0.1)
        pytest.fail("the portal did not come up")

    def stop(self) -> None:
        """Stop web server and worker as Ctrl-C does."""
        self.process.send_signal(signal.SIGINT)
        self.process.wait(timeout=30)


def flask(data: Path, *arguments: str) -> str:
    """Run a command of the portal on a data folder; return what it printed."""
    done = subprocess.run(
        [sys.executable, "-m", "flask", "--app", "wsgi", *arguments],
        cwd=ROOT,
        env=_environment(data),
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def start_portal(data: Path, *, port: int = 0) -> Portal:
    """Serve a data folder on a free port, the worker beside the web server."""
    port = port or _free_port()
    with (data.parent / f"{data.name}.log").open("ab") as log:
        process = subprocess.Popen(
            [sys.executable, "-m", "flask", "--app", "wsgi", "serve", "--port", str(port)],
            cwd=ROOT,
            env=_environment(data),
            stdout=subprocess.DEVNULL,
            stderr=log,
        )
    portal = Portal(f"http://127.0.0.1:{port}", data, process)
    portal.wait_until_up()
    return portal


@pytest.fixture(scope="session")
def demo_data(workplace: Path) -> Path:
    """Give a data folder with the demonstration loaded, to be copied or served."""
    data = workplace / f"demo-{secrets.token_hex(4)}"
    data.mkdir()
    flask(data, "db", "upgrade")
    flask(data, "demo", "load")
    return data


@pytest.fixture(scope="session")
def portal(demo_data: Path) -> Iterator[Portal]:
    """Give a running portal with the demonstration."""
    running = start_portal(demo_data)
    yield running
    running.stop()


@pytest.fixture
def sign_in(portal: Portal, chromium: Browser) -> Iterator[Callable[..., Page]]:
    """Give signed-in pages; scripts that fail or are refused by the content policy fail the test."""
    contexts = []
    complaints: list[str] = []

    def open_page(
        username: str, *, viewport: dict[str, int] = DESKTOP, javascript: bool = True, **options: object
    ) -> Page:
        context = chromium.new_context(
            viewport=viewport, java_script_enabled=javascript, base_url=portal.address, **options
        )
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on(
            "console", lambda said: complaints.append(said.text) if "Content Security" in said.text else None
        )
        page.goto("/sign-in")
        page.get_by_label(re.compile("Tên đăng nhập|User name")).fill(username)
        page.get_by_label(re.compile("^Mật khẩu|^Password")).fill(PASSWORD)
        page.locator("main").get_by_role("button", name=re.compile("Đăng nhập|Sign in")).first.click()
        page.wait_for_url(lambda url: "/sign-in" not in url)
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert complaints == []


def wait_until_at_rest(page: Page) -> None:
    """Wait for the fonts, the sections that load by themselves, and those that come with them."""
    page.evaluate("() => document.fonts.ready.then(() => null)")
    expect(page.locator(UNDER_WAY)).to_have_count(0)


def _environment(data: Path) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("CCHC_")}
    return {**kept, "CCHC_DATA_DIR": str(data), "CCHC_DEMO": "1"}


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
