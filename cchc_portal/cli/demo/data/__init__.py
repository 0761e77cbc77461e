"""The demonstration data's files."""

import json
from importlib.resources import files
from typing import Any


def read_data(name: str) -> Any:
    """Return what a JSON file of the demonstration data holds."""
    return json.loads(read_text(name))


def read_text(name: str) -> str:
    """Return the text of a file of the demonstration data."""
    return files(__name__).joinpath(name).read_text("utf-8")
