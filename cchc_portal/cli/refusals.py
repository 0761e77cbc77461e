"""Domain refusals on the command line: one clear line on standard error, never a traceback."""

from collections.abc import Callable
from functools import wraps
from typing import ParamSpec, TypeVar

import click

from cchc_portal.core.errors import DomainError, Invalid

_P = ParamSpec("_P")
_R = TypeVar("_R")


def refusals_in_words(command: Callable[_P, _R]) -> Callable[_P, _R]:
    """Turn a domain error into exit status 1 with its message."""

    @wraps(command)
    def run(*args: _P.args, **kwargs: _P.kwargs) -> _R:
        try:
            return command(*args, **kwargs)
        except DomainError as refused:
            raise click.ClickException(_words(refused)) from refused

    return run


def _words(refused: DomainError) -> str:
    if isinstance(refused, Invalid):
        return "; ".join(
            f"{field}: {message}" if field else message for field, message in refused.errors.items()
        )
    return refused.message
