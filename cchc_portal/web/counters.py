"""Counting requests in the process's memory."""

import time

from limits.storage import MemoryStorage

MANY = 10_000


class Counters(MemoryStorage):
    """Counts like its mother, without the thread that she starts for nearly every request.

    What has expired goes when it is asked for again, or all at once when much has gathered.
    """

    STORAGE_SCHEME = ["counters"]  # noqa: RUF012  as its mother says it

    def incr(self, key: str, expiry: float, amount: int = 1) -> int:
        """Count up and return the count; it begins again after `expiry` seconds."""
        self.get(key)
        with self.locks[key]:
            self.storage[key] += amount
            if self.storage[key] == amount:
                self.expirations[key] = time.time() + expiry
        if len(self.expirations) > MANY:
            self._forget()
        return self.storage[key]

    def _forget(self) -> None:
        for key in list(self.expirations):
            self.get(key)
