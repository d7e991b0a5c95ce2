from math import cos, radians, sin

from django.db import migrations, models

EARTH_RADIUS_KM = 6371.0088


def circle(lat, lon, kilometres):
    """Return the point on the unit sphere, and the squared chord that so many km on the ground are."""
    phi, lam = radians(lat), radians(lon)
    chord = (2 * sin(min(kilometres / EARTH_RADIUS_KM, radians(180)) / 2)) ** 2
    return {"x": cos(phi) * cos(lam), "y": cos(phi) * sin(lam), "z": sin(phi), "chord": chord}


def set_circles(apps, schema_editor):
    """Saved searches around a place get their circle; anchors are made anew by the worker before it matches again."""
    searches = apps.get_model("regiokit", "SavedSearch").objects.using(schema_editor.connection.alias)
    for saved in searches.filter(lat__isnull=False):
        searches.filter(pk=saved.pk).update(**circle(saved.lat, saved.lon, saved.radius_km))


class Migration(migrations.Migration):
    dependencies = [("regiokit", "0009_search_misses")]

    operations = [
        *(
            migrations.AddField(model_name="savedsearch", name=name, field=models.FloatField(null=True))
            for name in ("x", "y", "z", "chord")
        ),
        migrations.RunPython(set_circles, migrations.RunPython.noop),
        *(
            migrations.RemoveField(model_name="savedsearch", name=name)
            for name in ("south", "north", "west", "east")
        ),
        migrations.RemoveConstraint(model_name="savedsearchanchor", name="regiokit_one_anchor"),
        migrations.RemoveIndex(model_name="savedsearchanchor", name="regiokit_saved_search_anchor"),
        migrations.AddField(
            model_name="savedsearchanchor", name="decides", field=models.BooleanField(default=False)
        ),
        migrations.AddField(
            model_name="savedsearchanchor", name="value", field=models.CharField(blank=True, max_length=90)
        ),
        migrations.AddIndex(
            model_name="savedsearchanchor",
            index=models.Index(
                fields=["source", "token", "value", "decides", "saved_search"], name="regiokit_saved_search_anchor"
            ),
        ),
        migrations.AddConstraint(
            model_name="savedsearchanchor",
            constraint=models.UniqueConstraint(fields=("saved_search", "token", "value"), name="regiokit_one_anchor"),
        ),
    ]
