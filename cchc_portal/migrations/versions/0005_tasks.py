"""Tasks with notes, evidence and extensions; what items say of duties that return and of products."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    op.create_table(
        "task",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("item_id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("function_id", sa.Integer(), nullable=True),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column(
            "part",
            sa.Enum("lead", "support", name="part", native_enum=False, create_constraint=True, length=40),
            nullable=False,
        ),
        sa.Column(
            "state",
            sa.Enum(
                "not_started",
                "in_progress",
                "reported",
                "verified",
                "done",
                "cancelled",
                name="state",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("is_for_everybody", sa.Boolean(), nullable=False),
        sa.Column("is_backlog", sa.Boolean(), nullable=False),
        sa.Column("serves_citizens", sa.Boolean(), nullable=False),
        sa.Column("deliverable", sa.String(length=500), nullable=False),
        sa.Column("deadline_operator", sa.String(length=40), nullable=False),
        sa.Column("deadline_on", sa.Date(), nullable=True),
        sa.Column("deadline_words", sa.String(length=200), nullable=False),
        sa.Column(
            "deadline_source",
            sa.Enum(
                "letter", "internal", name="source", native_enum=False, create_constraint=True, length=40
            ),
            nullable=True,
        ),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column(
            "recurrence",
            sa.Enum(
                "weekly",
                "monthly",
                "quarterly",
                "half_yearly",
                "yearly",
                name="recurrence",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column("recurrence_day", sa.Integer(), nullable=True),
        sa.Column("period", sa.String(length=10), nullable=False),
        sa.Column("percent", sa.Integer(), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("reported_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("verified_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("verified_by_id", sa.Integer(), nullable=True),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("state_changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("answer_code", sa.String(length=60), nullable=False),
        sa.Column("remark", sa.String(length=500), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "state NOT IN ('reported', 'verified', 'done') OR reported_at IS NOT NULL",
            name=op.f("ck_task_reported"),
        ),
        sa.CheckConstraint("(deadline_on IS NULL) = (due_on IS NULL)", name=op.f("ck_task_due")),
        sa.CheckConstraint(
            "(due_on IS NULL) OR (deadline_source IS NOT NULL)", name=op.f("ck_task_deadline_source")
        ),
        sa.CheckConstraint("(verified_at IS NULL) = (verified_by_id IS NULL)", name=op.f("ck_task_verified")),
        sa.CheckConstraint("percent BETWEEN 0 AND 100", name=op.f("ck_task_percent")),
        sa.ForeignKeyConstraint(
            ["function_id"], ["unit_function.id"], name=op.f("fk_task_function_id_unit_function")
        ),
        sa.ForeignKeyConstraint(
            ["item_id"], ["directive_item.id"], name=op.f("fk_task_item_id_directive_item")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["user.id"], name=op.f("fk_task_person_id_user")),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_task_unit_id_unit")),
        sa.ForeignKeyConstraint(["verified_by_id"], ["user.id"], name=op.f("fk_task_verified_by_id_user")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_task")),
        sa.UniqueConstraint("item_id", "unit_id", "period", name=op.f("uq_task_item_id_unit_id_period")),
    )
    with op.batch_alter_table("task", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_task_person_id"), ["person_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_task_state_due_on"), ["state", "due_on"], unique=False)
        batch_op.create_index(batch_op.f("ix_task_unit_id_state"), ["unit_id", "state"], unique=False)

    op.create_table(
        "task_extension",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("task_id", sa.Integer(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "asked",
                "granted",
                "refused",
                name="state",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("former_on", sa.Date(), nullable=True),
        sa.Column("wanted_on", sa.Date(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("asked_by_id", sa.Integer(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("decided_by_id", sa.Integer(), nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.CheckConstraint(
            "(state = 'asked') = (decided_at IS NULL)", name=op.f("ck_task_extension_decided")
        ),
        sa.CheckConstraint(
            "(decided_at IS NULL) = (decided_by_id IS NULL)", name=op.f("ck_task_extension_decider")
        ),
        sa.ForeignKeyConstraint(
            ["asked_by_id"], ["user.id"], name=op.f("fk_task_extension_asked_by_id_user")
        ),
        sa.ForeignKeyConstraint(
            ["decided_by_id"], ["user.id"], name=op.f("fk_task_extension_decided_by_id_user")
        ),
        sa.ForeignKeyConstraint(
            ["task_id"], ["task.id"], name=op.f("fk_task_extension_task_id_task"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_task_extension")),
    )
    with op.batch_alter_table("task_extension", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_task_extension_task_id"), ["task_id"], unique=False)
        batch_op.create_index(
            "uq_task_extension_asked",
            ["task_id"],
            unique=True,
            sqlite_where=sa.text("state = 'asked'"),
            postgresql_where=sa.text("state = 'asked'"),
        )

    op.create_table(
        "task_note",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("task_id", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "progress",
                "report",
                "return",
                "verification",
                "completion",
                "cancellation",
                name="kind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("percent", sa.Integer(), nullable=True),
        sa.Column("author_id", sa.Integer(), nullable=False),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["author_id"], ["user.id"], name=op.f("fk_task_note_author_id_user")),
        sa.ForeignKeyConstraint(
            ["task_id"], ["task.id"], name=op.f("fk_task_note_task_id_task"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_task_note")),
    )
    with op.batch_alter_table("task_note", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_task_note_task_id"), ["task_id"], unique=False)

    op.create_table(
        "task_evidence",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("note_id", sa.Integer(), nullable=False),
        sa.Column("file_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=255), nullable=False),
        sa.ForeignKeyConstraint(
            ["file_id"], ["stored_file.id"], name=op.f("fk_task_evidence_file_id_stored_file")
        ),
        sa.ForeignKeyConstraint(
            ["note_id"], ["task_note.id"], name=op.f("fk_task_evidence_note_id_task_note"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_task_evidence")),
    )
    with op.batch_alter_table("task_evidence", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_task_evidence_note_id"), ["note_id"], unique=False)

    with op.batch_alter_table("directive_item", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column(
                "recurrence",
                sa.Enum(
                    "weekly",
                    "monthly",
                    "quarterly",
                    "half_yearly",
                    "yearly",
                    name="recurrence",
                    native_enum=False,
                    create_constraint=True,
                    length=40,
                ),
                nullable=True,
            )
        )
        batch_op.add_column(sa.Column("recurrence_day", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("within_days", sa.Integer(), nullable=True))
        batch_op.add_column(
            sa.Column("within_working", sa.Boolean(), nullable=False, server_default=sa.false())
        )
        batch_op.add_column(
            sa.Column("deliverable", sa.String(length=500), nullable=False, server_default="")
        )
    with op.batch_alter_table("directive_item", schema=None) as batch_op:
        batch_op.alter_column("within_working", server_default=None)
        batch_op.alter_column("deliverable", server_default=None)


def downgrade() -> None:
    with op.batch_alter_table("directive_item", schema=None) as batch_op:
        batch_op.drop_column("deliverable")
        batch_op.drop_column("within_working")
        batch_op.drop_column("within_days")
        batch_op.drop_column("recurrence_day")
        batch_op.drop_constraint(op.f("ck_directive_item_recurrence"), type_="check")
        batch_op.drop_column("recurrence")

    with op.batch_alter_table("task_evidence", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_task_evidence_note_id"))

    op.drop_table("task_evidence")
    with op.batch_alter_table("task_note", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_task_note_task_id"))

    op.drop_table("task_note")
    with op.batch_alter_table("task_extension", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_task_extension_asked",
            sqlite_where=sa.text("state = 'asked'"),
            postgresql_where=sa.text("state = 'asked'"),
        )
        batch_op.drop_index(batch_op.f("ix_task_extension_task_id"))

    op.drop_table("task_extension")
    with op.batch_alter_table("task", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_task_unit_id_state"))
        batch_op.drop_index(batch_op.f("ix_task_state_due_on"))
        batch_op.drop_index(batch_op.f("ix_task_person_id"))

    op.drop_table("task")
