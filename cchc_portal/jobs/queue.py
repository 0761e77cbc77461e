"""The queue: Huey on SQLite for one machine, on Redis for several.

Jobs are registered by name and run inside the application. A killed worker loses the job it was
at, so jobs are idempotent, and what must not be lost is read from the event table, not from here.
"""

from collections.abc import Callable, Collection
from typing import Any, TypeVar

import structlog
from flask import Flask, current_app
from huey import Huey, MemoryHuey, RedisHuey, SqliteHuey, crontab
from huey.consumer import Consumer
from redis import ConnectionPool
from sqlalchemy import event
from sqlalchemy.orm import Session

from cchc_portal.core.db import db

WAKE = "deliver"  # the job that hands events to their consumers

log = structlog.get_logger()
_jobs: dict[str, Callable[..., Any]] = {}
_F = TypeVar("_F", bound=Callable[..., Any])


def job(function: _F) -> _F:
    """Register a function under its name so that the worker can run it."""
    _jobs[function.__name__] = function
    return function


def init_app(app: Flask) -> None:
    """Open the queue of this application."""
    huey = _open(app)
    app.extensions["jobs"] = huey

    def run(name: str, *args: Any) -> None:
        with app.app_context():
            _jobs[name](*args)

    app.extensions["jobs_run"] = huey.task(retries=3, retry_delay=10, name="run")(run)


def enqueue(name: str, *args: Any) -> None:
    """Have the worker run a registered job soon; arguments must be plain values."""
    current_app.extensions["jobs_run"](name, *args)


def schedule(app: Flask, name: str, *, minute: str = "*", hour: str = "*") -> None:
    """Run a registered job by the clock, in crontab's words and UTC; by default every minute."""
    huey: Huey = app.extensions["jobs"]

    def tick() -> None:
        with app.app_context():
            _jobs[name]()

    huey.periodic_task(crontab(minute=minute, hour=hour), name=f"tick_{name}")(tick)


def require_reachable(app: Flask) -> None:
    """Ask the queue something; what it raises says that it is not there."""
    app.extensions["jobs"].pending_count()


def run_worker(app: Flask, *, threads: int = 1) -> None:
    """Work on the queue until SIGTERM; the running job is finished first."""
    huey: Huey = app.extensions["jobs"]
    consumer = Consumer(huey, workers=threads, max_delay=0.4, graceful_signal="TERM")
    consumer.run()


def wake_for(app: Flask, events: Collection[str]) -> None:
    """Say for which events somebody has to wake; the others only wait for the clock."""
    app.extensions["jobs_wake_for"] = frozenset(events)


def wake_after_commit(happened: str) -> None:
    """Have the consumers of an event look for work as soon as the running transaction is committed."""
    if happened in current_app.extensions["jobs_wake_for"]:
        db.session().info["wake"] = True


@event.listens_for(Session, "after_commit")
def _wake(session: Session) -> None:
    # Releasing a savepoint counts as a commit here, but nobody else sees anything yet.
    if session.in_nested_transaction() or not session.info.pop("wake", False):
        return
    try:
        enqueue(WAKE)
    except Exception:
        # The act itself is safe and the timer comes by within a minute.
        log.exception("consumers_not_woken")


def _open(app: Flask) -> Huey:
    if app.config.get("TESTING"):
        return MemoryHuey("cchc", results=False)
    if url := app.config["CCHC_REDIS_URL"]:
        # A Redis that hangs must not make people wait: the timer comes by anyway.
        pool = ConnectionPool.from_url(url, socket_timeout=5, socket_connect_timeout=3)
        return RedisHuey("cchc", connection_pool=pool, results=False)
    return SqliteHuey(
        "cchc", filename=str(app.config["DATA_DIR"] / "queue.db"), results=False, strict_fifo=True
    )
