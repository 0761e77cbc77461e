"""Time limits that the law sets, with their source and the days between which they hold."""

from datetime import date

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    table = op.create_table(
        "time_limit",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=40), nullable=False),
        sa.Column("months", sa.Integer(), nullable=False),
        sa.Column("source", sa.String(length=200), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.CheckConstraint("valid_to IS NULL OR valid_to >= valid_from", name=op.f("ck_time_limit_period")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_time_limit")),
    )
    op.bulk_insert(
        table,
        [
            {
                "name": "request_recognition",
                "months": 12,
                "source": "Nghị định 13/2012/NĐ-CP, Điều 5 khoản 2",
                "valid_from": date(2012, 4, 15),
                "valid_to": None,
            },
        ],
    )


def downgrade() -> None:
    op.drop_table("time_limit")
