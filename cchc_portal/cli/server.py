"""`flask serve` and `flask worker`: the portal in production."""

import os
import signal
import socket
import subprocess
import sys
import threading
import time
from ipaddress import ip_address
from typing import Any

import click
from flask import Flask, current_app
from flask.cli import with_appcontext
from sqlalchemy import select

from cchc_portal import jobs
from cchc_portal.accounts import demo as demo_accounts
from cchc_portal.audit import Event
from cchc_portal.cli import memory
from cchc_portal.cli.demo import people as demo_people
from cchc_portal.cli.refusals import Command, refusals_in_words
from cchc_portal.config import ROOT
from cchc_portal.core.db import db

WORKERS, THREADS = 2, 4


@click.command("serve", cls=Command)
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option("--port", default=8000, show_default=True, type=click.IntRange(1, 65535))
@click.option("--no-worker", is_flag=True, help="Do not run the background worker with the web server.")
@with_appcontext
@refusals_in_words
def serve(host: str, port: int, no_worker: bool) -> None:  # noqa: FBT001  an option of the command line
    """Serve the portal; on one machine the background worker runs with it.

    Example: flask --app wsgi serve --host 0.0.0.0 --port 8000
    """
    _refuse_debugging()
    _refuse_known_passwords(host)
    _refuse_taken_port(host, port)
    _announce(host, port)
    app: Flask = current_app._get_current_object()  # type: ignore[attr-defined]  # noqa: SLF001
    companion = None if no_worker else _Companion()
    try:
        _web_server(app, host, port)
    finally:
        if companion is not None:
            companion.stop()


@click.command("worker", cls=Command)
@click.option("--beside", type=int, help="Process of the web server with which to end.")
@with_appcontext
@refusals_in_words
def worker(beside: int | None) -> None:
    """Work on the queue until SIGTERM.

    Example: flask --app wsgi worker
    """
    if beside is not None:
        _end_with(beside)
    jobs.require_reachable(current_app)
    db.session.execute(select(Event.id).limit(1))
    db.session.remove()
    jobs.run_worker(current_app._get_current_object())  # type: ignore[attr-defined]  # noqa: SLF001


def _announce(host: str, port: int) -> None:
    click.echo(f"Cổng CCHC: http://{host}:{port}  (Ctrl-C để dừng)")
    if current_app.config["CCHC_DEMO"]:
        click.echo(f"Tài khoản trình diễn, mật khẩu {demo_accounts.PASSWORD}:")
        for line in demo_people.summary():
            click.echo(f"  {line}")


def _refuse_debugging() -> None:
    if current_app.debug:
        raise click.ClickException("Cổng CCHC không chạy ở chế độ gỡ lỗi: hãy bỏ FLASK_DEBUG.")


def _refuse_known_passwords(host: str) -> None:
    """Keep accounts whose password everybody knows on this machine.

    Raises:
        ClickException: they would be open to others; says what to do.
    """
    if current_app.config["CCHC_DEMO"]:
        if not _is_own_machine(host):
            raise click.ClickException(
                "CCHC_DEMO=1 mở những tài khoản mà ai cũng biết mật khẩu nên chỉ phục vụ 127.0.0.1.",
            )
    elif known := demo_accounts.open_to_everybody():
        raise click.ClickException(
            f"Những tài khoản này còn mật khẩu trình diễn: {', '.join(known)}. Hãy chạy `user password` "
            "hoặc `user disable` cho từng tài khoản, hoặc đặt CCHC_DEMO=1 để chạy thử trên máy này.",
        )


def _refuse_taken_port(host: str, port: int) -> None:
    """Find out before the server does, which would try again and complain in many lines."""
    try:
        kind, how, protocol, _name, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        with socket.socket(kind, how, protocol) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(address)
    except OSError as taken:
        raise click.ClickException(
            f"Không mở được {host}:{port} ({taken.strerror}). Hãy dừng chương trình đang dùng cổng này hoặc chọn --port khác.",
        ) from taken


def _is_own_machine(host: str) -> bool:
    try:
        return host == "localhost" or ip_address(host).is_loopback
    except ValueError:
        return False


def _web_server(app: Flask, host: str, port: int) -> None:
    if sys.platform == "win32":
        from waitress import serve as waitress_serve

        waitress_serve(app, host=host, port=port, threads=WORKERS * THREADS)
    else:
        _gunicorn(app, host, port)


def _gunicorn(app: Flask, host: str, port: int) -> None:
    from gunicorn.app.base import BaseApplication

    class Server(BaseApplication):  # type: ignore[misc]
        """Gunicorn with the portal's settings; its processes share the loaded application."""

        def load_config(self) -> None:
            for name, value in _gunicorn_settings(host, port).items():
                self.cfg.set(name, value)

        def load(self) -> Flask:
            return app

    with app.app_context():
        db.engine.dispose()  # a connection must not be shared across processes
    memory.return_large_pieces()
    memory.share_what_is_loaded()
    Server().run()


def _gunicorn_settings(host: str, port: int) -> dict[str, Any]:
    return {
        "bind": f"[{host}]:{port}" if ":" in host else f"{host}:{port}",
        "workers": WORKERS,
        "threads": THREADS,
        "worker_class": "gthread",
        "graceful_timeout": 15,
        "timeout": 60,
        "loglevel": "warning",
        "control_socket_disable": True,
        "worker_tmp_dir": "/dev/shm" if os.path.isdir("/dev/shm") else None,  # noqa: PTH112, S108
    }


class _Companion:
    """The background worker beside the web server: started again if it dies, stopped with it."""

    def __init__(self) -> None:
        self._owner = os.getpid()
        self._stopping = threading.Event()
        self._process = self._start()
        self._watch = threading.Thread(target=self._keep_running, daemon=True)
        self._watch.start()

    def stop(self) -> None:
        """Let the running job finish, then end the worker.

        The web server's processes are forks of this one and come by here when they end; the worker
        is not theirs to stop.
        """
        if os.getpid() != self._owner:
            return
        self._stopping.set()
        self._process.terminate()
        try:
            self._process.wait(timeout=20)
        except subprocess.TimeoutExpired:
            self._process.kill()

    def _start(self) -> subprocess.Popen[bytes]:
        command = [sys.executable, "-m", "flask", "--app", "wsgi", "worker", "--beside", str(os.getpid())]
        return subprocess.Popen(command, cwd=ROOT)  # noqa: S603  our own command

    def _keep_running(self) -> None:
        while not self._stopping.is_set():
            self._process.wait()
            if not self._stopping.wait(timeout=1):
                self._process = self._start()


def _end_with(parent: int) -> None:
    """End the worker when the server it belongs to is gone, killed without warning say."""

    def watch() -> None:
        while os.getppid() == parent:
            time.sleep(1)
        os.kill(os.getpid(), signal.SIGTERM)

    threading.Thread(target=watch, daemon=True).start()
