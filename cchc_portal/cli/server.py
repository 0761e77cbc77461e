"""`flask serve` and `flask worker`: the portal in production."""

import os
import signal
import subprocess
import sys
from ipaddress import ip_address
from typing import Any

import click
from flask import Flask, current_app
from flask.cli import with_appcontext

from cchc_portal import jobs
from cchc_portal.core.errors import DomainError

WORKERS, THREADS = 2, 4


@click.command("serve")
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option("--port", default=8000, show_default=True, type=click.IntRange(1, 65535))
@click.option("--no-worker", is_flag=True, help="Do not run the background worker with the web server.")
@with_appcontext
def serve(host: str, port: int, no_worker: bool) -> None:  # noqa: FBT001  an option of the command line
    """Serve the portal; on one machine the background worker runs with it.

    Example: flask --app wsgi serve --host 0.0.0.0 --port 8000
    """
    _refuse_demo_in_the_open(host)
    app: Flask = current_app._get_current_object()  # type: ignore[attr-defined]  # noqa: SLF001
    companion = None if no_worker else _start_worker()
    try:
        _web_server(app, host, port)
    finally:
        if companion is not None:
            companion.send_signal(signal.SIGTERM)
            companion.wait(timeout=20)


@click.command("worker")
@with_appcontext
def worker() -> None:
    """Work on the queue until SIGTERM.

    Example: flask --app wsgi worker
    """
    jobs.run_worker(current_app._get_current_object())  # type: ignore[attr-defined]  # noqa: SLF001


def _refuse_demo_in_the_open(host: str) -> None:
    if not current_app.config["CCHC_DEMO"]:
        return
    if host != "localhost" and not ip_address(host).is_loopback:
        raise click.ClickException(
            "CCHC_DEMO=1 opens accounts whose password everybody knows: it only serves 127.0.0.1.",
        )
