"""What an initiative says, as typed (drafts) and as understood (submission); pure functions.

A draft's content is a dict of strings, lists of strings and lists of rows, exactly as typed:

    kind, entry_mode, title, problem, solution, result, novelty, conditions, first_applied_on,
    source_name, source_link, source_contact, tags (words separated by commas), unit_id: str
    is_trial, is_breakthrough: bool
    fields: [code, …]
    authors: [{user_id, name, workplace, share}, …]
    figures: [{name, measure, before, after}, …]
    answers: [{item_id, sentence}, …]
"""

from cchc_portal.core.differences import Piece, differences
from cchc_portal.initiatives.content.checks import Check, completeness, gaps
from cchc_portal.initiatives.content.reading import TEXT_NAMES, Content, read
from cchc_portal.initiatives.content.warnings import warnings
from cchc_portal.initiatives.content.words import LABELS, LONGEST

__all__ = [
    "LABELS",
    "LONGEST",
    "TEXT_NAMES",
    "Check",
    "Content",
    "Piece",
    "completeness",
    "differences",
    "gaps",
    "read",
    "warnings",
]
