"""Large parts of the index as arrays that all processes map into memory instead of reading postings.

The package spends microseconds of Python on every posting. That is nothing for a ward, and seconds
for a province, whose common words stand in half of its texts. So the writer exports segments with
many documents once more as one file, a block, and the reader answers from blocks what it would
otherwise ask the package: the same documents, with the same scores. Without a block everything
goes on as before.

Only this folder knows NumPy, and it is loaded only where there is a block: the office PC needs neither.
"""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from cchc_portal.search.engines.whoosh.arrays.block import Block

# Fewer documents are quicker read by the package than mapped; a ward stays below.
LEAST_DOCUMENTS = 4_000
SUFFIX = ".block"


def opened(path: Path) -> "Block":
    """Return the block of a file."""
    from cchc_portal.search.engines.whoosh.arrays.block import Block

    return Block(path)


def export(readers: Sequence[Any], path: Path) -> None:
    """Write the block of some segments.

    Args:
        readers: the package's readers of the segments, in the order of the index.
        path: the file; it is not part of the index before it is sealed.
    """
    from cchc_portal.search.engines.whoosh.arrays.exporting import write

    write(readers, path)
