"""A verb is a function: the thing first, the actor always `by=`, the permission before anything else."""

import ast
import importlib
import inspect
import re
import textwrap
from collections.abc import Callable, Iterator
from types import ModuleType

from tests.architecture.sources import PACKAGE, called_name, calls

KITS = {"audit", "storage"}  # they write what the operations of features tell them
NOBODY_ACTS = {
    "reminders.remind": "the clock",
    "accounts.forget_what_expired": "the clock",
    "accounts.sign_in": "nobody is signed in yet",
}


def test_operations_know_who_acts() -> None:
    unknown = [
        name
        for name, verb in operations().items()
        if name not in NOBODY_ACTS and not _has_actor(inspect.signature(verb).parameters.get("by"))
    ]

    assert unknown == []


def test_operations_ask_first() -> None:
    hasty = [name for name, verb in operations().items() if name not in NOBODY_ACTS and not _asks_first(verb)]

    assert hasty == []


def test_exceptions_are_still_there() -> None:
    assert set(NOBODY_ACTS) - set(operations()) == set()


def operations() -> dict[str, Callable[..., object]]:
    """Return the public verbs of all features: "<feature>.<verb>" -> function."""
    features = {path.relative_to(PACKAGE).parts[0] for path in PACKAGE.glob("*/operations*")} - KITS
    return {
        f"{feature}.{name}": verb
        for feature in sorted(features)
        for name, verb in _public_functions(importlib.import_module(f"cchc_portal.{feature}.operations"))
    }


def _has_actor(parameter: inspect.Parameter | None) -> bool:
    return parameter is not None and parameter.kind is inspect.Parameter.KEYWORD_ONLY


def _public_functions(module: ModuleType) -> Iterator[tuple[str, Callable[..., object]]]:
    names = getattr(module, "__all__", None) or [name for name in vars(module) if not name.startswith("_")]
    for name in names:
        thing = getattr(module, name)
        if inspect.isfunction(thing) and thing.__module__.startswith(module.__name__):
            yield name, thing


def _asks_first(verb: Callable[..., object]) -> bool:
    tree = ast.parse(textwrap.dedent(inspect.getsource(verb)))
    body = tree.body[0].body  # type: ignore[attr-defined]
    statements = (
        body[1:] if isinstance(body[0], ast.Expr) and isinstance(body[0].value, ast.Constant) else body
    )
    named = [called_name(call) for statement in statements[:2] for call in calls(statement)]
    return any(re.search(r"(^|[._])require", name) for name in named)
