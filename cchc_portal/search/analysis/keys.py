"""Vietnamese typed while the keyboard was not listening: Telex and VNI keys become letters again."""

import re
import unicodedata

TELEX_TONES = dict(zip("sfrxj", "\u0301\u0300\u0309\u0303\u0323", strict=True))
VNI_TONES = dict(zip("12345", "\u0301\u0300\u0309\u0303\u0323", strict=True))
LONGEST_TYPED = 12

_HATS = {"a": "â", "e": "ê", "o": "ô"}
_HORNS = {"a": "ă", "o": "ơ", "u": "ư"}
_TYPED = re.compile(rf"[a-z][a-z1-9]{{1,{LONGEST_TYPED - 1}}}")
_VOWELS = "aăâeêioôơuưy"
_SYLLABLE = re.compile(
    r"(?P<head>b|ch?|d|đ|gi|gh?|h|kh?|l|m|ngh|ng|nh|n|ph?|qu|r|s|th|tr|t|v|x)??"
    rf"(?P<vowels>[{_VOWELS}]{{1,3}})"
    r"(?P<tail>ch|c|m|ng|nh|n|p|t)?",
)


def is_syllable(word: str) -> bool:
    """Say whether letters without tones could be a Vietnamese syllable.

    >>> is_syllable("truong"), is_syllable("fax"), is_syllable("hanhchinh")
    (True, False, False)
    """
    return _SYLLABLE.fullmatch(word) is not None


def decoded(typed: str) -> str:
    """Return the syllable that keys of Telex or VNI stand for; "" if they stand for none.

    Hats, horns and tones may be typed where they belong, later, or at the end.

    >>> decoded("hanhf"), decoded("dduowcj"), decoded("truongwf"), decoded("ca3i"), decoded("d9o61c")
    ('hành', 'được', 'trường', 'cải', 'đốc')
    >>> decoded("zalo"), decoded("cai"), decoded("60s")
    ('', '', '')
    """
    word = typed.lower()
    if not _TYPED.fullmatch(word):
        return ""
    keys = _Keys(VNI_TONES if any(char.isdigit() for char in word) else TELEX_TONES)
    for char in word:
        keys.press(char)
    return "" if not keys.is_used else keys.syllable()


class _Keys:
    """Letters as keys made them so far.

    Args:
        tones: key -> the mark it puts.
    """

    def __init__(self, tones: dict[str, str]) -> None:
        self._tones = tones
        self._is_telex = tones is TELEX_TONES
        self._letters: list[str] = []
        self._tone = ""
        self.is_used = False

    def press(self, key: str) -> None:
        """Take one key: it changes a letter before it, or is a letter itself."""
        is_mark = self._put_tone(key) or (self._telex(key) if self._is_telex else self._vni(key))
        self.is_used |= is_mark
        if not is_mark:
            self._letters.append(key)

    def syllable(self) -> str:
        """Return what was typed, its tone on the vowel that bears it; "" if that is no syllable."""
        word = "".join(self._letters)
        found = _SYLLABLE.fullmatch(word)
        if found is None:
            return ""
        place = found.start("vowels") + _bearer(found["vowels"], has_tail=bool(found["tail"]))
        return unicodedata.normalize("NFC", word[: place + 1] + self._tone + word[place + 1 :])

    def _put_tone(self, key: str) -> bool:
        if key not in self._tones or not any(letter in _VOWELS for letter in self._letters):
            return False
        self._tone = self._tones[key]
        return True

    def _telex(self, key: str) -> bool:
        if key == "w":
            return self._horn("uoa") or self._append("ư")
        if key == "d":
            return self._change("d", "đ")
        return key in _HATS and self._change(key, _HATS[key])

    def _vni(self, key: str) -> bool:
        if key == "6":
            return any(self._change(letter, _HATS[letter]) for letter in "oea")
        if key == "7":
            return self._horn("uo")
        return (key == "8" and self._change("a", "ă")) or (key == "9" and self._change("d", "đ"))

    def _horn(self, letters: str) -> bool:
        """Put the horn on u and o that stand together, or on the last letter that can have one."""
        word = "".join(self._letters)
        if (at := max(word.rfind("uo"), word.rfind("ưo"))) >= 0:
            self._letters[at : at + 2] = ["ư", "ơ"]
            return True
        last = next((letter for letter in reversed(word) if letter in letters), "")
        return bool(last) and self._change(last, _HORNS[last])

    def _change(self, letter: str, into: str) -> bool:
        if letter not in self._letters:
            return False
        at = len(self._letters) - 1 - self._letters[::-1].index(letter)
        self._letters[at] = into
        return True

    def _append(self, letter: str) -> bool:
        self._letters.append(letter)
        return True


def _bearer(vowels: str, *, has_tail: bool) -> int:
    """Return which of the vowels bears the tone: the last one with a hat, else by their number."""
    marked = [place for place, vowel in enumerate(vowels) if vowel in "ăâêôơư"]
    if marked:
        return marked[-1]
    return len(vowels) - 1 if has_tail else min(len(vowels) - 1, len(vowels) // 3)
