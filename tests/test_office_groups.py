"""Groups of the office: made by migration with exactly the rights they need, once, and again for what is new."""

import pytest
from django.contrib.auth.models import Group, Permission
from wagtail.models import Collection, GroupCollectionPermission, GroupPagePermission, WorkflowContentType

from portal.accounts.domain.staff import ADMINISTRATORS, EDITORS, MODERATORS, make_staff
from portal.editorial.models import HomePage, NewsIndexPage
from portal.office.domain.granting import set_up
from portal.office.models import Provision

pytestmark = pytest.mark.django_db
DESK = "Coworking-Koordination"


def rights(name: str) -> set[str]:
    return {
        f"{label}.{codename}"
        for label, codename in Group.objects.get(name=name).permissions.values_list(
            "content_type__app_label", "codename"
        )
    }


def on_pages(name: str) -> set[tuple[str, str]]:
    found = GroupPagePermission.objects.filter(group__name=name)
    return {(row.page.slug, row.permission.codename) for row in found.select_related("page", "permission")}


def on_files(name: str) -> set[tuple[str, str]]:
    found = GroupCollectionPermission.objects.filter(group__name=name).select_related("collection", "permission")
    return {(row.collection.name, row.permission.codename) for row in found}


def test_migrations_make_the_four_groups():
    assert set(Group.objects.values_list("name", flat=True)) == {EDITORS, MODERATORS, DESK, ADMINISTRATORS}


def test_editors_write_everywhere_and_publish_daily_business_alone():
    assert on_pages(EDITORS) == {("start", "add_page"), ("start", "change_page"), ("aktuelles", "publish_page")}
    foreign = ("ehrenamt.", "coworking.", "accounts.", "wagtailimages.", "wagtaildocs.")
    assert not {name for name in rights(EDITORS) if name.startswith(foreign)}
    assert ("Redaktion", "add_image") in on_files(EDITORS)
    assert {name for place, name in on_files(EDITORS) if place in {"Root", "Vorlagen"}} == {
        "choose_image",
        "choose_document",
    }


def test_moderators_review_entries_of_both_plugins():
    assert {
        "ehrenamt.change_offer",
        "ehrenamt.publish_offer",
        "ehrenamt.view_enquiry",
        "coworking.change_space",
        "coworking.view_trialday",
        "regiokit.change_organisation",
    } <= rights(MODERATORS)
    assert ("start", "publish_page") not in on_pages(MODERATORS)


def test_the_desk_sees_spaces_and_no_page():
    assert {"coworking.change_space", "coworking.publish_space", "coworking.view_trialday"} <= rights(DESK)
    assert not {name for name in rights(DESK) if name.startswith("ehrenamt.")}
    assert on_pages(DESK) == set()
    assert {place for place, _name in on_files(DESK)} == {"Vereine und Orte"}


def test_administrators_have_everything_but_groups():
    assert {
        "accounts.change_user",
        "wagtailredirects.add_redirect",
        "wagtailsearchpromotions.add_searchpromotion",
        "region.change_sitedetails",
        "coworking.change_space",
        "ehrenamt.delete_offer",
    } <= rights(ADMINISTRATORS)
    assert not {name for name in rights(ADMINISTRATORS) if name.startswith("auth.")}
    assert ("start", "publish_page") in on_pages(ADMINISTRATORS)


def test_collections_are_there():
    assert set(Collection.objects.filter(depth=2).values_list("name", flat=True)) == {
        "Redaktion",
        "Vereine und Orte",
        "Vorlagen",
    }


def test_setting_up_again_changes_nothing():
    before = [sorted(rights(name)) for name in (EDITORS, MODERATORS, DESK, ADMINISTRATORS)], Provision.objects.count()
    set_up()
    assert before == (
        [sorted(rights(name)) for name in (EDITORS, MODERATORS, DESK, ADMINISTRATORS)],
        Provision.objects.count(),
    )


def test_what_an_administrator_took_away_stays_away():
    group = Group.objects.get(name=EDITORS)
    group.permissions.remove(Permission.objects.get(codename="change_sitedetails"))
    Group.objects.get(name=DESK).delete()
    set_up()
    assert "region.change_sitedetails" not in rights(EDITORS)
    assert not Group.objects.filter(name=DESK).exists()


def test_a_plugin_that_is_enabled_later_gives_its_rights(settings):
    """As after a first migration without the plugin: nothing of it was given, nothing of it is noted."""
    coworking = [plugin for plugin in settings.PLUGINS if plugin.app == "coworking"]
    Provision.objects.filter(key__contains=DESK).delete()
    Provision.objects.filter(key__contains="coworking.").delete()
    Group.objects.get(name=DESK).delete()
    for group in Group.objects.all():
        group.permissions.remove(*group.permissions.filter(content_type__app_label="coworking"))
    settings.PLUGINS = [plugin for plugin in settings.PLUGINS if plugin not in coworking]
    set_up()
    assert not Group.objects.filter(name=DESK).exists()
    settings.PLUGINS = [*settings.PLUGINS, *coworking]
    set_up()
    assert "coworking.change_space" in rights(DESK)
    assert "coworking.change_space" in rights(ADMINISTRATORS)


def test_a_new_section_may_be_published_by_editors_at_once():
    home = HomePage.objects.get()
    NewsIndexPage.objects.get().delete()
    section = HomePage.objects.get(pk=home.pk).add_child(instance=NewsIndexPage(title="Neues", slug="neues"))
    editor = make_staff("e@kreis.example", group=EDITORS)
    assert section.permissions_for_user(editor).can_publish_subpage()
    assert not home.permissions_for_user(editor).can_publish()


def test_the_desk_decides_about_spaces_beside_the_moderators():
    kind = WorkflowContentType.objects.get(content_type__model="space")
    task = kind.workflow.tasks.get().specific
    assert set(task.groups.values_list("name", flat=True)) == {MODERATORS, DESK}
