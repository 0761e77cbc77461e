"""Settings: read once, refused clearly, the secret made once."""

import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from cchc_portal.config import ROOT, SETTINGS, BadSetting, database_url, read

SECRET = "0123456789abcdef0123456789abcdef"


def settings(tmp_path: Path, **given: str) -> dict[str, object]:
    return read({"CCHC_DATA_DIR": str(tmp_path), **{f"CCHC_{name}": value for name, value in given.items()}})


@pytest.mark.parametrize(
    ("name", "value", "word"),
    [
        ("SECRET_KEY", "short", "quá yếu"),
        ("SECRET_KEY", "a" * 64, "quá yếu"),
        ("DEMO", "yes", "0 hoặc 1"),
        ("VOTERS_VISIBLE", "true", "0 hoặc 1"),
        ("PROXY_COUNT", "-1", "số nguyên"),
        ("PROXY_COUNT", "one", "số nguyên"),
        ("PROXY_COUNT", "²", "số nguyên"),
        ("TIMEZONE", "Asia/Nowhere", "CCHC_TIMEZONE"),
        ("TIMEZONE", "../../etc/passwd", "CCHC_TIMEZONE"),
        ("BASE_URL", "cchc.example.vn", "CCHC_BASE_URL"),
        ("BASE_URL", "ftp://cchc.example.vn", "CCHC_BASE_URL"),
        ("BASE_URL", "https://cchc.example.vn/portal", "CCHC_BASE_URL"),
        ("BASE_URL", "https://", "CCHC_BASE_URL"),
        ("MAIL_URL", "mail.example.vn", "CCHC_MAIL_URL"),
        ("MAIL_URL", "http://mail.example.vn", "CCHC_MAIL_URL"),
        ("MAIL_URL", "smtp://", "CCHC_MAIL_URL"),
        ("MAIL_URL", "smtp://mail.example.vn:port", "CCHC_MAIL_URL"),
        ("MAIL_URL", "smtp://[::1", "CCHC_MAIL_URL"),
        ("MAIL_FROM", "cchc", "CCHC_MAIL_FROM"),
        ("MAIL_FROM", "cchc@example.vn\nBcc: a@b.vn", "CCHC_MAIL_FROM"),
        ("MAIL_FROM", "văn.phòng@example.vn", "CCHC_MAIL_FROM"),
        ("SEARCH_ENGINE", "solr", "CCHC_SEARCH_ENGINE"),
        ("SEARCH_ENGINE", "postgres", "CCHC_DATABASE_URL"),
        ("SECRETKEY", SECRET, "Không có cài đặt CCHC_SECRETKEY"),
    ],
)
def test_bad_setting_is_refused_in_one_sentence(tmp_path: Path, name: str, value: str, word: str) -> None:
    with pytest.raises(BadSetting) as refused:
        settings(tmp_path, **{name: value})

    assert word in str(refused.value)
    assert "\n" not in str(refused.value)


def test_defaults_start_a_portal_in_its_data_folder(tmp_path: Path) -> None:
    config = settings(tmp_path / "new")

    assert config["DATA_DIR"] == tmp_path / "new"
    assert config["SQLALCHEMY_DATABASE_URI"] == f"sqlite:///{tmp_path / 'new' / 'portal.db'}"
    assert stat.S_IMODE((tmp_path / "new").stat().st_mode) == 0o700
    assert (config["CCHC_DEMO"], config["CCHC_VOTERS_VISIBLE"], config["CCHC_PROXY_COUNT"]) == (
        False,
        True,
        0,
    )
    assert config["TRUSTED_HOSTS"] is None


def test_secret_is_made_once_and_kept_for_its_owner_alone(tmp_path: Path) -> None:
    first, second = settings(tmp_path)["SECRET_KEY"], settings(tmp_path)["SECRET_KEY"]

    assert first == second
    assert len(str(first)) >= 32
    assert stat.S_IMODE((tmp_path / "secret-key").stat().st_mode) == 0o600


def test_given_secret_is_taken_and_none_made(tmp_path: Path) -> None:
    assert settings(tmp_path, SECRET_KEY=SECRET)["SECRET_KEY"] == SECRET
    assert not (tmp_path / "secret-key").exists()


@pytest.mark.parametrize("mode", [0o644, 0o640, 0o604])
def test_secret_that_others_can_read_is_refused(tmp_path: Path, mode: int) -> None:
    settings(tmp_path)
    (tmp_path / "secret-key").chmod(mode)

    with pytest.raises(BadSetting, match="chmod 600"):
        settings(tmp_path)


