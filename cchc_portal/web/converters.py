"""Parts of addresses and what they become."""

from typing import Any

from werkzeug.routing import IntegerConverter, Map, ValidationError

LARGEST = 2**31 - 1  # what a key column of either database holds


class KeyConverter(IntegerConverter):
    """`<int:…>`: a number that may be the key of a row; a larger one is an address that is not there."""

    def __init__(self, url_map: Map, *args: Any, **kwargs: Any) -> None:
        """Take werkzeug's options, with a largest number of our own."""
        super().__init__(url_map, *args, **{"max": LARGEST, **kwargs})

    def to_python(self, value: str) -> int:
        """Return the number.

        Raises:
            ValidationError: it has more digits than Python reads at all, or no row can have it.
        """
        if len(value) > len(str(LARGEST)):
            raise ValidationError
        return int(super().to_python(value))
