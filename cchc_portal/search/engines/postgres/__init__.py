"""The search engine on PostgreSQL's full text: no files, so any number of hosts share one index."""

from cchc_portal.search.engines.postgres.reading import Reader
from cchc_portal.search.engines.postgres.writing import Writer

__all__ = ["Reader", "Writer"]
