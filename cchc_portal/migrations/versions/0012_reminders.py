"""Reminders: schedule, runs, deliveries, urgings, what people want by mail, calendars."""

from datetime import date

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"

# Issue 3: 14, 7, 3, 1 days before, on the day, then every two working days; the head from one day
# before, leaders from the sixth working day on. The Office changes them under /reminders/rules.
RULES = (
    *(("before", days, None, "assignee") for days in (14, 7, 3, 1, 0)),
    ("before", 1, None, "head"),
    ("before", 0, None, "head"),
    ("overdue", 2, 2, "assignee"),
    ("overdue", 2, 2, "head"),
    ("overdue", 6, 2, "leader"),
)
LONG_AGO = date(2020, 1, 1)


def upgrade() -> None:
    op.create_table(
        "reminder_rule",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column(
            "timing",
            sa.Enum("before", "overdue", name="timing", native_enum=False, create_constraint=True, length=40),
            nullable=False,
        ),
        sa.Column("days", sa.Integer(), nullable=False),
        sa.Column("every", sa.Integer(), nullable=True),
        sa.Column(
            "audience",
            sa.Enum(
                "assignee",
                "head",
                "leader",
                name="audience",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.CheckConstraint("(timing = 'overdue') = (every IS NOT NULL)", name=op.f("ck_reminder_rule_every")),
        sa.CheckConstraint("days BETWEEN 0 AND 365", name=op.f("ck_reminder_rule_days")),
        sa.CheckConstraint(
            "every IS NULL OR (every BETWEEN 1 AND 60 AND days >= 1)",
            name=op.f("ck_reminder_rule_every_range"),
        ),
        sa.CheckConstraint(
            "valid_to IS NULL OR valid_to >= valid_from", name=op.f("ck_reminder_rule_period")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reminder_rule")),
    )
    op.create_table(
        "reminder_run",
        sa.Column("day_on", sa.Date(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("day_on", name=op.f("pk_reminder_run")),
    )
    op.create_table(
        "calendar_address",
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["user_id"], ["user.id"], name=op.f("fk_calendar_address_user_id_user"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("user_id", name=op.f("pk_calendar_address")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_calendar_address_token_hash")),
    )
    op.create_table(
        "mail_choice",
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("wants_digest", sa.Boolean(), nullable=False),
        sa.Column("wants_each", sa.Boolean(), nullable=False),
        sa.Column("each_after_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["user_id"], ["user.id"], name=op.f("fk_mail_choice_user_id_user"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("user_id", name=op.f("pk_mail_choice")),
    )
    op.create_table(
        "urging",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("day_on", sa.Date(), nullable=False),
        sa.Column("is_again", sa.Boolean(), nullable=False),
        sa.Column("words", sa.String(length=300), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["user.id"], name=op.f("fk_urging_by_id_user")),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_urging_unit_id_unit")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_urging")),
    )
    with op.batch_alter_table("urging", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_urging_unit_id_id"), ["unit_id", "id"], unique=False)
        batch_op.create_index(
            "uq_urging_unit_id_day_on",
            ["unit_id", "day_on"],
            unique=True,
            sqlite_where=sa.text("NOT is_again"),
            postgresql_where=sa.text("NOT is_again"),
        )

    op.create_table(
        "reminder_delivery",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=80), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column(
            "channel",
            sa.Enum("app", "mail", name="channel", native_enum=False, create_constraint=True, length=40),
            nullable=False,
        ),
        sa.Column("day_on", sa.Date(), nullable=True),
        sa.Column("urging_id", sa.Integer(), nullable=True),
        sa.Column("notification_id", sa.Integer(), nullable=True),
        sa.Column("message_id", sa.String(length=200), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "pending",
                "sending",
                "sent",
                "failed",
                "dropped",
                name="state",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("next_try_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("error", sa.String(length=300), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "(state = 'sent') = (sent_at IS NOT NULL)", name=op.f("ck_reminder_delivery_sent")
        ),
        sa.ForeignKeyConstraint(
            ["notification_id"],
            ["notification.id"],
            name=op.f("fk_reminder_delivery_notification_id_notification"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["urging_id"],
            ["urging.id"],
            name=op.f("fk_reminder_delivery_urging_id_urging"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["user_id"], ["user.id"], name=op.f("fk_reminder_delivery_user_id_user"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reminder_delivery")),
        sa.UniqueConstraint("key", name=op.f("uq_reminder_delivery_key")),
    )
    with op.batch_alter_table("reminder_delivery", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_reminder_delivery_state_next_try_at"), ["state", "next_try_at"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_reminder_delivery_notification_id"), ["notification_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_reminder_delivery_user_id_id"), ["user_id", "id"], unique=False)

    op.create_table(
        "reminder",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("task_id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column(
            "channel",
            sa.Enum("app", "mail", name="channel", native_enum=False, create_constraint=True, length=40),
            nullable=False,
        ),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("step", sa.Integer(), nullable=True),
        sa.Column("urging_id", sa.Integer(), nullable=True),
        sa.Column("delivery_id", sa.Integer(), nullable=False),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("promised_on", sa.Date(), nullable=True),
        sa.Column("answer", sa.String(length=300), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "answered_at IS NOT NULL OR (answer = '' AND promised_on IS NULL)",
            name=op.f("ck_reminder_answered"),
        ),
        sa.CheckConstraint("(urging_id IS NULL) = (step IS NOT NULL)", name=op.f("ck_reminder_step")),
        sa.ForeignKeyConstraint(
            ["delivery_id"],
            ["reminder_delivery.id"],
            name=op.f("fk_reminder_delivery_id_reminder_delivery"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["task_id"], ["task.id"], name=op.f("fk_reminder_task_id_task"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["urging_id"], ["urging.id"], name=op.f("fk_reminder_urging_id_urging"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["user_id"], ["user.id"], name=op.f("fk_reminder_user_id_user"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reminder")),
        sa.UniqueConstraint(
            "urging_id",
            "task_id",
            "user_id",
            "channel",
            name=op.f("uq_reminder_urging_id_task_id_user_id_channel"),
        ),
    )
    with op.batch_alter_table("reminder", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_reminder_delivery_id"), ["delivery_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_reminder_user_id_task_id"), ["user_id", "task_id"], unique=False)
        batch_op.create_index(
            "uq_reminder_step",
            ["task_id", "due_on", "step", "user_id", "channel"],
            unique=True,
            sqlite_where=sa.text("urging_id IS NULL"),
            postgresql_where=sa.text("urging_id IS NULL"),
        )

    rules = sa.table(
        "reminder_rule",
        sa.column("timing", sa.String),
        sa.column("days", sa.Integer),
        sa.column("every", sa.Integer),
        sa.column("audience", sa.String),
        sa.column("valid_from", sa.Date),
    )
    op.bulk_insert(
        rules,
        [
            {"timing": timing, "days": days, "every": every, "audience": audience, "valid_from": LONG_AGO}
            for timing, days, every, audience in RULES
        ],
    )


def downgrade() -> None:
    with op.batch_alter_table("reminder", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_reminder_step",
            sqlite_where=sa.text("urging_id IS NULL"),
            postgresql_where=sa.text("urging_id IS NULL"),
        )
        batch_op.drop_index(batch_op.f("ix_reminder_user_id_task_id"))
        batch_op.drop_index(batch_op.f("ix_reminder_delivery_id"))

    op.drop_table("reminder")
    with op.batch_alter_table("reminder_delivery", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_reminder_delivery_user_id_id"))
        batch_op.drop_index(batch_op.f("ix_reminder_delivery_notification_id"))
        batch_op.drop_index(batch_op.f("ix_reminder_delivery_state_next_try_at"))

    op.drop_table("reminder_delivery")
    with op.batch_alter_table("urging", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_urging_unit_id_day_on",
            sqlite_where=sa.text("NOT is_again"),
            postgresql_where=sa.text("NOT is_again"),
        )
        batch_op.drop_index(batch_op.f("ix_urging_unit_id_id"))

    op.drop_table("urging")
    op.drop_table("mail_choice")
    op.drop_table("calendar_address")
    op.drop_table("reminder_run")
    op.drop_table("reminder_rule")
