"""Refusals on the command line: one clear line on standard error, never a traceback."""

from collections.abc import Callable
from functools import wraps
from typing import ParamSpec, TypeVar

import click
from sqlalchemy.exc import DBAPIError, OperationalError, ProgrammingError

from cchc_portal.core.errors import DomainError, Invalid

_P = ParamSpec("_P")
_R = TypeVar("_R")


def refusals_in_words(command: Callable[_P, _R]) -> Callable[_P, _R]:
    """Turn a domain error, or a database that is not ready, into exit status 1 with one line."""

    @wraps(command)
    def run(*args: _P.args, **kwargs: _P.kwargs) -> _R:
        try:
            return command(*args, **kwargs)
        except DomainError as refused:
            raise click.ClickException(_words(refused)) from refused
        except (OperationalError, ProgrammingError) as unready:
            raise click.ClickException(_about_database(unready)) from unready

    return run


def _about_database(unready: DBAPIError) -> str:
    reason = str(unready.orig).strip().partition("\n")[0]
    return f"Không dùng được cơ sở dữ liệu ({reason}). Nếu chưa tạo bảng: flask --app wsgi db upgrade"


def _words(refused: DomainError) -> str:
    if isinstance(refused, Invalid):
        return "; ".join(
            f"{field}: {message}" if field else message for field, message in refused.errors.items()
        )
    return refused.message
