"""Public holidays of 2023-2026 and the Saturdays worked instead.

The days are those of Bộ luật Lao động 2019, Điều 112, with the compensation of Điều 111 khoản 3 and the
yearly notices. Rows whose notice was not at hand when this was written are marked as not checked, for the
Office to compare and correct at /holidays.
"""

from collections.abc import Iterator
from datetime import date, timedelta

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"

LAW = "Bộ luật Lao động 2019, Điều 112"
MADE_UP = "Bộ luật Lao động 2019, Điều 111 khoản 3 (nghỉ bù)"
NOTICE_2023 = "Thông báo 5034/TB-LĐTBXH ngày 07/12/2022"
SWAP_2024 = "Công văn 2450/VPCP-KGVX ngày 12/4/2024"
YEARLY = "thông báo nghỉ lễ, Tết năm"
NEW_YEAR, TET, KINGS = "Tết Dương lịch", "Tết Nguyên đán", "Giỗ Tổ Hùng Vương (10/3 âm lịch)"
VICTORY, LABOUR, NATIONAL = "Ngày Chiến thắng", "Ngày Quốc tế lao động", "Quốc khánh"

# first day, days, kind, name, source, whether it was held against the law or the notice
BREAKS = (
    ("2023-01-01", 1, "off", NEW_YEAR, LAW, True),
    ("2023-01-02", 1, "off", f"{NEW_YEAR} (nghỉ bù)", MADE_UP, True),
    ("2023-01-20", 7, "off", TET, NOTICE_2023, True),
    ("2023-04-29", 1, "off", KINGS, LAW, True),
    ("2023-04-30", 1, "off", VICTORY, LAW, True),
    ("2023-05-01", 1, "off", LABOUR, LAW, True),
    ("2023-05-02", 2, "off", "Nghỉ bù Giỗ Tổ và 30/4", MADE_UP, True),
    ("2023-09-01", 4, "off", NATIONAL, NOTICE_2023, True),
    ("2024-01-01", 1, "off", NEW_YEAR, LAW, True),
    ("2024-02-08", 7, "off", TET, f"{LAW}; {YEARLY} 2024", True),
    ("2024-04-18", 1, "off", KINGS, LAW, True),
    ("2024-04-29", 1, "off", "Nghỉ hoán đổi dịp 30/4", SWAP_2024, True),
    ("2024-04-30", 1, "off", VICTORY, LAW, True),
    ("2024-05-01", 1, "off", LABOUR, LAW, True),
    ("2024-05-04", 1, "worked", "Làm bù cho thứ Hai 29/4/2024", SWAP_2024, True),
    ("2024-08-31", 4, "off", NATIONAL, f"{LAW}; {YEARLY} 2024", True),
    ("2025-01-01", 1, "off", NEW_YEAR, LAW, True),
    ("2025-01-25", 9, "off", TET, f"{LAW}; {YEARLY} 2025", False),
    ("2025-04-07", 1, "off", KINGS, LAW, True),
    ("2025-04-26", 1, "worked", "Làm bù cho thứ Sáu 02/5/2025", f"{YEARLY} 2025", False),
    ("2025-04-30", 1, "off", VICTORY, LAW, True),
    ("2025-05-01", 1, "off", LABOUR, LAW, True),
    ("2025-05-02", 1, "off", "Nghỉ hoán đổi dịp 30/4", f"{YEARLY} 2025", False),
    ("2025-08-30", 4, "off", NATIONAL, f"{LAW}; {YEARLY} 2025", False),
    ("2026-01-01", 1, "off", NEW_YEAR, LAW, True),
    ("2026-01-02", 1, "off", "Nghỉ hoán đổi dịp Tết Dương lịch", f"{YEARLY} 2026", False),
    ("2026-01-10", 1, "worked", "Làm bù cho thứ Sáu 02/01/2026", f"{YEARLY} 2026", False),
    ("2026-02-14", 9, "off", TET, f"{LAW}; {YEARLY} 2026", True),
    ("2026-04-26", 1, "off", KINGS, LAW, True),
    ("2026-04-27", 1, "off", f"{KINGS} (nghỉ bù)", MADE_UP, True),
    ("2026-04-30", 1, "off", VICTORY, LAW, True),
    ("2026-05-01", 1, "off", LABOUR, LAW, True),
    ("2026-08-22", 1, "worked", "Làm bù cho thứ Hai 31/8/2026", f"{YEARLY} 2026", False),
    ("2026-08-31", 1, "off", "Nghỉ hoán đổi dịp Quốc khánh", f"{YEARLY} 2026", False),
    ("2026-09-01", 2, "off", NATIONAL, f"{LAW}; {YEARLY} 2026", False),
)


def upgrade() -> None:
    table = op.create_table(
        "holiday",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("day_on", sa.Date(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum("off", "worked", name="kind", native_enum=False, create_constraint=True, length=40),
            nullable=False,
        ),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("source", sa.String(length=300), nullable=False),
        sa.Column("is_checked", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_holiday")),
        sa.UniqueConstraint("day_on", name=op.f("uq_holiday_day_on")),
    )
    op.bulk_insert(table, list(_rows()))


def downgrade() -> None:
    op.drop_table("holiday")


def _rows() -> Iterator[dict[str, object]]:
    for first, days, kind, name, source, is_checked in BREAKS:
        for number in range(days):
            yield {
                "day_on": date.fromisoformat(first) + timedelta(days=number),
                "kind": kind,
                "name": name,
                "source": source[:1].upper() + source[1:],
                "is_checked": is_checked,
            }
