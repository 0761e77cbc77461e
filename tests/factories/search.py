"""Rows of the search's own tables."""

from itertools import count

from cchc_portal.core.db import db
from cchc_portal.search.analysis import Dictionary, column_text
from cchc_portal.search.synonyms.models import Synonym

_numbers = count()


def make_synonym(*phrases: str) -> Synonym:
    """Make words that mean the same, others each time unless told."""
    number = next(_numbers)
    said = list(phrases) or [f"VT{number}", f"viết tắt {number}"]
    synonym = Synonym(phrases=said, folded=column_text(said, Dictionary()))
    db.session.add(synonym)
    db.session.commit()
    return synonym
