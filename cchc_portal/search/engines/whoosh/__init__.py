"""The search engine on Whoosh; nothing outside this folder imports it."""

import warnings

with warnings.catch_warnings():
    # The pinned package predates raw strings; Python warns while compiling it, wherever it is
    # imported first, so everything it imports late is imported here.
    warnings.simplefilter("ignore")
    import whoosh.codec.whoosh3
    import whoosh.index
    import whoosh.query
    import whoosh.searching
    import whoosh.writing  # noqa: F401

from cchc_portal.search.engines.whoosh.reading import Reader
from cchc_portal.search.engines.whoosh.writing import Writer

__all__ = ["Reader", "Writer"]
