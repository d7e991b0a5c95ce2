"""Lets the editors change menu, footer and contact."""

from django.db import migrations


def allow(apps, schema_editor):
    ContentType = apps.get_model("contenttypes", "ContentType")
    Permission = apps.get_model("auth", "Permission")
    kind, _created = ContentType.objects.get_or_create(app_label="region", model="sitedetails")
    permission, _created = Permission.objects.get_or_create(
        content_type=kind, codename="change_sitedetails", defaults={"name": "Can change Menü und Kontakt"}
    )
    for group in apps.get_model("auth", "Group").objects.filter(name="Redaktion"):
        group.permissions.add(permission)


class Migration(migrations.Migration):
    dependencies = [
        ("region", "0001_initial"),
        ("accounts", "0002_groups"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
    ]
    operations = [migrations.RunPython(allow, migrations.RunPython.noop)]
