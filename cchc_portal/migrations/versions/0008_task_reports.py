"""Who reported a task, the last day its letter leaves, and whether it was given more time."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    with op.batch_alter_table("task", schema=None) as batch_op:
        batch_op.add_column(sa.Column("letter_due_on", sa.Date(), nullable=True))
        batch_op.add_column(sa.Column("is_extended", sa.Boolean(), nullable=False, server_default=sa.false()))
        batch_op.add_column(sa.Column("reported_by_id", sa.Integer(), nullable=True))
        batch_op.create_foreign_key(
            batch_op.f("fk_task_reported_by_id_user"), "user", ["reported_by_id"], ["id"]
        )
        batch_op.create_check_constraint(
            batch_op.f("ck_task_reporter"), "(reported_at IS NULL) = (reported_by_id IS NULL)"
        )
    op.execute("UPDATE task SET letter_due_on = due_on WHERE deadline_source = 'letter'")
    with op.batch_alter_table("task", schema=None) as batch_op:
        batch_op.alter_column("is_extended", existing_type=sa.Boolean(), server_default=None)


def downgrade() -> None:
    with op.batch_alter_table("task", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("ck_task_reporter"), type_="check")
        batch_op.drop_constraint(batch_op.f("fk_task_reported_by_id_user"), type_="foreignkey")
        batch_op.drop_column("reported_by_id")
        batch_op.drop_column("is_extended")
        batch_op.drop_column("letter_due_on")