@pytest.mark.parametrize("content", ["", "cut short"])
def test_secret_that_was_cut_short_is_refused(tmp_path: Path, content: str) -> None:
    (tmp_path / "secret-key").write_text(content)
    (tmp_path / "secret-key").chmod(0o600)

    with pytest.raises(BadSetting, match="bị cụt"):
        settings(tmp_path)


def test_processes_that_start_at_once_have_the_same_secret(tmp_path: Path) -> None:
    code = "from cchc_portal.config import read; print(read()['SECRET_KEY'])"
    environ = {**os.environ, "CCHC_DATA_DIR": str(tmp_path)}

    started = [
        subprocess.Popen(
            [sys.executable, "-c", code], cwd=ROOT, env=environ, stdout=subprocess.PIPE, text=True
        )
        for _ in range(4)
    ]
    secrets = {process.communicate(timeout=100)[0] for process in started}

    assert [process.returncode for process in started] == [0, 0, 0, 0]
    assert len(secrets) == 1
    assert sorted(path.name for path in tmp_path.iterdir()) == ["secret-key"]


@pytest.mark.parametrize(
    ("given", "address"),
    [
        ("postgresql://u@h/d", "postgresql+psycopg://u@h/d"),
        ("postgres://u@h/d", "postgresql+psycopg://u@h/d"),
        ("sqlite:////srv/x.db", "sqlite:////srv/x.db"),
    ],
)
def test_database_is_reached_by_the_driver_that_is_installed(
    given: str, address: str, tmp_path: Path
) -> None:
    assert database_url(given, tmp_path) == address


def test_nobody_waits_longer_for_the_database_than_a_request_may_take(tmp_path: Path) -> None:
    options = settings(tmp_path, DATABASE_URL="postgresql://u@h/d")["SQLALCHEMY_ENGINE_OPTIONS"]

    assert options["pool_timeout"] < 10  # type: ignore[index]
    assert options["connect_args"]["connect_timeout"] < 10  # type: ignore[index]


@pytest.mark.parametrize(
    ("base_url", "secure"), [("https://cchc.vn", True), ("http://cchc.vn", False), ("", False)]
)
def test_cookie_travels_over_tls_alone_where_there_is_tls(
    tmp_path: Path, base_url: str, *, secure: bool
) -> None:
    assert settings(tmp_path, BASE_URL=base_url)["SESSION_COOKIE_SECURE"] is secure


def test_settings_say_why_they_are_there() -> None:
    assert [setting.name for setting in SETTINGS if len(setting.why) < 10] == []


@pytest.mark.slow
def test_portal_does_not_start_with_a_bad_setting(tmp_path: Path) -> None:
    environ = {**os.environ, "CCHC_DATA_DIR": str(tmp_path), "CCHC_SECRET_KEY": "short"}

    started = subprocess.run(
        [sys.executable, "-m", "flask", "--app", "wsgi", "serve"],
        cwd=ROOT,
        env=environ,
        capture_output=True,
        text=True,
        timeout=100,
        check=False,
    )

    assert started.returncode == 1
    assert started.stderr.count("\n") == 1
    assert "quá yếu" in started.stderr


@pytest.mark.parametrize(
    "address",
    ["smtp://u:p%40@mail.example.vn:587", "smtps://mail.example.vn", "file:///srv/mail", "console:"],
)
def test_mail_goes_the_way_that_is_given(tmp_path: Path, address: str) -> None:
    assert settings(tmp_path, MAIL_URL=address)["CCHC_MAIL_URL"] == address


def test_a_bad_way_for_mail_does_not_repeat_the_password(tmp_path: Path) -> None:
    with pytest.raises(BadSetting) as refused:
        settings(tmp_path, MAIL_URL="smtpx://u:bi-mat@mail.example.vn")

    assert "bi-mat" not in str(refused.value)


@pytest.mark.parametrize(
    ("given", "address"),
    [
        ({}, "no-reply@localhost"),
        ({"BASE_URL": "https://cchc.example.vn"}, "no-reply@cchc.example.vn"),
        ({"BASE_URL": "https://cchc.example.vn", "MAIL_FROM": "vptk@example.vn"}, "vptk@example.vn"),
    ],
)
def test_mail_comes_from_an_address_of_the_portal(
    tmp_path: Path, given: dict[str, str], address: str
) -> None:
    assert settings(tmp_path, **given)["CCHC_MAIL_FROM"] == address
