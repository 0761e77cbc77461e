"""The application without a database, for tests that only look at it."""

from pathlib import Path

import pytest
from flask import Flask

from cchc_portal.app import create_app


@pytest.fixture(scope="session")
def portal(tmp_path_factory: pytest.TempPathFactory) -> Flask:
    folder: Path = tmp_path_factory.mktemp("portal")
    return create_app(
        {
            "TESTING": True,
            "DATA_DIR": folder,
            "RATELIMIT_ENABLED": False,
            "SQLALCHEMY_DATABASE_URI": f"sqlite:///{folder / 'portal.db'}",
        }
    )
