"""A mark of the last write, by which kept counts know that they are out of date; on SQLite an index of what is counted."""

from django.db import migrations, models

NARROW = """
CREATE INDEX regiokit_search_narrow ON regiokit_searchentry (
    id, source, generation, visible_until, object_id, combination_id, confirmed_at, starts_on, ends_on,
    reach, ags, lat, lon, x, y, z, published_at
)"""


def add_narrow(apps, schema_editor):
    """SQLite reads this index instead of the wide rows (`engines.database.asked`)."""
    if schema_editor.connection.vendor == "sqlite":
        schema_editor.execute(NARROW)


def remove_narrow(apps, schema_editor):
    """Drop what `add_narrow` made."""
    if schema_editor.connection.vendor == "sqlite":
        schema_editor.execute("DROP INDEX regiokit_search_narrow")


class Migration(migrations.Migration):
    """See above."""

    dependencies = [
        ("regiokit", "0011_suggestion_beginnings"),
    ]

    operations = [
        migrations.AddField(
            model_name="searchindex",
            name="mark",
            field=models.CharField(blank=True, max_length=16),
        ),
        migrations.RunPython(add_narrow, remove_narrow),
    ]
