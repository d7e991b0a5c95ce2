"""Gives the two groups that Wagtail's own migrations make the names they have here, and its workflow a German name."""

from django.db import migrations

WORKFLOW = "Freigabe durch die Moderation"
NAMES = {"Editors": "Redaktion", "Moderators": "Moderation"}


def rename(apps, names):
    """Rename each group that is there, unless the new name is taken."""
    groups = apps.get_model("auth", "Group").objects
    for old, new in names.items():
        if not groups.filter(name=new).exists():
            groups.filter(name=old).update(name=new)


def to_german(apps, schema_editor):
    """Rename groups, workflow and task."""
    rename(apps, NAMES)
    for model in ("Workflow", "Task"):
        apps.get_model("wagtailcore", model).objects.filter(name="Moderators approval").update(name=WORKFLOW)


def to_english(apps, schema_editor):
    """Undo the renaming of the groups."""
    rename(apps, {new: old for old, new in NAMES.items()})


class Migration(migrations.Migration):
    """Runs after every migration of Wagtail that looks for a group by its English name."""

    dependencies = [
        ("accounts", "0001_initial"),
        ("wagtailcore", "0098_apitoken"),
        ("wagtailadmin", "0001_create_admin_access_permissions"),
        ("wagtailimages", "0023_add_choose_permissions"),
        ("wagtaildocs", "0011_add_choose_permissions"),
    ]

    operations = [migrations.RunPython(to_german, to_english)]
