
import re

import django.db.models.deletion
from django.db import migrations, models

FIELDS = ("title", "organisation", "text")
WORDS = ", ".join(f"{field}_words" for field in FIELDS)
OLD, NEW = (", ".join(f"{row}.{field}_words" for field in FIELDS) for row in ("old", "new"))
SQLITE = f"""
CREATE VIRTUAL TABLE regiokit_search_fts USING fts5(
    {WORDS}, content='regiokit_searchentry', content_rowid='id', tokenize='unicode61'
);
CREATE TRIGGER regiokit_search_fts_insert AFTER INSERT ON regiokit_searchentry BEGIN
    INSERT INTO regiokit_search_fts(rowid, {WORDS}) VALUES (new.id, {NEW});
END;
CREATE TRIGGER regiokit_search_fts_delete AFTER DELETE ON regiokit_searchentry BEGIN
    INSERT INTO regiokit_search_fts(regiokit_search_fts, rowid, {WORDS}) VALUES ('delete', old.id, {OLD});
END;
CREATE TRIGGER regiokit_search_fts_update AFTER UPDATE OF {WORDS} ON regiokit_searchentry BEGIN
    INSERT INTO regiokit_search_fts(regiokit_search_fts, rowid, {WORDS}) VALUES ('delete', old.id, {OLD});
    INSERT INTO regiokit_search_fts(rowid, {WORDS}) VALUES (new.id, {NEW});
END;
"""
POSTGRESQL = "".join(
    f"""
ALTER TABLE regiokit_searchentry ADD COLUMN {field}_vector tsvector
    GENERATED ALWAYS AS (to_tsvector('simple', {field}_words)) STORED;
CREATE INDEX regiokit_search_{field} ON regiokit_searchentry USING gin ({field}_vector);
"""
    for field in FIELDS
)


def make_inverted_indexes(apps, schema_editor):
    """Make what finds tokens. Django loses the triggers when it rebuilds the table; `engines.database.schema` makes them again."""
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(POSTGRESQL)
    else:
        # Django's own splitting of scripts cuts triggers apart.
        connection = schema_editor.connection.connection
        for statement in re.findall(r"CREATE (?:TRIGGER.*?END;|VIRTUAL.*?;)", SQLITE, re.DOTALL):
            connection.execute(statement)


def drop_inverted_indexes(apps, schema_editor):
    """Drop what `make_inverted_indexes` made; columns and triggers go with the table."""
    if schema_editor.connection.vendor == "sqlite":
        schema_editor.execute("DROP TABLE regiokit_search_fts")


class Migration(migrations.Migration):

    dependencies = [
        ('regiokit', '0005_search_engines'),
    ]

    operations = [
        migrations.CreateModel(
            name='SearchEntry',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('source', models.CharField(max_length=60)),
                ('generation', models.PositiveIntegerField(default=1)),
                ('object_id', models.BigIntegerField()),
                ('title', models.CharField(max_length=255)),
                ('slug', models.CharField(max_length=255)),
                ('ags', models.CharField(blank=True, max_length=8)),
                ('lat', models.FloatField(null=True)),
                ('lon', models.FloatField(null=True)),
                ('x', models.FloatField(null=True)),
                ('y', models.FloatField(null=True)),
                ('z', models.FloatField(null=True)),
                ('reach', models.CharField(default='place', max_length=10)),
                ('starts_on', models.DateField(null=True)),
                ('ends_on', models.DateField(null=True)),
                ('visible_until', models.DateField(null=True)),
                ('combination', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='regiokit.searchcombination')),
                ('published_at', models.DateTimeField(null=True)),
                ('confirmed_at', models.DateTimeField(null=True)),
                ('digest', models.CharField(max_length=64)),
                ('title_words', models.TextField()),
                ('organisation_words', models.TextField(blank=True)),
                ('text_words', models.TextField(blank=True)),
            ],
            options={
                'indexes': [models.Index(fields=['source', 'generation', 'lat', 'lon'], name='regiokit_search_place'), models.Index(fields=['source', 'generation', '-published_at', '-object_id', 'visible_until'], name='regiokit_search_newest'), models.Index(fields=['source', 'generation', 'combination', 'visible_until', 'starts_on', 'ends_on'], name='regiokit_search_facets')],
                'constraints': [models.UniqueConstraint(fields=('source', 'generation', 'object_id'), name='regiokit_one_search_entry')],
            },
        ),
        migrations.RunPython(make_inverted_indexes, drop_inverted_indexes),
    ]
