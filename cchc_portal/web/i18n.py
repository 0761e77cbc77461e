"""Languages: Vietnamese first, English on request; dates and numbers as the office writes them."""

from datetime import date, datetime
from decimal import Decimal
from functools import cache
from typing import cast

from babel import Locale
from babel.support import Translations
from flask import Flask, Response, current_app, g, request
from flask_babel import Babel, format_date, get_domain, gettext
from flask_login import current_user
from jinja2 import pass_eval_context
from jinja2.nodes import EvalContext
from markupsafe import Markup

from cchc_portal.core.calendar import names_another_day, words_for
from cchc_portal.core.clock import local, today

LANGUAGES = {"vi": "Tiếng Việt", "en": "English"}
COOKIE = "cchc_lang"
COOKIE_SECONDS = 365 * 24 * 60 * 60


def chosen_language() -> str:
    """Return the language of the running request: the person's, the cookie's, Vietnamese.

    It is settled once per request, so that an error page can be written without the database.
    """
    if "language" not in g:
        wanted = getattr(current_user, "locale", None) or request.cookies.get(COOKIE, "vi")
        g.language = wanted if wanted in LANGUAGES else "vi"
    return str(g.language)


def keep_language(answer: Response, language: str) -> None:
    """Have the browser remember a language, for pages before the sign-in."""
    answer.set_cookie(
        COOKIE,
        language,
        max_age=COOKIE_SECONDS,
        secure=current_app.config["SESSION_COOKIE_SECURE"],
        httponly=True,
        samesite="Lax",
    )


def init_app(app: Flask) -> None:
    """Teach templates to speak and to write dates, numbers and sizes."""
    Babel(app, locale_selector=lambda: _locale(chosen_language()))
    app.jinja_env.add_extension("jinja2.ext.i18n")
    app.jinja_env.install_gettext_callables(_one, _counted, newstyle=True)  # type: ignore[attr-defined]
    app.jinja_env.globals["_"] = app.jinja_env.globals["gettext"] = _in_template
    app.jinja_env.globals["language"] = chosen_language
    app.jinja_env.filters["t"] = said
    for filter_ in (day, weekday, moment, clock_time, time_left, number, file_size, names_another_day):
        app.jinja_env.filters[filter_.__name__] = filter_


@cache
def _locale(language: str) -> Locale:
    return Locale.parse(language)  # slow, and Flask-Babel would do it for every request


def _catalogue() -> Translations:
    """Return the running request's messages; Flask-Babel alone would search them for each of a page's 200."""
    if "catalogue" not in g:
        g.catalogue = get_domain().get_translations()
    return cast("Translations", g.catalogue)


def _one(message: str) -> str:
    return _catalogue().ugettext(message)


@pass_eval_context
def _in_template(context: EvalContext, message: str, /, **values: object) -> str:
    """Translate a message of a template and fill in its values, as Jinja does, but quickly where it has none."""
    text = Markup(_one(message)) if context.autoescape else _one(message)  # noqa: S704  of our own catalogue
    return text % values if values else text.replace("%%", "%")


def _counted(singular: str, plural: str, number: int) -> str:
    return _catalogue().ungettext(singular, plural, number)


def said(message: str) -> str:
    """Translate a message that stands in code; unlike `_()` in templates it takes "%" as it is."""
    return _one(message)


def day(value: date | datetime | None) -> str:
    """Write a date as dd/MM/yyyy; nothing for None."""
    if value is None:
        return ""
    return (local(value) if isinstance(value, datetime) else value).strftime("%d/%m/%Y")


def weekday(value: date) -> str:
    """Write the day of the week as "Thứ Hai"."""
    return str(format_date(value, "EEEE"))


def moment(value: datetime | None) -> str:
    """Write a moment as "14:05" for today, else "14:05 05/03/2023", by the office's clock."""
    if value is None:
        return ""
    there = local(value)
    return there.strftime("%H:%M") if there.date() == today() else there.strftime("%H:%M %d/%m/%Y")


def clock_time(value: datetime) -> str:
    """Write the time of day as "14:05" by the office's clock."""
    return local(value).strftime("%H:%M")


def time_left(days: int) -> str:
    """Write the days until a deadline as "còn 4 ngày", "hôm nay" or "quá hạn 2 ngày"."""
    return str(gettext(words_for(days), days=number(abs(days))))


def number(value: Decimal | float | None, digits: int | None = None) -> str:
    """Write a number with decimal comma and thousands dot; at most the digits it has."""
    if value is None:
        return ""
    text = f"{value:,.{digits}f}" if digits is not None else f"{Decimal(str(value)).normalize():,f}"
    return text.translate(str.maketrans(",.", ".,"))


def file_size(size: int) -> str:
    """Write a size in bytes as "1,2 MB"."""
    if size < 1024:  # noqa: PLR2004
        return f"{size} B"
    if size < 1024 * 1024:
        return f"{size // 1024} KB"
    return f"{number(size / 1024 / 1024, 1)} MB"
