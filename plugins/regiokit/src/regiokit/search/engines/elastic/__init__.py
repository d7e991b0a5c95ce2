"""The engine in Elasticsearch 8, for portals that one database is too small for. The database index is kept beside it.

Imported only where `REGIOKIT_SEARCH_ENGINE` says "elasticsearch"; it needs the extra `regiokit[elasticsearch]`.
"""

from regiokit.search.engines.elastic.answering import answer
from regiokit.search.engines.elastic.suggesting import suggest
from regiokit.search.engines.elastic.writing import differing, rebuild, up_to_date, write

name = "elasticsearch"

__all__ = ["answer", "differing", "name", "rebuild", "suggest", "up_to_date", "write"]
