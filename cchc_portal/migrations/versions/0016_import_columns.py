"""What columns of imported sheets are, as people have said; what rows equal."""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"
KEY = "fk_import_row_same_as_id_initiative"


def upgrade() -> None:
    op.create_table(
        "import_column",
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("head", sa.String(length=200), nullable=False),
        sa.Column("column", sa.String(length=20), nullable=False),
        sa.ForeignKeyConstraint(["user_id"], ["user.id"], name=op.f("fk_import_column_user_id_user")),
        sa.PrimaryKeyConstraint("user_id", "head", name=op.f("pk_import_column")),
    )
    with op.batch_alter_table("import_batch") as batch:
        # Rows kept before are by column already: nothing is to be chosen for them.
        batch.add_column(sa.Column("columns", sa.JSON(), nullable=False, server_default="{}"))
        batch.drop_column("passed_over")
    with op.batch_alter_table("import_batch") as batch:
        batch.alter_column("columns", server_default=None)
    with op.batch_alter_table("import_row") as batch:
        batch.add_column(sa.Column("same_as_id", sa.Integer(), nullable=True))
        batch.add_column(sa.Column("same_row", sa.Integer(), nullable=True))
        batch.create_foreign_key(op.f(KEY), "initiative", ["same_as_id"], ["id"], ondelete="SET NULL")
        batch.create_index(op.f("ix_import_row_same_as_id"), ["same_as_id"])


def downgrade() -> None:
    with op.batch_alter_table("import_row") as batch:
        batch.drop_index(op.f("ix_import_row_same_as_id"))
        batch.drop_constraint(op.f(KEY), type_="foreignkey")
        batch.drop_column("same_row")
        batch.drop_column("same_as_id")
    with op.batch_alter_table("import_batch") as batch:
        batch.add_column(sa.Column("passed_over", sa.JSON(), nullable=False, server_default="[]"))
        batch.drop_column("columns")
    with op.batch_alter_table("import_batch") as batch:
        batch.alter_column("passed_over", server_default=None)
    op.drop_table("import_column")
