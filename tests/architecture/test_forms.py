"""Every field a person fills in has a label."""

import importlib
import inspect
from collections.abc import Iterator

from flask_babel import LazyString
from wtforms import DateField, DateTimeLocalField, FieldList, Form, HiddenField
from wtforms.fields.core import UnboundField

from tests.architecture.sources import PACKAGE

FORMS = sorted(
    ".".join(path.relative_to(PACKAGE.parent).with_suffix("").parts).removesuffix(".__init__")
    for path in (
        *PACKAGE.glob("*/forms.py"),
        *PACKAGE.glob("*/forms/*.py"),
        *PACKAGE.glob("*/views/*forms*.py"),
    )
)


def test_fields_have_labels() -> None:
    nameless = [
        place
        for place, field in fields()
        if not (field.kwargs.get("label") or any(isinstance(one, str | LazyString) for one in field.args[:1]))
    ]

    assert nameless == []


def test_days_are_written_the_vietnamese_way() -> None:
    native = [place for place, field in fields() if field.field_class in (DateField, DateTimeLocalField)]

    assert native == []


def fields() -> Iterator[tuple[str, UnboundField]]:
    for name in FORMS:
        module = importlib.import_module(name)
        for form in vars(module).values():
            if inspect.isclass(form) and issubclass(form, Form) and form.__module__ == name:
                yield from (
                    (f"{name}.{form.__name__}.{attribute}", field)
                    for attribute, field in vars(form).items()
                    if isinstance(field, UnboundField)
                    and not issubclass(field.field_class, HiddenField | FieldList)
                )
