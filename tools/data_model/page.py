"""The data model as a page."""

from collections.abc import Iterator, Sequence

from sqlalchemy import CheckConstraint, Enum, UniqueConstraint

from tools.data_model.tables import Described, Feature, kind, target

HEAD = """# Data model

Made from the models by `make docs`; a test compares. Every feature owns its tables; arrows point down the order of imports only.

![Tables and what they refer to](data-model.svg)
"""


def describe(features: Sequence[Feature]) -> str:
    """Return the page: each feature's tables with what they hold, columns and rules."""
    lines = [HEAD]
    for feature in features:
        lines.append(f"## {feature.name}\n")
        for table in feature.tables:
            lines += _table(table)
    return "\n".join(lines)


def _table(table: Described) -> Iterator[str]:
    yield f"### {table.name}\n"
    yield f"{table.says}\n"
    yield "| column | kind | may be empty | refers to |"
    yield "|---|---|---|---|"
    for column in table.columns:
        empty = "yes" if column.nullable else ""
        yield f"| {column.name} | {kind(column)} | {empty} | {target(column)} |"
    yield ""
    if rules := _rules(table):
        yield f"Rules the database keeps: {'; '.join(rules)}.\n"


def _rules(table: Described) -> list[str]:
    checks = sorted(
        f"`{constraint.sqltext}`"
        for constraint in table.table.constraints
        if isinstance(constraint, CheckConstraint) and not _is_of_enum(table, constraint)
    )
    unique = sorted(
        "one row per " + ", ".join(column.name for column in index.columns)
        for index in table.table.indexes
        if index.unique
    )
    keys = sorted(
        "one row per " + ", ".join(column.name for column in constraint.columns)
        for constraint in table.table.constraints
        if isinstance(constraint, UniqueConstraint)
    )
    return [*keys, *unique, *checks]


def _is_of_enum(table: Described, constraint: CheckConstraint) -> bool:
    """Say whether a check only lists the words of an enumeration, which the code names better."""
    names = {column.type.name for column in table.table.columns if isinstance(column.type, Enum)}
    return str(constraint.name).removeprefix(f"ck_{table.name}_") in names
