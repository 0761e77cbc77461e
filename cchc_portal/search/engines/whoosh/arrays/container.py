"""Arrays in one file, to be mapped into memory: the arrays one after the other, then what is where."""

import json
import mmap
from collections.abc import Mapping
from pathlib import Path
from types import TracebackType
from typing import Any, BinaryIO, Self

import numpy as np
from numpy.typing import NDArray

_MAGIC = b"CCHCARR1"
_LENGTH = 8  # bytes of the length of the table, before the magic at the end
_ALIGNED = 64

Array = NDArray[Any]


class Sink:
    """A file being filled with arrays; it is whole once `close` was called.

    Args:
        path: the file to write.
    """

    def __init__(self, path: Path) -> None:
        self._file: BinaryIO = path.open("wb")
        self._table: dict[str, tuple[str, int, int]] = {}

    def add(self, name: str, values: Array) -> None:
        """Append an array of one dimension under a name."""
        self._file.write(b"\0" * (-self._file.tell() % _ALIGNED))
        self._table[name] = (values.dtype.str, len(values), self._file.tell())
        self._file.write(np.ascontiguousarray(values).data)

    def close(self, about: Mapping[str, Any]) -> None:
        """Write what is where, and `about`, anything that JSON can say."""
        table = json.dumps({"arrays": self._table, "about": about}).encode()
        self._file.write(table + len(table).to_bytes(_LENGTH, "little") + _MAGIC)
        self._file.close()

    def __enter__(self) -> Self:
        """Return the sink."""
        return self

    def __exit__(
        self, _kind: type[BaseException] | None, _error: object, _trace: TracebackType | None
    ) -> None:
        """Let go of the file."""
        self._file.close()


class Source:
    """A file of arrays, mapped into memory.

    Args:
        path: the file; it is sealed with the index, so its content is what was written.

    Raises:
        ValueError: it was never finished.
    """

    def __init__(self, path: Path) -> None:
        with path.open("rb") as file:
            self._map = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
        if self._map[-len(_MAGIC) :] != _MAGIC:
            raise ValueError(f"{path.name} was never finished")
        end = len(self._map) - len(_MAGIC) - _LENGTH
        length = int.from_bytes(self._map[end : end + _LENGTH], "little")
        content = json.loads(self._map[end - length : end])
        self._table: dict[str, tuple[str, int, int]] = content["arrays"]
        self.about: dict[str, Any] = content["about"]

    def array(self, name: str) -> Array:
        """Return an array, read only; its pages are read as they are looked at."""
        kind, count, start = self._table[name]
        return np.frombuffer(self._map, dtype=np.dtype(kind), count=count, offset=start)

    def text(self, name: str, start: int, end: int) -> bytes:
        """Return a stretch of an array of bytes."""
        begin = self._table[name][2]
        return self._map[begin + start : begin + end]
