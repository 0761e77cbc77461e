"""Every setting, its default and one line of why; read from the environment once."""

import contextlib
import os
import secrets
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

ROOT = Path(__file__).resolve().parent.parent
PREFIX = "CCHC_"
SHORTEST_SECRET = 32
REDIS_PATIENCE = {"socket_connect_timeout": 3, "socket_timeout": 3}  # seconds
PATIENCE_SECONDS = 8  # with what comes before and after, an answer within ten


class BadSetting(ValueError):
    """A setting with which the portal must not start; the message says what to do."""


@dataclass(frozen=True)
class Setting:
    """One setting of the environment: `CCHC_` + name."""

    name: str
    default: str
    why: str


SETTINGS = (
    Setting("DATA_DIR", "instance", "Folder of the database, uploads, search index and queue."),
    Setting("DATABASE_URL", "", "Empty: SQLite in the data folder; or postgresql://…"),
    Setting("REDIS_URL", "", "Empty: embedded queue and limits; or redis://… for several hosts."),
    Setting("STORAGE_URL", "", "Empty: files in the data folder; or s3://bucket/prefix."),
    Setting(
        "SEARCH_ENGINE",
        "whoosh",
        "whoosh: files in the data folder; postgres: in the database, for several hosts.",
    ),
    Setting("SECRET_KEY", "", "Empty: made once and kept in the data folder, readable by the owner alone."),
    Setting("BASE_URL", "", "Address under which people open the portal, e.g. https://cchc.example.vn."),
    Setting("PROXY_COUNT", "0", "Number of trusted proxies in front of the portal."),
    Setting("MAIL_URL", "", "Empty: no mail; smtp://user:password@host:587, smtps://…, file:///folder."),
    Setting("MAIL_FROM", "", "Address that mail comes from; empty: no-reply@ and the name in BASE_URL."),
    Setting("TIMEZONE", "Asia/Ho_Chi_Minh", "Zone of dates and times on the screen."),
    Setting("OFFICE_NAME", "UBND phường Bắc Hồng", "Name of the office in the top bar and on documents."),
    Setting("ORGAN_ID", "", "Identifier of the office (mã định danh), first part of a letter's FileCode."),
    Setting("VOTERS_VISIBLE", "1", "1: signed-in people see who voted; 0: only the number."),
    Setting("COMMENT_EDIT_MINUTES", "15", "How long people may change a comment they wrote."),
    Setting("DEMO", "0", "1: demonstration accounts; refuses to listen beyond this machine."),
)


def read(
    environ: Mapping[str, str] = os.environ, overrides: Mapping[str, Any] | None = None
) -> dict[str, Any]:
    """Return the configuration for Flask.

    Args:
        environ: where `CCHC_*` settings are looked up.
        overrides: Flask configuration keys that win over everything, for tests.

    Raises:
        BadSetting: a value with which the portal must not start.
    """
    given = {s.name: environ.get(PREFIX + s.name, s.default).strip() for s in SETTINGS}
    _refuse_unknown(environ)
    data_dir = (ROOT / given["DATA_DIR"]).resolve()
    _make(data_dir)
    config: dict[str, Any] = {f"CCHC_{name}": value for name, value in given.items()}
    config |= _flask_values(given, data_dir)
    config |= dict(overrides or {})
    return config


def _make(data_dir: Path) -> None:
    try:
        data_dir.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise BadSetting(f"CCHC_DATA_DIR: không tạo được thư mục {data_dir} ({error.strerror}).") from error


