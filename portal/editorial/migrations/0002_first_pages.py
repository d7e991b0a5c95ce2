"""Puts a home page, news and guides in the place of Wagtail's welcome page, so that a new site begins with its own pages."""

from django.conf import settings
from django.db import migrations
from django.utils import timezone

PAGES = [
    ("HomePage", "00010002", "start", "Startseite", "", 2),
    ("NewsIndexPage", "000100020001", "aktuelles", "Aktuelles", "Neues aus dem Kreis.", 0),
    ("GuideIndexPage", "000100020002", "ratgeber", "Ratgeber", "Schritt für Schritt erklärt.", 0),
]


def plant(apps, schema_editor):
    Page = apps.get_model("wagtailcore.Page")
    Site = apps.get_model("wagtailcore.Site")
    Locale = apps.get_model("wagtailcore.Locale")
    ContentType = apps.get_model("contenttypes.ContentType")
    welcome = Page.objects.filter(
        path="00010001", content_type__app_label="wagtailcore", content_type__model="page", numchild=0
    ).first()
    site = Site.objects.filter(is_default_site=True).first()
    if welcome is None or site is None or site.root_page_id != welcome.pk or Page.objects.filter(depth=2).count() > 1:
        return
    locale, _created = Locale.objects.get_or_create(language_code="de")
    now = timezone.now()
    for model, path, slug, title, lead, children in PAGES:
        kind, _created = ContentType.objects.get_or_create(app_label="editorial", model=model.lower())
        page = apps.get_model("editorial", model).objects.create(
            path=path,
            depth=len(path) // 4,
            numchild=children,
            slug=slug,
            url_path="/start/" if model == "HomePage" else f"/start/{slug}/",
            title=title,
            draft_title=title,
            lead=lead,
            content_type=kind,
            locale=locale,
            live=True,
            first_published_at=now,
            last_published_at=now,
        )
        if model == "HomePage":
            apps.get_model("editorial", model).objects.filter(pk=page.pk).update(heading=settings.REGION.claim)
            Site.objects.filter(pk=site.pk).update(root_page_id=page.pk, site_name=settings.REGION.portal_name)
    welcome.delete()


class Migration(migrations.Migration):
    dependencies = [
        ("editorial", "0001_initial"),
        ("contenttypes", "0002_remove_content_type_name"),
    ]
    operations = [migrations.RunPython(plant, migrations.RunPython.noop)]
