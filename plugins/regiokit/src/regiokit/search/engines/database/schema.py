"""What the search needs on SQLite beside Django's models, made after every migration.

Django changes a table of SQLite by making it anew, and knows nothing of these: they would go without a word.
"""

from django.db import connections

from regiokit.search.models import SearchEntry

FIELDS = ("title", "organisation", "text")
WORDS = ", ".join(f"{field}_words" for field in FIELDS)
OLD, NEW = (", ".join(f"{row}.{field}_words" for field in FIELDS) for row in ("old", "new"))
FORGET = f"INSERT INTO regiokit_search_fts(regiokit_search_fts, rowid, {WORDS}) VALUES ('delete', old.id, {OLD});"
LEARN = f"INSERT INTO regiokit_search_fts(rowid, {WORDS}) VALUES (new.id, {NEW});"
STATEMENTS = (
    # Everything that is compared and counted: a row holds all words and is ten times as wide.
    """CREATE INDEX IF NOT EXISTS regiokit_search_narrow ON regiokit_searchentry (
        id, source, generation, visible_until, object_id, combination_id, confirmed_at, starts_on, ends_on,
        reach, ags, lat, lon, x, y, z, published_at)""",
    f"""CREATE TRIGGER IF NOT EXISTS regiokit_search_fts_insert AFTER INSERT ON regiokit_searchentry
        BEGIN {LEARN} END""",
    f"""CREATE TRIGGER IF NOT EXISTS regiokit_search_fts_delete AFTER DELETE ON regiokit_searchentry
        BEGIN {FORGET} END""",
    f"""CREATE TRIGGER IF NOT EXISTS regiokit_search_fts_update AFTER UPDATE OF {WORDS} ON regiokit_searchentry
        BEGIN {FORGET} {LEARN} END""",
)


def complete(*, using: str, **_signal) -> None:
    """Make what is missing; connected to `post_migrate`. Does nothing on PostgreSQL, nor before the tables are there."""
    connection = connections[using]
    if connection.vendor != "sqlite":
        return
    with connection.cursor() as cursor:
        if not {SearchEntry._meta.db_table, "regiokit_search_fts"} <= set(connection.introspection.table_names(cursor)):
            return
        for statement in STATEMENTS:
            cursor.execute(statement)
