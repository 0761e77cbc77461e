"""Link what older letters cite to the letters of the register, which only later ones did by themselves.

Revision ID: 0018
Revises: 0017
"""

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None

CITATION = sa.table("citation", *(sa.column(name) for name in ("id", "directive_id", "key", "cited_id")))
FIND = sa.text(
    """
    SELECT citation.id, min(directive.id)
    FROM citation
    JOIN directive ON directive.code_key = citation.key AND directive.issued_on = citation.issued_on
    WHERE citation.cited_id IS NULL AND NOT citation.is_parted AND citation.key <> ''
        AND directive.id <> citation.directive_id AND directive.number <> '' AND directive.state <> 'draft'
        AND directive.deleted_at IS NULL AND directive.day IS NOT NULL AND directive.month IS NOT NULL
    GROUP BY citation.id
    HAVING count(*) = 1
    """
)


def upgrade() -> None:
    """Link where number, symbol and day are the same and only one letter has them."""
    link = op.get_bind()
    for citation_id, letter_id in link.execute(FIND).all():
        link.execute(CITATION.update().where(CITATION.c.id == citation_id).values(cited_id=letter_id))


def downgrade() -> None:
    """Leave the links: they are those that people would have made."""
