"""How SQLite and PostgreSQL say that an entry has tokens: FTS5 and tsvector, asked in the same shape.

Both know one inverted index per field, so that "in the title" costs no look at the row.
"""

from collections.abc import Sequence

from django.db import connections, router

from regiokit.search.models import SearchEntry
from regiokit.search.question import Alternative, Question, Term
from regiokit.search.scores import points

FIELDS = ("title", "organisation", "text")


def vendor() -> str:
    """Return "sqlite" or "postgresql": the database that holds the index."""
    return connections[router.db_for_read(SearchEntry)].vendor


def matching(question: Question) -> tuple[str, list]:
    """Return SQL and parameters of a table (id, points) of the entries that match; empty SQL when everything does."""
    if not question.terms:
        return "", []
    terms, params = [], []
    for term in question.terms:
        sql, values = _term(term)
        terms.append(f"SELECT id, MAX(points) AS points FROM ({sql}) AS arm GROUP BY id")
        params.extend(values)
    if len(terms) == 1:
        return terms[0], params
    every = " UNION ALL ".join(terms)
    sql = f"SELECT id, SUM(points) AS points FROM ({every}) AS term GROUP BY id HAVING COUNT(*) >= %s"
    return sql, [*params, max(1, question.minimum)]


def excluded(question: Question) -> tuple[str, list]:
    """Return SQL and parameters of the ids that must not be among the matches; empty SQL when all may."""
    parts, params = [], []
    for term in question.excluded:
        sql, values = _any_field(term.same + term.part)
        parts.append(sql)
        params.extend(values)
    return " UNION ALL ".join(parts), params


def _term(term: Term) -> tuple[str, list]:
    """All ways to match one term, each with its points."""
    arms, params = [], []
    for closeness, alternatives in enumerate((term.same, term.part, term.near)):
        for field in FIELDS if alternatives else ():
            arms.append(_arm(field, f", {points(term, field, closeness)} AS points"))
            params.append(_asked(field, alternatives))
    return " UNION ALL ".join(arms) or "SELECT id, 0 AS points FROM regiokit_searchentry WHERE 1 = 0", params


def _any_field(alternatives: Sequence[Alternative]) -> tuple[str, list]:
    return " UNION ALL ".join(_arm(field) for field in FIELDS), [_asked(field, alternatives) for field in FIELDS]


def _arm(field: str, column: str = "") -> str:
    """Return the SQL of the entries that have in `field` what its one parameter asks for."""
    if vendor() == "sqlite":
        return f"SELECT rowid AS id{column} FROM regiokit_search_fts WHERE regiokit_search_fts MATCH %s"
    return f"SELECT id{column} FROM regiokit_searchentry WHERE {field}_vector @@ %s::tsquery"


def _asked(field: str, alternatives: Sequence[Alternative]) -> str:
    """Return the alternatives in the database's own language; tokens are [a-z0-9]+, so that nothing needs an escape."""
    if vendor() == "sqlite":
        phrases = " OR ".join('"' + " ".join(tokens) + '"' for tokens in alternatives)
        return f"{{{field}_words}} : ({phrases})"
    return " | ".join("(" + " <-> ".join(f"'{token}'" for token in tokens) + ")" for tokens in alternatives)
