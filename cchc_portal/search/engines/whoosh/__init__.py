"""The search engine on Whoosh; nothing outside this folder imports it."""

import warnings

with warnings.catch_warnings():
    # The pinned package predates raw strings; Python warns while compiling it.
    warnings.simplefilter("ignore")
    import whoosh.index  # noqa: F401

from cchc_portal.search.engines.whoosh.reading import Reader
from cchc_portal.search.engines.whoosh.writing import Busy, Writer

__all__ = ["Busy", "Reader", "Writer"]
