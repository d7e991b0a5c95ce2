"""Each group of staff at what is not its own: refused at every door of the admin, and no title in any answer.

The doors are those of Wagtail's advisories of 2026: edit, preview, compare, history, copy, move, unpublish, submissions,
choosers, pictures, bulk actions, settings.
"""

import pytest
from django.test import Client
from django.urls import reverse
from wagtail.images.tests.utils import get_test_image_file
from wagtail.models import Collection, Site

from portal.accounts.domain.staff import ADMINISTRATORS, EDITORS, MODERATORS, make_staff
from portal.editorial.models import ContentPage, HomePage

pytestmark = pytest.mark.django_db
DESK = "Coworking-Koordination"
SECRET = "Haushaltssperre"
REFUSED = {302, 403, 404}


@pytest.fixture
def page():
    """A draft with two versions."""
    page = HomePage.objects.get().add_child(instance=ContentPage(title=SECRET, slug="geheim", live=False))
    page.save_revision()
    page.lead = "Zweite Fassung."
    page.save_revision()
    return page


def somebody(group: str) -> Client:
    client = Client()
    client.force_login(make_staff(f"{group.lower()}@kreis.example", group=group))
    return client


def refused(answer) -> bool:
    """Whether the door is shut; a bulk action may say how many things it leaves out, not which."""
    said = SECRET in answer.content.decode(errors="replace")
    shut = answer.status_code in REFUSED or "/bulk/" in answer.request["PATH_INFO"]
    return shut and not said


def page_doors(page) -> list[str]:
    first, last = page.revisions.order_by("pk").values_list("pk", flat=True)
    names = (
        "edit",
        "history",
        "copy",
        "move",
        "unpublish",
        "delete",
        "usage",
        "set_privacy",
        "view_draft",
        "workflow_history",
    )
    return [
        *(reverse(f"wagtailadmin_pages:{name}", args=[page.pk]) for name in names),
        reverse("wagtailadmin_pages:preview_on_edit", args=[page.pk]),
        reverse("wagtailadmin_pages:revisions_compare", args=[page.pk, first, last]),
        reverse("wagtailadmin_pages:revisions_view", args=[page.pk, first]),
        reverse("wagtailadmin_pages:revisions_revert", args=[page.pk, first]),
        reverse("wagtailadmin_explore", args=[page.pk]),
        *(
            f"{reverse('wagtail_bulk_action', args=['wagtailcore', 'page', action])}?id={page.pk}"
            for action in ("delete", "move", "publish", "unpublish")
        ),
    ]


def test_the_desk_has_no_way_to_pages(page):
    desk = somebody(DESK)
    assert [door for door in page_doors(page) if not refused(desk.get(door))] == []
    assert [door for door in page_doors(page) if not refused(desk.post(door))] == []
    page.refresh_from_db()
    assert (page.title, page.live, page.numchild) == (SECRET, False, 0)
    for name in ("aging_pages", "page_types_usage", "site_history", "locked_pages"):
        assert SECRET not in desk.get(reverse(f"wagtailadmin_reports:{name}")).content.decode()
    assert SECRET not in desk.get("/admin/").content.decode()


@pytest.mark.parametrize("group", [EDITORS, MODERATORS])
def test_what_is_not_daily_business_is_neither_published_nor_unpublished_past_the_workflow(page, group):
    client = somebody(group)
    page.save_revision().publish()
    assert refused(client.post(reverse("wagtailadmin_pages:unpublish", args=[page.pk])))
    assert refused(client.post(reverse("wagtailadmin_pages:set_privacy", args=[page.pk])))
    address = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "unpublish"])
    client.post(f"{address}?id={page.pk}", {"include_descendants": ""})
    page.refresh_from_db()
    assert page.live
    draft = HomePage.objects.get().add_child(instance=ContentPage(title="Entwurf", slug="entwurf", live=False))
    form = {"title": "Entwurf zwei", "slug": "entwurf", "lead": "", "body-count": "0", "action-publish": "1"}
    form |= {f"comments-{name}_FORMS": "0" for name in ("TOTAL", "INITIAL", "MIN_NUM", "MAX_NUM")}
    assert client.post(reverse("wagtailadmin_pages:edit", args=[draft.pk]), form).status_code == 302
    draft.refresh_from_db()
    assert draft.get_latest_revision_as_object().title == "Entwurf zwei"
    assert not draft.live


