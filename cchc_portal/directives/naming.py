"""Which of our units a letter means by its words."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from cchc_portal.accounts.models import Unit, UnitFunction
from cchc_portal.core.text import fold_name

_BRACKETS = re.compile(r"\(([^()]*)\)")
_RANK = re.compile(
    r"^(?:(?:dong chi )?(?:pho )?(?:truong(?: ban| phong| bo phan)?|chanh|giam doc|lanh dao)|bo phan|cong chuc|can bo|phong|ban)? ?"
)
_PLACE = re.compile(r" (?:thuoc )?(?:ubnd )?(?:phuong|xa|thi tran)$")
_ALL_UNITS = re.compile(r"(?:cac|toan bo cac) (?:bo phan|phong|ban|don vi|co quan|nganh)")
_EVERYBODY = re.compile(r"(?:toan the )?(?:cac )?(?:can bo|cong chuc|nguoi lao dong)(?: |$)")


@dataclass(frozen=True)
class Meaning:
    """What words mean: one unit, perhaps a function inside it; or all units; or everybody."""

    unit: Unit | None = None
    function: UnitFunction | None = None
    to_all_units: bool = False
    to_everybody: bool = False


def meant(words: str, units: Sequence[Unit]) -> Meaning:
    """Return whom a letter means; nothing where its words name nobody of ours.

    Args:
        words: "Văn hóa - Xã hội (phụ trách Văn hóa thông tin)", "Các bộ phận chuyên môn" …
        units: the units that existed when the letter was written.
    """
    name = fold_name(_BRACKETS.sub("", words))
    unit = next((unit for spelling in _spellings(name) for unit in units if spelling in unit.names), None)
    if unit:
        return Meaning(unit=unit, function=_function(unit, words))
    if _ALL_UNITS.match(name):
        return Meaning(to_all_units=True)
    return Meaning(to_everybody=bool(_EVERYBODY.match(name)))


def names_of(units: Iterable[Unit]) -> frozenset[str]:
    """Return everything the units are called, for the reader."""
    return frozenset(name for unit in units for name in unit.names)


def _spellings(name: str) -> list[str]:
    """Return the name, and it without the ward behind it and the rank before it."""
    short = _PLACE.sub("", name)
    return [name, short, _RANK.sub("", short, count=1)]


def _function(unit: Unit, words: str) -> UnitFunction | None:
    inside = " ".join(fold_name(part) for part in _BRACKETS.findall(words))
    return next(
        (one for one in unit.functions for name in (one.name, *one.aliases) if fold_name(name) in inside),
        None,
    )
