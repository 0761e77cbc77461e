"""The register of letters: both ways, book of arrivals, chain, files, versions, receipts."""

from datetime import date

import sqlalchemy as sa
from alembic import op

from cchc_portal.directives.models.keys import code_key, issuer_key, searched, text_key

revision = "0014"
down_revision = "0013"
SHORTER = {"number": (20, 11), "signer_position": (120, 100), "signer_name": (60, 50)}
CHECKS = {
    "closed": "(state = 'closed') = (closed_at IS NOT NULL)",
    "arrival": "direction = 'incoming' OR (arrival_number IS NULL AND arrival_on IS NULL)",
    "arrival_day": "(arrival_number IS NULL) OR (arrival_on IS NOT NULL)",
    "priority": "priority BETWEEN 0 AND 3",
}

FILLED = (
    "direction",
    "close_reason",
    "to_places",
    "priority",
    "file_notation",
    "language",
    "description",
    "code_key",
    "issuer_key",
    "text_key",
    "searched",
    "registered_on",
)
LETTER = sa.table(
    "directive",
    *(sa.column(name, sa.Integer) for name in ("id", "day", "month", "year")),
    *(sa.column(name, sa.String) for name in ("number", "symbol", "issuer", "subject", "text")),
    *(sa.column(name, sa.String) for name in ("code_key", "issuer_key", "text_key", "searched")),
    *(sa.column(name, sa.Date) for name in ("issued_on", "registered_on")),
    sa.column("created_at", sa.DateTime),
)
CITATION = sa.table(
    "citation", sa.column("id", sa.Integer), sa.column("number", sa.String), sa.column("key", sa.String)
)


