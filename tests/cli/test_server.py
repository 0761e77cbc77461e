"""What the server refuses to start with."""

import click.testing
import pytest
from flask import Flask

from cchc_portal.accounts import demo
from tests.factories.accounts import make_user


def serve(app: Flask, *args: str) -> click.testing.Result:
    return app.test_cli_runner().invoke(args=["serve", *args])


def refused(result: click.testing.Result) -> str:
    assert result.exit_code == 1
    assert result.stdout == ""
    assert result.stderr.count("\n") == 1
    return result.stderr


def test_accounts_with_the_known_password_keep_the_server_down(app: Flask) -> None:
    make_user(username="vptk", password=demo.PASSWORD)

    assert "vptk" in refused(serve(app))


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.168.1.2", "cchc.example.vn", "localhost.example"])  # noqa: S104
def test_demonstration_serves_this_machine_alone(
    app: Flask, monkeypatch: pytest.MonkeyPatch, host: str
) -> None:
    monkeypatch.setitem(app.config, "CCHC_DEMO", True)  # noqa: FBT003  a setting

    assert "127.0.0.1" in refused(serve(app, "--host", host))


def test_debug_mode_is_not_served(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(app.config, "DEBUG", True)  # noqa: FBT003  a setting

    assert "FLASK_DEBUG" in refused(serve(app))
