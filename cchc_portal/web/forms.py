"""Mother of all forms: text arrives clean, messages are Vietnamese, domain refusals find their field."""

from collections.abc import Callable
from typing import Any, TypeVar

from flask import request
from flask_babel import gettext
from flask_wtf import FlaskForm
from wtforms import Field, StringField, TextAreaField
from wtforms.meta import DefaultMeta

from cchc_portal.core.db import db
from cchc_portal.core.errors import Invalid
from cchc_portal.core.text import clean, clean_line

_T = TypeVar("_T")


class Translations:
    """WTForms' own messages through the catalogue of the portal."""

    def gettext(self, string: str) -> str:
        """Return the message in the person's language."""
        return str(gettext(string))

    def ngettext(self, singular: str, plural: str, n: int) -> str:
        """Return the message for a number; Vietnamese has one form."""
        return str(gettext(singular if n == 1 else plural))


class Form(FlaskForm):  # type: ignore[misc]
    """A form of the portal."""

    class Meta(FlaskForm.Meta):  # type: ignore[misc]
        """How fields behave everywhere."""

        def bind_field(self, form: Any, unbound_field: Any, options: dict[str, Any]) -> Any:
            """Store typed text in one Unicode form and without invisible characters."""
            kind = unbound_field.field_class
            filters = list(unbound_field.kwargs.get("filters", ()))
            if issubclass(kind, TextAreaField):
                filters.append(_clean_text)
            elif kind is StringField:
                filters.append(_clean_line)
            if filters:
                options = {**options, "filters": filters}
                unbound_field.kwargs.pop("filters", None)
            return DefaultMeta.bind_field(self, form, unbound_field, options)

        def get_translations(self, _form: Any) -> Translations:
            """Speak through the portal's catalogue."""
            return Translations()

    def perform(self, operation: Callable[..., _T], *args: Any, **kwargs: Any) -> _T | None:
        """Validate, then run an operation; return None with messages at the fields if it is refused.

        Args:
            operation: what to do; must not return None when it succeeds.
            args: its arguments.
            kwargs: its arguments.
        """
        if not self.validate():
            return None
        try:
            return operation(*args, **kwargs)
        except Invalid as refused:
            db.session.rollback()
            self.show(refused)
            return None

    def show(self, refused: Invalid) -> None:
        """Put the messages of a domain refusal at their fields, the rest above the form."""
        for name, message in refused.errors.items():
            field: Field | None = self._fields.get(name)
            if field is None:
                self.form_errors.append(gettext(message))
            else:
                field.errors = [*field.errors, gettext(message)]


def intended_method() -> str:
    """Return what a form means: browsers without JavaScript can only POST and say `_method`."""
    if request.method != "POST":
        return request.method
    return request.form.get("_method", "POST").upper()


def _clean_text(value: str | None) -> str | None:
    return clean(value) if value else value


def _clean_line(value: str | None) -> str | None:
    return clean_line(value) if value else value
