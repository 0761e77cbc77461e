"""The tables of each feature, read from the models."""

import re
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Column, Table

import cchc_portal.app  # noqa: F401  loads the models of every feature
from cchc_portal.core.db import Base, db

ROOT = Path(__file__).resolve().parent.parent.parent
DOCS = ROOT / "docs"


@dataclass(frozen=True)
class Described:
    """A table with what its class says about it."""

    table: Table
    says: str

    @property
    def name(self) -> str:
        """Its name in the database."""
        return self.table.name

    @property
    def columns(self) -> list[Column[object]]:
        """Its columns in the order of the models; what mixins add comes last."""
        return sorted(self.table.columns, key=lambda column: not column.primary_key)


@dataclass(frozen=True)
class Feature:
    """A package with its tables."""

    name: str
    tables: Sequence[Described]


def features() -> list[Feature]:
    """Return the features that own tables, each after those it builds upon."""
    place = {table.name: number for number, table in enumerate(db.metadata.sorted_tables)}
    found: dict[str, list[Described]] = {}
    for mapper in Base.registry.mappers:
        says = " ".join((mapper.class_.__doc__ or "").split("\n\n")[0].split())
        table = db.metadata.tables[mapper.class_.__tablename__]
        found.setdefault(mapper.class_.__module__.split(".")[1], []).append(Described(table, says))
    layers = _layers()
    return [
        Feature(name, sorted(found[name], key=lambda one: place[one.name]))
        for name in sorted(found, key=layers.index)
    ]


def _layers() -> list[str]:
    """Return the packages as the import contract orders them, the lowest first."""
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    layers = settings["tool"]["importlinter"]["contracts"][0]["layers"]
    return [name for layer in reversed(layers) for name in re.findall(r"\w+", layer)]


def target(column: Column[object]) -> str:
    """Return the table a column refers to; "" if it refers to none."""
    return next((key.column.table.name for key in sorted(column.foreign_keys, key=str)), "")


def kind(column: Column[object]) -> str:
    """Return a column's type in a short word that is the same on every database."""
    return type(column.type).__name__.lower().replace("utcdatetime", "moment")
