"""How much memory the server's processes keep."""

import contextlib
import ctypes
import gc

from sqlalchemy.orm import configure_mappers

# Names from glibc's malloc.h.
_MMAP_THRESHOLD, _ARENA_MAX = -3, -8
_LARGE = 256 * 1024  # bytes


def return_large_pieces() -> None:
    """Have the C library give large pieces of memory back to the system once they are free.

    It otherwise takes the 19 MiB that hashing a password needs for a common size, and keeps as
    much for every thread in which somebody once signed in. Other libraries than glibc do not.
    """
    with contextlib.suppress(AttributeError, OSError, TypeError):
        library = ctypes.CDLL(None)
        library.mallopt(_MMAP_THRESHOLD, _LARGE)
        library.mallopt(_ARENA_MAX, 2)


def share_what_is_loaded() -> None:
    """Finish loading, and keep the collector from touching it, so that forked processes go on sharing it."""
    configure_mappers()
    gc.collect()
    gc.freeze()
