"""Notifications about tasks and letters, or about several things at once."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"

ONE_SUBJECT = (
    "(initiative_id IS NULL OR (task_id IS NULL AND directive_id IS NULL))"
    " AND (task_id IS NULL OR directive_id IS NULL)"
)


def upgrade() -> None:
    with op.batch_alter_table("notification", schema=None) as batch_op:
        batch_op.add_column(sa.Column("task_id", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("directive_id", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("title", sa.String(length=300), nullable=False, server_default=""))
        batch_op.create_foreign_key(
            batch_op.f("fk_notification_task_id_task"), "task", ["task_id"], ["id"], ondelete="CASCADE"
        )
        batch_op.create_foreign_key(
            batch_op.f("fk_notification_directive_id_directive"),
            "directive",
            ["directive_id"],
            ["id"],
            ondelete="CASCADE",
        )
        batch_op.create_check_constraint(batch_op.f("ck_notification_subject"), ONE_SUBJECT)
    with op.batch_alter_table("notification", schema=None) as batch_op:
        batch_op.alter_column("title", server_default=None)


def downgrade() -> None:
    op.execute(
        "DELETE FROM notification WHERE task_id IS NOT NULL OR directive_id IS NOT NULL OR title <> ''"
    )
    with op.batch_alter_table("notification", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("ck_notification_subject"), type_="check")
        batch_op.drop_constraint(batch_op.f("fk_notification_directive_id_directive"), type_="foreignkey")
        batch_op.drop_constraint(batch_op.f("fk_notification_task_id_task"), type_="foreignkey")
        batch_op.drop_column("title")
        batch_op.drop_column("directive_id")
        batch_op.drop_column("task_id")
