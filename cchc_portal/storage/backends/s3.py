"""Bytes in object storage that speaks S3; `AWS_*` variables say where it is and who asks."""

import base64
import shutil
import tempfile
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import BinaryIO, TypeVar

import boto3
import structlog
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError

from cchc_portal.core.errors import Unavailable
from cchc_portal.storage import faults

SECONDS = 9  # for a call as a whole: a neighbour that drips must not hold a request
_CONFIG = Config(
    signature_version="s3v4",
    connect_timeout=3,
    read_timeout=5,
    retries={"total_max_attempts": 2, "mode": "standard"},
    request_checksum_calculation="when_required",  # stores other than Amazon's refuse the rest
    response_checksum_validation="when_required",
)
_NOT_FOUND = frozenset({"404", "NoSuchKey", "NotFound"})
_R = TypeVar("_R")

log = structlog.get_logger()


class S3:
    """A prefix in a bucket.

    Args:
        bucket: its name; it must exist.
        prefix: what all keys begin with, without slashes around it; may be empty.
        incoming: folder for copies on this machine.
    """

    def __init__(self, bucket: str, prefix: str, incoming: Path) -> None:
        self._client = boto3.client("s3", config=_CONFIG)
        self._bucket = bucket
        self._prefix = f"{prefix}/" if prefix else ""
        self._incoming = incoming

    def put(self, source: Path, key: str) -> None:
        """Send a file; the store compares its hash before it says yes.

        Raises:
            Unavailable: the store does not answer in time or refuses.
        """
        checksum = base64.b64encode(bytes.fromhex(key)).decode()

        def send() -> None:
            with source.open("rb") as file:
                self._client.put_object(
                    Bucket=self._bucket,
                    Key=self._prefix + key,
                    Body=file,
                    ChecksumSHA256=checksum,
                )

        _within_time(send)
        source.unlink()

    def has(self, key: str) -> bool:
        """Return whether there are bytes under the key.

        Raises:
            Unavailable: the store does not answer in time or refuses.
        """

        def look() -> bool:
            try:
                self._client.head_object(Bucket=self._bucket, Key=self._prefix + key)
            except ClientError as error:
                if error.response["Error"]["Code"] in _NOT_FOUND:
                    return False
                raise
            return True

        return _within_time(look)

    def open(self, key: str) -> BinaryIO:
        """Return the bytes, fetched to the end so that nothing breaks off half-way to the reader.

        Raises:
            Unavailable: the store does not answer in time, or has no such bytes.
        """
        copy = tempfile.TemporaryFile(dir=self._incoming)  # noqa: SIM115  the caller closes it

        def fetch() -> None:
            answer = self._client.get_object(Bucket=self._bucket, Key=self._prefix + key)
            shutil.copyfileobj(answer["Body"], copy)
            copy.seek(0)

        try:
            with faults.translated():
                _within_time(fetch)
        except Unavailable:
            copy.close()
            raise
        return copy

    @contextmanager
    def path(self, key: str) -> Iterator[Path]:
        """Lend a copy, which is deleted afterwards.

        Raises:
            Unavailable: the store does not answer in time, or has no such bytes.
        """
        with tempfile.NamedTemporaryFile(dir=self._incoming) as copy, self.open(key) as content:
            shutil.copyfileobj(content, copy)  # an archive has hundreds of megabytes
            copy.flush()
            yield Path(copy.name)

    def keys(self, *, before: datetime) -> Iterator[str]:
        """Yield the keys of everything put before a moment.

        Raises:
            Unavailable: the store does not answer in time or refuses.
        """
        pages = self._client.get_paginator("list_objects_v2").paginate(
            Bucket=self._bucket,
            Prefix=self._prefix,
        )
        for page in _within_time(lambda: list(pages)):
            for entry in page.get("Contents", ()):
                if entry["LastModified"] < before:
                    yield entry["Key"].removeprefix(self._prefix)

    def delete(self, key: str) -> None:
        """Let the bytes go.

        Raises:
            Unavailable: the store does not answer in time or refuses.
        """
        _within_time(lambda: self._client.delete_object(Bucket=self._bucket, Key=self._prefix + key))


def _within_time(call: Callable[[], _R]) -> _R:
    """Run a call aside and wait for it; what hangs is left behind, it cannot be stopped."""
    answer: Future[_R] = Future()
    threading.Thread(target=_settle, args=(answer, call), daemon=True).start()
    try:
        return answer.result(timeout=SECONDS)
    except (TimeoutError, BotoCoreError, ClientError) as error:
        log.warning("object_storage_unavailable", error=type(error).__name__)
        raise Unavailable(faults.UNREACHABLE) from None


def _settle(answer: Future[_R], call: Callable[[], _R]) -> None:
    try:
        answer.set_result(call())
    except Exception as error:  # noqa: BLE001  raised again where the answer is awaited
        answer.set_exception(error)
