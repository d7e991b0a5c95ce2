"""Tables as an archive describes them: plain columns, so that rows travel between databases and versions.

Rows are read and written through plain fields of Django's own, made from the description alone. So a page's blocks, which
only the enabled plugins understand, travel as the text they are, and an older archive needs no older code.
"""

import base64
import json
from collections.abc import Iterable, Iterator
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from itertools import islice
from uuid import UUID

from django.apps import apps
from django.apps.registry import Apps
from django.db import connection, models

LEFT_OUT = {
    "accounts_session": "everybody signs in again: an archive holds no key to anybody's visit",
    "accounts_endedsession": "says why a session is over that is not there any more",
    "django_session": "sessions of earlier versions",
    "django_migrations": "stands in the manifest",
    "wagtailsearch_indexentry": "written anew",
    "wagtailsearch_indexentry_fts": "written anew",
    "modelsearch_indexentry": "written anew",
    "modelsearch_indexentry_fts": "written anew",
    "regiokit_alertposition": "names rows of a search that is written anew",
    "regiokit_searchentryvalue": "of earlier versions",
    "regiokit_searchchange": "waits for an index that is written anew",
    "regiokit_searchcombination": "written anew",
    "regiokit_searchentry": "written anew",
    "regiokit_searchindex": "written anew",
    "regiokit_searchsuggestion": "written anew",
    "regiokit_searchword": "written anew",
}
"""Tables that are not in an archive, and why."""

BATCH = 500
KINDS = {
    "AutoField": models.IntegerField,
    "BigAutoField": models.BigIntegerField,
    "SmallAutoField": models.SmallIntegerField,
    "FileField": models.CharField,
}


class RawJSON(models.Field):
    """A JSON column as the text it is: reading and writing must not change it."""

    def db_type(self, connection):
        """Return the column type of Django's own JSON field."""
        return models.JSONField().db_type(connection)


def described() -> list[dict]:
    """Return name and columns of every table of the installed apps, sorted by name."""
    found = {
        model._meta.db_table: model
        for model in apps.get_models(include_auto_created=True)
        if model._meta.managed and not model._meta.proxy and model._meta.db_table not in LEFT_OUT
    }
    return [{"name": name, "columns": _columns(found[name])} for name in sorted(found)]


def unknown() -> list[str]:
    """Return the tables of the database that no installed app knows: those of plugins that are switched off."""
    known = {table["name"] for table in described()} | LEFT_OUT.keys()
    return [name for name in connection.introspection.table_names() if name not in known and "_fts" not in name]


def _columns(model) -> list[dict]:
    columns = []
    for field in model._meta.local_concrete_fields:
        target = field
        while target.remote_field:
            target = target.target_field
        column = {"name": field.column, "kind": target.get_internal_type(), "primary": field.primary_key}
        for name in ("max_length", "max_digits", "decimal_places"):
            if getattr(target, name, None) is not None:
                column[name] = getattr(target, name)
        columns.append(column)
    return columns


def row_model(table: dict) -> type[models.Model]:
    """Return a model of plain fields for one described table, in a registry of its own."""
    fields = {f"column_{number}": _field(column) for number, column in enumerate(table["columns"])}
    meta = type("Meta", (), {"db_table": table["name"], "managed": False, "app_label": "archive", "apps": Apps()})
    return type("Row", (models.Model,), {"__module__": __name__, "Meta": meta, **fields})


def _field(column: dict) -> models.Field:
    options = {name: column[name] for name in ("max_length", "max_digits", "decimal_places") if name in column}
    common = {"db_column": column["name"], "null": not column["primary"], "primary_key": column["primary"]}
    if column["kind"] == "JSONField":
        return RawJSON(**common)
    kind = KINDS.get(column["kind"]) or getattr(models, column["kind"], None)
    if kind is None:
        raise ValueError(f"column {column['name']} has the unknown kind {column['kind']}")
    return kind(**options, **common)


def rows(table: dict) -> Iterator[bytes]:
    """Yield every row as one line of JSON, in the order of the primary key, with little memory."""
    model = row_model(table)
    names = [field.attname for field in model._meta.concrete_fields]
    for row in model._base_manager.order_by("pk").values_list(*names).iterator(chunk_size=BATCH):
        yield json.dumps([_plain(value) for value in row], ensure_ascii=False).encode() + b"\n"


def write(table: dict, lines: Iterable[bytes]) -> int:
    """Insert rows as `rows` wrote them; return how many."""
    model, written = row_model(table), 0
    fields = model._meta.concrete_fields
    lines = iter(lines)
    while batch := list(islice(lines, BATCH)):
        found = [
            model(
                **{field.attname: _value(field, value) for field, value in zip(fields, json.loads(line), strict=True)}
            )
            for line in batch
        ]
        model._base_manager.bulk_create(found)
        written += len(found)
    return written


def empty(names: Iterable[str]) -> None:
    """Delete every row of these tables; constraints are looked at when the transaction ends."""
    with connection.cursor() as cursor:
        for name in names:
            cursor.execute(f"DELETE FROM {connection.ops.quote_name(name)}")  # noqa: S608


def count(name: str) -> int:
    """Return how many rows a table has."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT COUNT(*) FROM {connection.ops.quote_name(name)}")  # noqa: S608
        return cursor.fetchone()[0]


def _plain(value):
    match value:
        case datetime() | date() | time():
            return value.isoformat()
        case timedelta():
            return str(value // timedelta(microseconds=1))
        case Decimal() | UUID():
            return str(value)
        case bytes() | memoryview():
            return base64.b64encode(bytes(value)).decode()
    return value


def _value(field: models.Field, value):
    if value is None:
        return None
    if isinstance(field, models.DurationField):
        return timedelta(microseconds=int(value))
    if isinstance(field, models.BinaryField):
        return base64.b64decode(value)
    return field.to_python(value)
