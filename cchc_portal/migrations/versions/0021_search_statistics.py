"""How often a month saw a term searched for, and a result opened."""

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0020"


def upgrade() -> None:
    op.create_table(
        "search_term",
        sa.Column("month", sa.String(length=7), nullable=False),
        sa.Column("term", sa.String(length=100), nullable=False),
        sa.Column("searched", sa.Integer(), nullable=False),
        sa.Column("empty", sa.Integer(), nullable=False),
        sa.Column("people", sa.JSON(), nullable=False),
        sa.Column("is_shown", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("month", "term", name=op.f("pk_search_term")),
    )
    op.create_table(
        "search_opened",
        sa.Column("month", sa.String(length=7), nullable=False),
        sa.Column("key", sa.String(length=60), nullable=False),
        sa.Column("opened", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("month", "key", name=op.f("pk_search_opened")),
    )


def downgrade() -> None:
    op.drop_table("search_opened")
    op.drop_table("search_term")
