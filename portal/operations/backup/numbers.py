"""The next number of every table. A number that was given once must never be given again: signed links name rows by it."""

from django.db import connection


def last_number(table: dict) -> int | None:
    """Return the last number that the database gave to a row of this table; None where it gives none."""
    key = _counted_key(table)
    if key is None:
        return None
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SELECT pg_get_serial_sequence(%s, %s)", [connection.ops.quote_name(table["name"]), key])
            sequence = cursor.fetchone()[0]
            if sequence is None:
                return None
            cursor.execute(f"SELECT CASE WHEN is_called THEN last_value ELSE 0 END FROM {sequence}")  # noqa: S608
        else:
            cursor.execute("SELECT seq FROM sqlite_sequence WHERE name = %s", [table["name"]])
        row = cursor.fetchone()
    return row[0] if row else 0


def set_last_number(table: dict) -> None:
    """Let the database go on behind the number that the archive names (`last_number`)."""
    key, last = _counted_key(table), table.get("last_number")
    if key is None or last is None:
        return
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SELECT pg_get_serial_sequence(%s, %s)", [connection.ops.quote_name(table["name"]), key])
            sequence = cursor.fetchone()[0]
            if sequence:
                cursor.execute("SELECT setval(%s, %s, %s)", [sequence, max(last, 1), last > 0])
            return
        cursor.execute("DELETE FROM sqlite_sequence WHERE name = %s", [table["name"]])
        if last:
            cursor.execute("INSERT INTO sqlite_sequence (name, seq) VALUES (%s, %s)", [table["name"], last])


def _counted_key(table: dict) -> str | None:
    keys = [column for column in table["columns"] if column["primary"] and column["kind"].endswith("AutoField")]
    return keys[0]["name"] if keys else None
