"""Documents are brought in too: archives, the file of each row, attachments that nobody of the portal added."""

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"
ARCHIVE = "fk_import_batch_archive_id_stored_file"
FILE = "fk_import_row_file_id_stored_file"


def upgrade() -> None:
    with op.batch_alter_table("import_batch") as batch:
        batch.add_column(sa.Column("archive_id", sa.Integer(), nullable=True))
        batch.add_column(sa.Column("paper_count", sa.Integer(), nullable=False, server_default="0"))
        batch.create_foreign_key(op.f(ARCHIVE), "stored_file", ["archive_id"], ["id"])
    with op.batch_alter_table("import_batch") as batch:
        batch.alter_column("paper_count", server_default=None)
    with op.batch_alter_table("import_row") as batch:
        batch.add_column(sa.Column("file_id", sa.Integer(), nullable=True))
        batch.create_foreign_key(op.f(FILE), "stored_file", ["file_id"], ["id"])
        batch.create_index(op.f("ix_import_row_file_id"), ["file_id"])
    with op.batch_alter_table("attachment") as batch:
        batch.alter_column("added_by_id", existing_type=sa.Integer(), nullable=True)


def downgrade() -> None:
    op.execute('UPDATE attachment SET added_by_id = (SELECT min(id) FROM "user") WHERE added_by_id IS NULL')
    with op.batch_alter_table("attachment") as batch:
        batch.alter_column("added_by_id", existing_type=sa.Integer(), nullable=False)
    with op.batch_alter_table("import_row") as batch:
        batch.drop_index(op.f("ix_import_row_file_id"))
        batch.drop_constraint(op.f(FILE), type_="foreignkey")
        batch.drop_column("file_id")
    with op.batch_alter_table("import_batch") as batch:
        batch.drop_constraint(op.f(ARCHIVE), type_="foreignkey")
        batch.drop_column("paper_count")
        batch.drop_column("archive_id")
