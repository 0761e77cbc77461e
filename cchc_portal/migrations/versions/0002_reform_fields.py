"""The contents of administrative reform 2021-2030 (Nghị quyết 76/NQ-CP, 15/7/2021)."""

from datetime import date

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"

FIELDS = {
    0: "Công tác chỉ đạo, điều hành cải cách hành chính",
    1: "Cải cách thể chế",
    2: "Cải cách thủ tục hành chính",
    3: "Cải cách tổ chức bộ máy hành chính nhà nước",
    4: "Cải cách chế độ công vụ",
    5: "Cải cách tài chính công",
    6: "Xây dựng và phát triển Chính phủ điện tử, Chính phủ số",
}
TABLE = sa.table(
    "reform_field",
    sa.column("code", sa.Integer),
    sa.column("name", sa.String),
    sa.column("valid_from", sa.Date),
)


def upgrade() -> None:
    since = date(2021, 7, 15)
    op.bulk_insert(
        TABLE, [{"code": code, "name": name, "valid_from": since} for code, name in FIELDS.items()]
    )


def downgrade() -> None:
    op.execute(TABLE.delete().where(TABLE.c.code.in_(list(FIELDS))))
