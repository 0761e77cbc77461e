"""Other ways to ask: abbreviations in full, and Telex typed while the keyboard was not listening."""

import re
from collections.abc import Sequence

from cchc_portal.search.analysis.dictionary import Dictionary
from cchc_portal.search.analysis.words import Word

# What Telex makes of keys: doubled letters and w give hats and horns, s f r x j give tones.
_HATS = re.compile(r"([aeod])\1")
_TONE = re.compile(r"(?<=[aeiouy])([a-z]*?)[sfrxj](?=[a-z]*$)")
_VOWEL = re.compile(r"[aeiouy]")
_TYPED = re.compile(r"[a-z]+")


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


def untelexed(text: str) -> str:
    """Return what was meant by Telex keys, without diacritics, as the search needs it.

    >>> untelexed("cair cachs hanhf chinhs"), untelexed("ddoon ddoocs truwowngf"), untelexed("zalo")
    ('cai cach hanh chinh', 'don doc truong', 'zalo')
    """
    return _TYPED.sub(lambda match: _untelexed(match.group()), text.lower())


def _untelexed(word: str) -> str:
    if not _VOWEL.search(word):
        return word
    plain = _HATS.sub(r"\1", word.replace("w", ""))
    return _TONE.sub(r"\1", plain)
