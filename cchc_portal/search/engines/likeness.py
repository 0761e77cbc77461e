"""How alike two texts are, the same for every engine."""

import math
from collections import Counter
from collections.abc import Mapping, Sequence

from cchc_portal.search.engines.plan import MOST_PAIRS


def rarest(pairs: Sequence[str], frequencies: Mapping[str, int], *, size: int) -> dict[str, float]:
    """Return the pairs of words by which texts are told apart, with their weights.

    They are the 25 of the text with the highest tf·idf among those that stand anywhere at all. What
    holds all of them has the share of the text's pairs that are known: who writes what nobody has
    written before is never told that all of it exists already. So the percentage that people are
    shown says how much of what the text says stands in the other one too, the rarer pairs counting
    for more; 100 % means that each pair of neighbouring words does.

    Args:
        pairs: neighbouring words of the text, as often as they stand in it.
        frequencies: pair -> how many things the person may see hold it.
        size: how many things the person may see.

    >>> rarest(["a_b", "b_c", "c_d", "d_e"], {"a_b": 1, "b_c": 1, "c_d": 0}, size=9)
    {'a_b': 0.25, 'b_c': 0.25}
    """
    counts = Counter(pairs)
    known = {pair: number for pair, number in counts.items() if frequencies.get(pair)}
    worth = {
        pair: (1 + math.log(number)) * math.log(1 + size / frequencies[pair])
        for pair, number in known.items()
    }
    chosen = sorted(worth.items(), key=lambda item: (-item[1], item[0]))[:MOST_PAIRS]
    whole = sum(weight for _, weight in chosen)
    share = len(known) / len(counts) if counts else 0
    return {pair: share * weight / whole for pair, weight in chosen} if whole else {}