def upgrade() -> None:
    _shorten()
    op.create_table(
        "arrival_counter",
        sa.Column("year", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("last", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("year", name=op.f("pk_arrival_counter")),
    )
    op.create_table(
        "addressed_unit",
        sa.Column("directive_id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["directive_id"],
            ["directive.id"],
            name=op.f("fk_addressed_unit_directive_id_directive"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_addressed_unit_unit_id_unit")),
        sa.PrimaryKeyConstraint("directive_id", "unit_id", name=op.f("pk_addressed_unit")),
    )
    with op.batch_alter_table("addressed_unit", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_addressed_unit_unit_id"), ["unit_id"], unique=False)

    op.create_table(
        "directive_file",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("directive_id", sa.Integer(), nullable=False),
        sa.Column("file_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=255), nullable=False),
        sa.Column("added_by_id", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("deleted_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["added_by_id"], ["user.id"], name=op.f("fk_directive_file_added_by_id_user")
        ),
        sa.ForeignKeyConstraint(
            ["directive_id"],
            ["directive.id"],
            name=op.f("fk_directive_file_directive_id_directive"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["file_id"], ["stored_file.id"], name=op.f("fk_directive_file_file_id_stored_file")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_directive_file")),
    )
    with op.batch_alter_table("directive_file", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_directive_file_directive_id"), ["directive_id"], unique=False)

    op.create_table(
        "directive_version",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("directive_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.Column("reason", sa.String(length=500), nullable=False),
        sa.Column("made_by_id", sa.Integer(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["directive_id"],
            ["directive.id"],
            name=op.f("fk_directive_version_directive_id_directive"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["made_by_id"], ["user.id"], name=op.f("fk_directive_version_made_by_id_user")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_directive_version")),
        sa.UniqueConstraint("directive_id", "number", name=op.f("uq_directive_version_directive_id_number")),
    )
    op.create_table(
        "receipt",
        sa.Column("directive_id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["directive_id"],
            ["directive.id"],
            name=op.f("fk_receipt_directive_id_directive"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_receipt_unit_id_unit")),
        sa.ForeignKeyConstraint(["user_id"], ["user.id"], name=op.f("fk_receipt_user_id_user")),
        sa.PrimaryKeyConstraint("directive_id", "user_id", name=op.f("pk_receipt")),
    )
    with op.batch_alter_table("receipt", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_receipt_user_id"), ["user_id"], unique=False)

    with op.batch_alter_table("citation", schema=None) as batch_op:
        batch_op.add_column(sa.Column("key", sa.String(length=80), nullable=False, server_default=""))
        batch_op.add_column(sa.Column("cited_id", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("is_parted", sa.Boolean(), nullable=False, server_default=sa.false()))
        batch_op.add_column(sa.Column("added_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("added_by_id", sa.Integer(), nullable=True))
        batch_op.create_index(batch_op.f("ix_citation_cited_id"), ["cited_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_citation_key"), ["key"], unique=False)
        batch_op.create_foreign_key(
            batch_op.f("fk_citation_added_by_id_user"), "user", ["added_by_id"], ["id"]
        )
        batch_op.create_foreign_key(
            batch_op.f("fk_citation_cited_id_directive"), "directive", ["cited_id"], ["id"]
        )

    with op.batch_alter_table("directive", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column(
                "direction",
                sa.Enum(
                    "incoming",
                    "outgoing",
                    name="direction",
                    native_enum=False,
                    create_constraint=True,
                    length=40,
                ),
                nullable=False,
                server_default="incoming",
            )
        )
        batch_op.add_column(sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("closed_by_id", sa.Integer(), nullable=True))
        batch_op.add_column(
            sa.Column("close_reason", sa.String(length=500), nullable=False, server_default="")
        )
        batch_op.add_column(sa.Column("arrival_number", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("arrival_on", sa.Date(), nullable=True))
        batch_op.add_column(sa.Column("to_places", sa.String(length=1000), nullable=False, server_default=""))
        batch_op.add_column(sa.Column("due_on", sa.Date(), nullable=True))
        batch_op.add_column(sa.Column("priority", sa.Integer(), nullable=False, server_default="0"))
        batch_op.add_column(sa.Column("page_amount", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("issued_amount", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("file_catalog", sa.Integer(), nullable=True))
        batch_op.add_column(
            sa.Column("file_notation", sa.String(length=20), nullable=False, server_default="")
        )
        batch_op.add_column(sa.Column("doc_ordinal", sa.Integer(), nullable=True))
        batch_op.add_column(
            sa.Column("language", sa.String(length=30), nullable=False, server_default="Tiếng Việt")
        )
        batch_op.add_column(
            sa.Column("description", sa.String(length=500), nullable=False, server_default="")
        )
        batch_op.add_column(sa.Column("code_key", sa.String(length=80), nullable=False, server_default=""))
        batch_op.add_column(sa.Column("issuer_key", sa.String(length=400), nullable=False, server_default=""))
        batch_op.add_column(sa.Column("text_key", sa.String(length=64), nullable=False, server_default=""))
        batch_op.add_column(sa.Column("searched", sa.Text(), nullable=False, server_default=""))
        batch_op.add_column(sa.Column("issued_on", sa.Date(), nullable=True))
        batch_op.add_column(sa.Column("arrival_year", sa.Integer(), nullable=True))
        batch_op.add_column(
            sa.Column("registered_on", sa.Date(), nullable=False, server_default="1945-09-02")
        )
        batch_op.create_index("ix_directive_arrival", ["arrival_year", "arrival_number"], unique=True)
        batch_op.create_index(batch_op.f("ix_directive_code_key"), ["code_key"], unique=False)
        batch_op.create_index("ix_directive_register", ["registered_on", "id"], unique=False)
        batch_op.create_index(batch_op.f("ix_directive_text_key"), ["text_key"], unique=False)
        batch_op.create_foreign_key(
            batch_op.f("fk_directive_closed_by_id_user"), "user", ["closed_by_id"], ["id"]
        )
    _fill()
    with op.batch_alter_table("citation", schema=None) as batch_op:
        for name in ("key", "is_parted"):
            batch_op.alter_column(name, server_default=None)
    with op.batch_alter_table("directive", schema=None) as batch_op:
        for name in FILLED:
            batch_op.alter_column(name, server_default=None)
        for name, (_before, after) in SHORTER.items():
            batch_op.alter_column(name, type_=sa.String(length=after), existing_nullable=False)
        for name, condition in CHECKS.items():
            batch_op.create_check_constraint(op.f(f"ck_directive_{name}"), condition)


def downgrade() -> None:
    with op.batch_alter_table("directive", schema=None) as batch_op:
        for name in (*CHECKS, "direction"):
            batch_op.drop_constraint(op.f(f"ck_directive_{name}"), type_="check")
        for name, (before, _after) in SHORTER.items():
            batch_op.alter_column(name, type_=sa.String(length=before), existing_nullable=False)
        batch_op.drop_constraint(batch_op.f("fk_directive_closed_by_id_user"), type_="foreignkey")
        batch_op.drop_index(batch_op.f("ix_directive_text_key"))
        batch_op.drop_index("ix_directive_register")
        batch_op.drop_index(batch_op.f("ix_directive_code_key"))
        batch_op.drop_index("ix_directive_arrival")
        batch_op.drop_column("registered_on")
        batch_op.drop_column("arrival_year")
        batch_op.drop_column("issued_on")
        batch_op.drop_column("searched")
        batch_op.drop_column("text_key")
        batch_op.drop_column("issuer_key")
        batch_op.drop_column("code_key")
        batch_op.drop_column("description")
        batch_op.drop_column("language")
        batch_op.drop_column("doc_ordinal")
        batch_op.drop_column("file_notation")
        batch_op.drop_column("file_catalog")
        batch_op.drop_column("issued_amount")
        batch_op.drop_column("page_amount")
        batch_op.drop_column("priority")
        batch_op.drop_column("due_on")
        batch_op.drop_column("to_places")
        batch_op.drop_column("arrival_on")
        batch_op.drop_column("arrival_number")
        batch_op.drop_column("close_reason")
        batch_op.drop_column("closed_by_id")
        batch_op.drop_column("closed_at")
        batch_op.drop_column("direction")

    with op.batch_alter_table("citation", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("fk_citation_cited_id_directive"), type_="foreignkey")
        batch_op.drop_constraint(batch_op.f("fk_citation_added_by_id_user"), type_="foreignkey")
        batch_op.drop_index(batch_op.f("ix_citation_key"))
        batch_op.drop_index(batch_op.f("ix_citation_cited_id"))
        batch_op.drop_column("added_by_id")
        batch_op.drop_column("added_at")
        batch_op.drop_column("is_parted")
        batch_op.drop_column("cited_id")
        batch_op.drop_column("key")

    with op.batch_alter_table("receipt", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_receipt_user_id"))

    op.drop_table("receipt")
    op.drop_table("directive_version")
    with op.batch_alter_table("directive_file", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_directive_file_directive_id"))

    op.drop_table("directive_file")
    with op.batch_alter_table("addressed_unit", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_addressed_unit_unit_id"))

    op.drop_table("addressed_unit")
    op.drop_table("arrival_counter")


def _shorten() -> None:
    """Cut what is longer than NĐ 30/2020 allows; servers refuse it otherwise."""
    for name, (_before, after) in SHORTER.items():
        op.execute(f"UPDATE directive SET {name} = substr({name}, 1, {after})")  # noqa: S608  our own names


def _fill() -> None:
    """Write what letters and citations are found by, and to whom issued letters are addressed."""
    link = op.get_bind()
    op.execute("UPDATE directive SET closed_at = issued_at WHERE state = 'closed'")
    for (letter_id,) in link.execute(sa.select(LETTER.c.id).order_by(LETTER.c.id)).all():
        row = link.execute(sa.select(LETTER).where(LETTER.c.id == letter_id)).one()
        link.execute(LETTER.update().where(LETTER.c.id == letter_id).values(**_keys(row)))
    for citation_id, number in link.execute(sa.select(CITATION.c.id, CITATION.c.number)).all():
        link.execute(CITATION.update().where(CITATION.c.id == citation_id).values(key=code_key(number)[:80]))
    op.execute(
        """
        INSERT INTO addressed_unit (directive_id, unit_id)
        SELECT DISTINCT directive_item.directive_id, unit.id
        FROM assignment
        JOIN directive_item ON directive_item.id = assignment.item_id
        JOIN directive ON directive.id = directive_item.directive_id AND directive.state <> 'draft'
        JOIN unit ON unit.id = assignment.unit_id OR (
            unit.valid_to IS NULL
            AND (assignment.to_everybody OR (assignment.to_all_units AND unit.takes_part))
        )
        """
    )


def _keys(row: sa.Row[tuple[object, ...]]) -> dict[str, object]:
    is_of_the_party = "/" in row.symbol and not row.symbol[0].isdigit()
    code = f"{row.number or '…'}{'-' if is_of_the_party else '/'}{row.symbol}" if row.symbol else row.number
    key, issuer = code_key(code)[:80], issuer_key(row.issuer)[:400]
    issued_on = _day(row)
    return {
        "code_key": key,
        "issuer_key": issuer,
        "text_key": text_key(row.text),
        "searched": searched(key, row.subject, issuer, row.issuer, row.text),
        "issued_on": issued_on,
        "registered_on": issued_on or row.created_at.date(),
    }


def _day(row: sa.Row[tuple[object, ...]]) -> date | None:
    try:
        return date(row.year, row.month or 1, row.day or 1) if row.year else None
    except ValueError:
        return None
