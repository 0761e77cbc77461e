"""Refusals on the command line: one clear line in Vietnamese on standard error, never a traceback."""

from collections.abc import Callable
from functools import wraps
from typing import Any, ParamSpec, TypeVar

import click
from flask.cli import AppGroup
from redis.exceptions import RedisError
from sqlalchemy.exc import DBAPIError, OperationalError, ProgrammingError

from cchc_portal.core.errors import DomainError, Invalid

_P = ParamSpec("_P")
_R = TypeVar("_R")


class Misused(click.ClickException):
    """A command was typed wrongly."""

    exit_code = 2


class Command(click.Command):
    """A command whose refusal of its own arguments is one line too; click's are four, in English."""

    def make_context(self, *args: Any, **kwargs: Any) -> click.Context:
        """Read the arguments."""
        try:
            return super().make_context(*args, **kwargs)
        except click.exceptions.NoArgsIsHelpError:
            raise
        except click.UsageError as misused:
            raise _refusal(misused, _what_is_wrong(misused)) from misused


class Group(Command, AppGroup):
    """Commands about one thing."""

    command_class = Command

    def resolve_command(self, ctx: click.Context, args: list[str]) -> Any:
        """Find the command that was typed."""
        try:
            return super().resolve_command(ctx, args)
        except click.UsageError as misused:
            known = ", ".join(self.list_commands(ctx))
            raise _refusal(misused, f"Không có lệnh {args[0]!r}; có: {known}.") from misused


def refusals_in_words(command: Callable[_P, _R]) -> Callable[_P, _R]:
    """Turn a domain error, or something that is not ready, into exit status 1 with one line."""

    @wraps(command)
    def run(*args: _P.args, **kwargs: _P.kwargs) -> _R:
        try:
            return command(*args, **kwargs)
        except DomainError as refused:
            raise click.ClickException(_words(refused)) from refused
        except (OperationalError, ProgrammingError) as unready:
            raise click.ClickException(_about_database(unready)) from unready
        except RedisError as unready:
            raise click.ClickException(f"Không dùng được Redis ({_first_line(unready)}).") from unready
        except OSError as unreadable:
            reason = f"{unreadable.strerror or unreadable}: {unreadable.filename or ''}".rstrip(": ")
            raise click.ClickException(f"Không đọc, ghi được tệp ({reason}).") from unreadable

    return run


def _about_database(unready: DBAPIError) -> str:
    reason = _first_line(unready.orig)
    return f"Không dùng được cơ sở dữ liệu ({reason}). Nếu chưa tạo bảng: flask --app wsgi db upgrade"


def _first_line(error: BaseException | None) -> str:
    return str(error).strip().partition("\n")[0]


def _words(refused: DomainError) -> str:
    if isinstance(refused, Invalid):
        return "; ".join(
            f"{field}: {message}" if field else message for field, message in refused.errors.items()
        )
    return refused.message


def _refusal(misused: click.UsageError, what: str) -> click.ClickException:
    path = misused.ctx.command_path.partition(" ")[2] if misused.ctx else ""
    return Misused(f"{what} Cách dùng: flask --app wsgi {path} --help")


def _what_is_wrong(misused: click.UsageError) -> str:
    match misused:
        case click.MissingParameter():
            return f"Thiếu {_name(misused.param)}."
        case click.BadParameter():
            kind = misused.param.type if misused.param else None
            return f"Giá trị của {_name(misused.param)} không dùng được: {_what_is_taken(kind)}."
        case click.NoSuchOption():
            return f"Không có tùy chọn {misused.option_name}."
        case click.BadOptionUsage():
            return f"Tùy chọn {misused.option_name} dùng chưa đúng."
        case _:
            return "Lệnh có phần thừa hoặc gõ chưa đúng."


def _name(param: click.Parameter | None) -> str:
    return param.opts[0] if isinstance(param, click.Option) else param.human_readable_name if param else ""


def _what_is_taken(kind: Any) -> str:
    match kind:
        case click.IntRange():
            return f"cần số nguyên từ {kind.min} đến {kind.max}"
        case click.types.IntParamType():
            return "cần một số nguyên"
        case click.Choice():
            return f"chọn một trong {', '.join(map(str, kind.choices))}"
        case click.Path():
            return "không có tệp này, hoặc không đọc được"
        case _:
            return "không đúng dạng"
