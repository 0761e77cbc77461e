"""Text of files passage by passage; entries keep what their files say apart, and what they can be sorted by.

What is known of files and things is read anew, for it is a copy: the worker goes through all events
once more and so comes to what was not findable before.
"""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
CURSOR = sa.table("cursor", sa.column("consumer", sa.String), sa.column("event_id", sa.Integer))
NEW = (
    sa.Column("attached", sa.Text(), nullable=False, server_default=""),
    sa.Column("files", sa.JSON(), nullable=False, server_default="[]"),
    sa.Column("figures", sa.JSON(), nullable=False, server_default="{}"),
)


def upgrade() -> None:
    _read_anew()
    with op.batch_alter_table("search_file_text", schema=None) as batch_op:
        batch_op.drop_column("text")
    op.create_table(
        "search_file_passage",
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("place", sa.String(length=80), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("folded", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["sha256"],
            ["search_file_text.sha256"],
            name=op.f("fk_search_file_passage_sha256_search_file_text"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("sha256", "position", name=op.f("pk_search_file_passage")),
    )
    with op.batch_alter_table("search_entry", schema=None) as batch_op:
        for column in NEW:
            batch_op.add_column(
                sa.Column(column.name, column.type, nullable=False, server_default=column.server_default)
            )
    with op.batch_alter_table("search_entry", schema=None) as batch_op:
        for column in NEW:
            batch_op.alter_column(column.name, server_default=None)


def downgrade() -> None:
    with op.batch_alter_table("search_entry", schema=None) as batch_op:
        for column in NEW:
            batch_op.drop_column(column.name)
    op.drop_table("search_file_passage")
    _read_anew()
    with op.batch_alter_table("search_file_text", schema=None) as batch_op:
        batch_op.add_column(sa.Column("text", sa.Text(), nullable=False, server_default=""))
    with op.batch_alter_table("search_file_text", schema=None) as batch_op:
        batch_op.alter_column("text", server_default=None)


def _read_anew() -> None:
    op.execute(sa.text("DELETE FROM search_file_text"))
    op.execute(CURSOR.update().where(CURSOR.c.consumer == "search").values(event_id=0))
