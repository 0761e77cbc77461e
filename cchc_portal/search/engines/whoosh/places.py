"""What documents are ranked by, and where one stands among all; for both kinds of leaves."""

from collections.abc import Sequence
from dataclasses import dataclass

from cchc_portal.search.engines import Term

K1, B = 1.2, 0.75  # BM25 as the package has it

Place = tuple[float, int, float]  # rank, stamp, document; the higher comes first


@dataclass(frozen=True, slots=True)
class Ranking:
    """What documents are ranked by.

    Args:
        column: the stamp or a figure; "" for the words.
        weights: term, its rarity times its importance, mean length of its field.
        lesser: documents whose words count half, as a set.
    """

    column: str = ""
    weights: Sequence[tuple[Term, float, float]] = ()
    lesser: int = 0
