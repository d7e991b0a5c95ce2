"""The engine in the database: FTS5 on SQLite, tsvector on PostgreSQL. It is always there."""

from regiokit.search.engines.database.answering import answer
from regiokit.search.engines.database.state import NAME, live_generation, up_to_date
from regiokit.search.engines.database.vocabulary import suggest
from regiokit.search.engines.database.writing import differing, listed, number_of_entries, rebuild, write

name = NAME

__all__ = [
    "answer",
    "differing",
    "listed",
    "live_generation",
    "name",
    "number_of_entries",
    "rebuild",
    "suggest",
    "up_to_date",
    "write",
]
