"""Other ways to ask: abbreviations in full."""

from collections.abc import Sequence

from cchc_portal.search.analysis.dictionary import Dictionary
from cchc_portal.search.analysis.words import Word


def spelled_out(run: Sequence[Word], dictionary: Dictionary) -> str:
    """Return words with every abbreviation in its longest form.

    The index files equivalents where the very phrase stands; spelled out, its words may stand apart.

    >>> from cchc_portal.search.analysis.words import words
    >>> spelled_out(words("KSHL mã QR"), Dictionary([["KSHL", "khảo sát hài lòng"]]))
    'khảo sát hài lòng mã QR'
    """
    full = {
        found.start: max(found.others, key=len)
        for found in dictionary.within(run)
        if found.end == found.start + 1 and found.others
    }
    chosen = (full.get(place, (word,)) for place, word in enumerate(run))
    return " ".join(word.surface for words in chosen for word in words)