def _flask_values(given: Mapping[str, str], data_dir: Path) -> dict[str, Any]:
    return {
        "DATA_DIR": data_dir,
        "SECRET_KEY": _secret(given["SECRET_KEY"], data_dir),
        "SQLALCHEMY_DATABASE_URI": database_url(given["DATABASE_URL"], data_dir),
        "SQLALCHEMY_ENGINE_OPTIONS": _engine_options(given["DATABASE_URL"]),
        "CCHC_SEARCH_ENGINE": _search_engine(given),
        "CCHC_DEMO": _flag("DEMO", given["DEMO"]),
        "CCHC_VOTERS_VISIBLE": _flag("VOTERS_VISIBLE", given["VOTERS_VISIBLE"]),
        "CCHC_COMMENT_EDIT_MINUTES": _number("COMMENT_EDIT_MINUTES", given["COMMENT_EDIT_MINUTES"]),
        "CCHC_PROXY_COUNT": _number("PROXY_COUNT", given["PROXY_COUNT"]),
        "SESSION_COOKIE_NAME": "cchc_session",
        "SESSION_COOKIE_HTTPONLY": True,
        "SESSION_COOKIE_SAMESITE": "Lax",
        "SESSION_COOKIE_SECURE": given["BASE_URL"].startswith("https://"),
        "TRUSTED_HOSTS": _trusted_hosts(given["BASE_URL"]),
        "CCHC_MAIL_URL": _mail_url(given["MAIL_URL"]),
        "CCHC_MAIL_FROM": _mail_from(given),
        "WTF_CSRF_TIME_LIMIT": None,
        "MAX_CONTENT_LENGTH": 21 * 1024 * 1024,
        "MAX_FORM_MEMORY_SIZE": 2 * 1024 * 1024,
        "MAX_FORM_PARTS": 2000,
        "BABEL_DEFAULT_LOCALE": "vi",
        "BABEL_DEFAULT_TIMEZONE": _zone(given["TIMEZONE"]),
        "BABEL_TRANSLATION_DIRECTORIES": str(ROOT / "cchc_portal" / "translations"),
        "RATELIMIT_STORAGE_URI": _redis_url(given["REDIS_URL"]) or "counters://",
        "RATELIMIT_STORAGE_OPTIONS": REDIS_PATIENCE if given["REDIS_URL"] else {},
        "RATELIMIT_IN_MEMORY_FALLBACK_ENABLED": True,
        "TEMPLATES_AUTO_RELOAD": False,
    }


def database_url(given: str, data_dir: Path) -> str:
    """Return the SQLAlchemy address: psycopg for PostgreSQL, a file in the data folder otherwise.

    Raises:
        BadSetting: it is neither.
    """
    if not given:
        return f"sqlite:///{data_dir / 'portal.db'}"
    for scheme in ("postgresql://", "postgres://"):
        if given.startswith(scheme):
            return "postgresql+psycopg://" + given.removeprefix(scheme)
    if given.startswith("sqlite:///"):
        return given
    raise BadSetting("CCHC_DATABASE_URL phải để trống hoặc có dạng postgresql://…")


def _search_engine(given: Mapping[str, str]) -> str:
    """Return which engine keeps the index of search.

    Raises:
        BadSetting: there is no such engine, or the database is not the one it needs.
    """
    name = given["SEARCH_ENGINE"]
    if name not in {"whoosh", "postgres"}:
        raise BadSetting("CCHC_SEARCH_ENGINE phải là whoosh hoặc postgres.")
    if name == "postgres" and not given["DATABASE_URL"].startswith("postgres"):
        raise BadSetting("CCHC_SEARCH_ENGINE=postgres cần CCHC_DATABASE_URL có dạng postgresql://…")
    return name


def _redis_url(given: str) -> str:
    if given and not given.startswith(("redis://", "rediss://", "unix://")):
        raise BadSetting("CCHC_REDIS_URL phải để trống hoặc có dạng redis://…")
    return given


def _engine_options(database: str) -> dict[str, Any]:
    """Return how connections are kept; nobody waits longer for the database than a request may take."""
    options: dict[str, Any] = {
        "pool_pre_ping": True,
        "pool_size": 10,
        "max_overflow": 10,
        "pool_timeout": PATIENCE_SECONDS,
    }
    if database:
        waits = f"-c lock_timeout={PATIENCE_SECONDS}s -c statement_timeout={2 * PATIENCE_SECONDS}s"
        options["connect_args"] = {"connect_timeout": PATIENCE_SECONDS, "options": waits}
    return options


def _trusted_hosts(base_url: str) -> list[str] | None:
    """Return the names under which the portal answers; any as long as it does not know its own.

    Raises:
        BadSetting: no address of a site.
    """
    if not base_url:
        return None
    parts = urlsplit(base_url)
    if parts.scheme not in {"http", "https"} or not parts.hostname or parts.path.strip("/"):
        raise BadSetting(f"CCHC_BASE_URL phải có dạng https://cchc.example.vn, không phải {base_url!r}.")
    return [parts.hostname, "localhost", "127.0.0.1", "[::1]"]


