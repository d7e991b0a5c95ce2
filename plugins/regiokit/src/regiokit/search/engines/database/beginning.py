"""What begins with given letters, asked so that each database takes its index."""

from django.db.models.lookups import StartsWith

HIGHEST = "\U0010ffff"
"""The last code point, which no text has."""


class Begins(StartsWith):
    """`filter(Begins(F("folded"), "vorl"))`: like `folded__startswith`, for lower case.

    SQLite's LIKE takes any case for the same, and therefore no index (https://www.sqlite.org/optoverview.html, "The LIKE
    Optimization"); a range of its own order says the same.
    """

    def as_sqlite(self, compiler, connection):
        """Return the condition as a range: SQLite compares texts by their code points."""
        column, params = self.process_lhs(compiler, connection)
        return f"({column} >= %s AND {column} < %s)", [*params, self.rhs, *params, f"{self.rhs}{HIGHEST}"]
