"""Abbreviations and synonyms as a table of the Office, filled with those that were shipped so far."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import sqlalchemy as sa
from alembic import op

from cchc_portal import search
from cchc_portal.search.analysis import Dictionary, column_text

revision = "0019"
down_revision = "0018"
SHIPPED = Path(search.__file__).parent / "synonyms.json"
SHIPPED_AT = datetime(2023, 1, 1, tzinfo=UTC)


def upgrade() -> None:
    table = op.create_table(
        "search_synonym",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("phrases", sa.JSON(), nullable=False),
        sa.Column("folded", sa.String(length=1200), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_search_synonym")),
    )
    op.create_index(op.f("ix_search_synonym_folded"), "search_synonym", ["folded"])
    op.bulk_insert(table, list(_rows()))


def downgrade() -> None:
    op.drop_index(op.f("ix_search_synonym_folded"), "search_synonym")
    op.drop_table("search_synonym")


def _rows() -> Iterator[dict[str, object]]:
    content = json.loads(SHIPPED.read_text(encoding="utf-8"))
    full: dict[str, list[str]] = {}
    for short, meaning in content["abbreviations"].items():
        full.setdefault(meaning, []).append(short)
    for phrases in (*([*shorts, meaning] for meaning, shorts in full.items()), *content["synonyms"]):
        folded = column_text(phrases, Dictionary())
        yield {"phrases": phrases, "folded": folded, "changed_at": SHIPPED_AT}
