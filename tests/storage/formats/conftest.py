from pathlib import Path

import pytest

from tests.factories.storage import Keep


@pytest.fixture
def keep(tmp_path: Path) -> Keep:
    """Write bytes to a file and return its path."""

    def write(content: bytes) -> Path:
        path = tmp_path / "file"
        path.write_bytes(content)
        return path

    return write
