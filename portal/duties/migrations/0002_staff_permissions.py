"""Lets both groups of staff read and answer reports of barriers."""

from django.db import migrations

GROUPS = ("Redaktion", "Moderation")
ACTIONS = {"view": "Can view Gemeldete Barriere", "change": "Can change Gemeldete Barriere"}


def allow(apps, schema_editor):
    ContentType = apps.get_model("contenttypes", "ContentType")
    Permission = apps.get_model("auth", "Permission")
    kind, _created = ContentType.objects.get_or_create(app_label="duties", model="barrierreport")
    for action, name in ACTIONS.items():
        permission, _created = Permission.objects.get_or_create(
            content_type=kind, codename=f"{action}_barrierreport", defaults={"name": name}
        )
        for group in apps.get_model("auth", "Group").objects.filter(name__in=GROUPS):
            group.permissions.add(permission)


class Migration(migrations.Migration):
    dependencies = [
        ("duties", "0001_initial"),
        ("accounts", "0002_groups"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
    ]
    operations = [migrations.RunPython(allow, migrations.RunPython.noop)]
