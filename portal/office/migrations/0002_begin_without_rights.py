"""Takes away what Wagtail's own migrations give its two groups on pages, pictures and files.

The rights that a county's office needs are given after the migrations (`portal.office.domain.granting`).
"""

from django.db import migrations

GROUPS = ("Redaktion", "Moderation")
WORKFLOW = "Freigabe durch die Moderation"


def clear(apps, schema_editor):
    """Remove the groups' rights on both roots, and put Wagtail's workflow of one step to rest."""
    of_ours = {"group__name__in": GROUPS}
    apps.get_model("wagtailcore", "GroupPagePermission").objects.filter(page__depth=1, **of_ours).delete()
    apps.get_model("wagtailcore", "GroupCollectionPermission").objects.filter(collection__depth=1, **of_ours).delete()
    for group in apps.get_model("auth", "Group").objects.filter(name__in=GROUPS):
        group.permissions.remove(*group.permissions.filter(content_type__app_label__in=["wagtailimages", "wagtaildocs"]))
    for model in ("Workflow", "Task"):
        apps.get_model("wagtailcore", model).objects.filter(name=WORKFLOW).update(active=False)
    workflows = apps.get_model("wagtailcore", "Workflow").objects.filter(name=WORKFLOW)
    apps.get_model("wagtailcore", "WorkflowPage").objects.filter(workflow__in=workflows).delete()


class Migration(migrations.Migration):
    """Runs after the groups have their names."""

    dependencies = [("office", "0001_office"), ("accounts", "0002_groups")]
    operations = [migrations.RunPython(clear, migrations.RunPython.noop)]
