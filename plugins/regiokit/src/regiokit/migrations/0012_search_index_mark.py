"""A mark of the last write, by which kept counts know that they are out of date."""

from django.db import migrations, models


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
    ]
