"""The queue on Redis, as on several hosts."""

import os
import secrets
from collections.abc import Iterator
from pathlib import Path

import pytest
import redis
from flask import Flask

from cchc_portal import jobs
from cchc_portal.app import create_app
from cchc_portal.jobs import queue
from tests.conftest import MUST_REACH_SERVICES

SERVER = os.environ.get("TEST_REDIS_URL", "redis://127.0.0.1:6379/15")


@pytest.fixture
def portal(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Flask]:
    connection = redis.Redis.from_url(SERVER, socket_connect_timeout=2)
    try:
        connection.ping()
    except redis.ConnectionError:
        if MUST_REACH_SERVICES:
            pytest.fail("Redis is not reached")
        pytest.skip("Redis is not reached")
    monkeypatch.setenv("CCHC_REDIS_URL", SERVER)
    monkeypatch.setenv("CCHC_DATA_DIR", str(tmp_path))
    yield create_app({"SECRET_KEY": secrets.token_hex(32)})
    connection.flushdb()
    connection.close()


def test_job_goes_through_redis(portal: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    done: list[str] = []
    monkeypatch.setitem(queue._jobs, "note_down", done.append)  # noqa: SLF001  a job for this test alone
    huey = portal.extensions["jobs"]

    with portal.app_context():
        jobs.enqueue("note_down", "đã làm")
    huey.execute(huey.dequeue())

    assert done == ["đã làm"]


def test_limits_are_counted_in_redis(portal: Flask) -> None:
    assert portal.config["RATELIMIT_STORAGE_URI"] == SERVER