def picture(collection: str):
    from wagtail.images import get_image_model

    found = Collection.objects.get(name=collection)
    fields = {"title": SECRET, "file": get_test_image_file(), "collection": found}
    return get_image_model().objects.create(**fields)


@pytest.mark.filterwarnings("ignore:Unclosed file <tempfile.SpooledTemporaryFile:ResourceWarning")
def test_the_desk_sees_no_pictures_but_those_of_entries(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    image = picture("Redaktion")
    desk = somebody(DESK)
    doors = [
        reverse("wagtailimages:edit", args=[image.pk]),
        reverse("wagtailimages:delete", args=[image.pk]),
        reverse("wagtailimages:url_generator", args=[image.pk]),
        reverse("wagtailimages:preview", args=[image.pk, "width-50"]),
        reverse("wagtailimages_chooser:chosen", args=[image.pk]),
        reverse("wagtailimages_chooser:select_format", args=[image.pk]),
        f"{reverse('wagtail_bulk_action', args=[*image._meta.label_lower.split('.'), 'delete'])}?id={image.pk}",
    ]
    assert [door for door in doors if not refused(desk.get(door))] == []
    for listing in ("wagtailimages:index", "wagtailimages_chooser:choose"):
        assert SECRET not in desk.get(reverse(listing)).content.decode()


@pytest.mark.filterwarnings("ignore:Unclosed file <tempfile.SpooledTemporaryFile:ResourceWarning")
def test_editors_choose_patterns_and_change_none(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    image = picture("Vorlagen")
    editor = somebody(EDITORS)
    assert refused(editor.get(reverse("wagtailimages:edit", args=[image.pk])))
    assert refused(editor.post(reverse("wagtailimages:delete", args=[image.pk])))
    assert SECRET in editor.get(reverse("wagtailimages_chooser:choose")).content.decode()


SETTING_UP = (
    "wagtailusers_users:index",
    "wagtailusers_users:add",
    "wagtailredirects:index",
    "wagtailredirects:add",
    "wagtailredirects:start_import",
    "wagtailadmin_collections:index",
    "wagtailadmin_collections:add",
)
ALL_RIGHTS = (
    "wagtailusers_groups:index",
    "wagtailusers_groups:add",
    "wagtailsites:index",
    "wagtailadmin_workflows:index",
    "wagtailadmin_workflows:task_index",
)
VOLUNTEERING = ("wagtailsnippets_ehrenamt_offer:list", "ehrenamt_calls")
COWORKING = ("wagtailsnippets_coworking_space:list", "coworking_trial_days:index")


@pytest.mark.parametrize(
    ("group", "closed"),
    [
        (EDITORS, (*SETTING_UP, *ALL_RIGHTS, *VOLUNTEERING, *COWORKING, "regiokit_organisations:index")),
        (MODERATORS, (*SETTING_UP, *ALL_RIGHTS, "wagtailsearchpromotions:index")),
        (DESK, (*SETTING_UP, *ALL_RIGHTS, *VOLUNTEERING, "wagtailsearchpromotions:index", "barriers:index")),
        (ADMINISTRATORS, ALL_RIGHTS),
    ],
)
def test_lists_of_others_are_closed(group, closed):
    client = somebody(group)
    assert [name for name in closed if not refused(client.get(reverse(name)))] == []
    assert [name for name in closed if not refused(client.post(reverse(name)))] == []


@pytest.mark.parametrize("group", [MODERATORS, DESK])
def test_settings_are_closed_by_their_direct_address(group):
    address = reverse("wagtailsettings:edit", args=["region", "sitedetails", Site.objects.get().pk])
    client = somebody(group)
    assert refused(client.get(address))
    assert refused(client.post(address, {"phone": "02541 1"}))