def _mail_url(address: str) -> str:
    """Return the way mail goes out.

    Raises:
        BadSetting: no such way; the message does not repeat it, for it may hold a password.
    """
    if not address:
        return ""
    try:
        parts = urlsplit(address)
        known = parts.scheme in {"file", "console"} or (parts.scheme in {"smtp", "smtps"} and parts.hostname)
        known = known and (parts.port is None or parts.port > 0)
    except ValueError:
        known = False
    if not known:
        raise BadSetting(
            "CCHC_MAIL_URL phải có dạng smtp://ten:mat-khau@may-chu:587, smtps://…, file:///thu-muc hoặc console:"
        )
    return address


def _mail_from(given: Mapping[str, str]) -> str:
    """Return the address that mail comes from.

    Raises:
        BadSetting: it is no address.
    """
    host = urlsplit(given["BASE_URL"]).hostname or "localhost"
    address = given["MAIL_FROM"] or f"no-reply@{host}"
    name, at, domain = address.partition("@")
    if not (name and at and domain and address.isascii() and address.isprintable() and " " not in address):
        raise BadSetting("CCHC_MAIL_FROM phải là một địa chỉ thư như cchc@example.vn.")
    return address


def _secret(given: str, data_dir: Path) -> str:
    if given:
        if len(given) < SHORTEST_SECRET or len(set(given)) < SHORTEST_SECRET // 4:
            raise BadSetting(
                f"CCHC_SECRET_KEY quá yếu: cần ít nhất {SHORTEST_SECRET} ký tự ngẫu nhiên, "
                "hoặc để trống để hệ thống tự tạo.",
            )
        return given
    return _kept_secret(data_dir / "secret-key")


def _kept_secret(path: Path) -> str:
    if not path.exists():
        _keep_secret(path, secrets.token_hex(SHORTEST_SECRET))
    return _checked_secret(path)


def _keep_secret(path: Path, secret: str) -> None:
    """Write the secret whole or not at all; of two processes that start at once one wins."""
    handle, draft = tempfile.mkstemp(dir=path.parent, prefix=path.name)
    with os.fdopen(handle, "w") as file:
        file.write(secret)
        file.flush()
        os.fsync(file.fileno())
    with contextlib.suppress(FileExistsError):
        os.link(draft, path)
    Path(draft).unlink()


def _checked_secret(path: Path) -> str:
    if os.name == "posix" and path.stat().st_mode & 0o077:
        raise BadSetting(
            f"Người khác đọc được tệp {path.name} trong thư mục dữ liệu: hãy chạy chmod 600 cho tệp ấy."
        )
    secret = path.read_text().strip()
    if len(secret) < SHORTEST_SECRET:
        raise BadSetting(
            f"Tệp {path.name} trong thư mục dữ liệu trống hoặc bị cụt: hãy xóa tệp rồi khởi động lại."
        )
    return secret


def _refuse_unknown(environ: Mapping[str, str]) -> None:
    known = {PREFIX + setting.name for setting in SETTINGS}
    unknown = sorted(name for name in environ if name.startswith(PREFIX) and name not in known)
    if unknown:
        raise BadSetting(f"Không có cài đặt {', '.join(unknown)}: xem danh sách trong README.md.")


def _flag(name: str, value: str) -> bool:
    if value not in {"0", "1", ""}:
        raise BadSetting(f"CCHC_{name} phải là 0 hoặc 1, không phải {value!r}.")
    return value == "1"


def _zone(name: str) -> str:
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError) as error:
        raise BadSetting(
            f"CCHC_TIMEZONE: không có múi giờ {name!r}; ví dụ đúng: Asia/Ho_Chi_Minh."
        ) from error
    return name


def _number(name: str, value: str) -> int:
    if not (value.isascii() and value.isdigit()):
        raise BadSetting(f"CCHC_{name} phải là số nguyên, không phải {value!r}.")
    return int(value)
