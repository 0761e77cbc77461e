"""Batches of past initiatives; what is older than the portal was written by none of its accounts."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"


def upgrade() -> None:
    op.create_table(
        "import_batch",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "kept",
                "running",
                "done",
                "undoing",
                "undone",
                name="state",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("file_name", sa.String(length=255), nullable=False),
        sa.Column("passed_over", sa.JSON(), nullable=False),
        sa.Column("counts", sa.JSON(), nullable=False),
        sa.Column("imported_count", sa.Integer(), nullable=False),
        sa.Column("created_by_id", sa.Integer(), nullable=True),
        sa.Column("finished_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["created_by_id"], ["user.id"], name=op.f("fk_import_batch_created_by_id_user")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_import_batch")),
    )
    op.create_table(
        "import_row",
        sa.Column("batch_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("has_code", sa.Boolean(), nullable=False),
        sa.Column("values", sa.JSON(), nullable=False),
        sa.Column(
            "fate",
            sa.Enum(
                "new",
                "known",
                "double",
                "error",
                "undone",
                name="fate",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("problems", sa.JSON(), nullable=False),
        sa.Column("initiative_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["batch_id"],
            ["import_batch.id"],
            name=op.f("fk_import_row_batch_id_import_batch"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["initiative_id"],
            ["initiative.id"],
            name=op.f("fk_import_row_initiative_id_initiative"),
            ondelete="SET NULL",
        ),
        sa.PrimaryKeyConstraint("batch_id", "number", name=op.f("pk_import_row")),
    )
    with op.batch_alter_table("import_row", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_import_row_batch_id_fate_has_code_number"),
            ["batch_id", "fate", "has_code", "number"],
            unique=False,
        )
        batch_op.create_index(batch_op.f("ix_import_row_initiative_id"), ["initiative_id"], unique=False)

    with op.batch_alter_table("initiative", schema=None) as batch_op:
        batch_op.alter_column("created_by_id", existing_type=sa.INTEGER(), nullable=True)


def downgrade() -> None:
    op.execute(
        'UPDATE initiative SET created_by_id = (SELECT min(id) FROM "user") WHERE created_by_id IS NULL'
    )
    with op.batch_alter_table("initiative", schema=None) as batch_op:
        batch_op.alter_column("created_by_id", existing_type=sa.INTEGER(), nullable=False)

    with op.batch_alter_table("import_row", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_import_row_initiative_id"))
        batch_op.drop_index(batch_op.f("ix_import_row_batch_id_fate_has_code_number"))

    op.drop_table("import_row")
    op.drop_table("import_batch")
