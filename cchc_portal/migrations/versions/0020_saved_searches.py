"""Searches under a name, and who is told when something new matches."""

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"


def upgrade() -> None:
    op.create_table(
        "saved_search",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("owner_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("name_folded", sa.String(length=160), nullable=False),
        sa.Column("address", sa.String(length=2000), nullable=False),
        sa.Column(
            "sharing",
            sa.Enum(
                "private",
                "unit",
                "everybody",
                name="sharing",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("unit_id", sa.Integer(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "(sharing = 'unit') = (unit_id IS NOT NULL)", name=op.f("ck_saved_search_of_unit")
        ),
        sa.ForeignKeyConstraint(
            ["owner_id"], ["user.id"], name=op.f("fk_saved_search_owner_id_user"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_saved_search_unit_id_unit")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_saved_search")),
        sa.UniqueConstraint("owner_id", "name_folded", name=op.f("uq_saved_search_owner_id_name_folded")),
    )
    with op.batch_alter_table("saved_search") as batch:
        batch.create_index(batch.f("ix_saved_search_unit_id"), ["unit_id"])
    op.create_table(
        "search_alert",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("search_id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("known", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("waiting", sa.Integer(), nullable=False),
        sa.Column("told_on", sa.Date(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["search_id"],
            ["saved_search.id"],
            name=op.f("fk_search_alert_search_id_saved_search"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["user_id"], ["user.id"], name=op.f("fk_search_alert_user_id_user"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_search_alert")),
        sa.UniqueConstraint("search_id", "user_id", name=op.f("uq_search_alert_search_id_user_id")),
    )
    with op.batch_alter_table("search_alert") as batch:
        batch.create_index(batch.f("ix_search_alert_user_id"), ["user_id"])


def downgrade() -> None:
    op.drop_table("search_alert")
    op.drop_table("saved_search")
