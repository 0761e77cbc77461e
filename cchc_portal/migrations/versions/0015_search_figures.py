"""Figures by which search results are ordered."""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"


def upgrade() -> None:
    with op.batch_alter_table("search_entry", schema=None) as batch_op:
        batch_op.add_column(sa.Column("figures", sa.JSON(), nullable=False, server_default="{}"))
    with op.batch_alter_table("search_entry", schema=None) as batch_op:
        batch_op.alter_column("figures", server_default=None)
    words = """'{"votes": ' || (SELECT vote_count FROM initiative WHERE initiative.id = thing_id) || '}'"""
    figures = f"CAST({words} AS JSON)" if op.get_bind().dialect.name == "postgresql" else words
    voted_on = "kind = 'initiative' AND thing_id IN (SELECT id FROM initiative)"
    op.execute(f"UPDATE search_entry SET figures = {figures} WHERE {voted_on}")  # noqa: S608 - constants


def downgrade() -> None:
    with op.batch_alter_table("search_entry", schema=None) as batch_op:
        batch_op.drop_column("figures")
