"""What Vietnamese text means to a search: words, equivalents, queries, highlighting.

Pure functions over strings; nothing here knows the database, the engine or the web.
"""

from cchc_portal.search.analysis.dictionary import Dictionary
from cchc_portal.search.analysis.fields import Fields, analyse, column_text
from cchc_portal.search.analysis.grammar import Operator, Phrase, Run, Terms, parse, tidied
from cchc_portal.search.analysis.highlight import Piece, Shared, Wanted, marks, snippet
from cchc_portal.search.analysis.wordings import spelled_out
from cchc_portal.search.analysis.words import Word, numbers, words

# Raise it whenever the same text gives other terms than before: indexes built with another
# version are rebuilt.
VERSION = 1

__all__ = [
    "VERSION",
    "Dictionary",
    "Fields",
    "Operator",
    "Phrase",
    "Piece",
    "Run",
    "Shared",
    "Terms",
    "Wanted",
    "Word",
    "analyse",
    "column_text",
    "marks",
    "numbers",
    "parse",
    "snippet",
    "spelled_out",
    "tidied",
    "words",
]
