"""What each group finds in the Wagtail admin: its menu, its starts, and the page that explains the groups."""

import re

import pytest
from django.contrib.auth.models import Group, Permission
from django.urls import reverse

from portal.accounts.domain.staff import ADMINISTRATORS, EDITORS, MODERATORS, make_staff
from portal.editorial.models import HomePage, NewsIndexPage

pytestmark = pytest.mark.django_db
DESK = "Coworking-Koordination"


@pytest.fixture
def as_member(client):
    """Return a function that signs somebody of a group in and returns the client."""

    def sign_in(group: str):
        client.force_login(make_staff(f"{group.lower()}@kreis.example", group=group))
        return client

    return sign_in


def menu(client) -> set[str]:
    page = client.get("/admin/").content.decode()
    return set(re.findall(r'"name": "([\w-]+)"', page))


@pytest.mark.parametrize(
    ("group", "has", "lacks"),
    [
        (
            EDITORS,
            {"explorer", "images", "documents", "settings"},
            {"redirects", "users", "angebote", "coworking-spaces"},
        ),
        (MODERATORS, {"explorer", "angebote", "coworking-spaces", "anrufe"}, {"redirects", "users", "groups"}),
        (
            DESK,
            {"coworking-spaces", "coworking-trial-days", "images"},
            {"explorer", "angebote", "anrufe", "reports", "settings"},
        ),
        (
            ADMINISTRATORS,
            {"explorer", "users", "redirects", "angebote", "coworking-spaces"},
            {"groups", "sites", "workflow-tasks"},
        ),
    ],
)
def test_menus_hold_what_a_group_needs(as_member, group, has, lacks):
    found = menu(as_member(group))
    assert has <= found
    assert not lacks & found
    assert not {name for name in found if name.startswith(("whats-new", "editor-guide"))}


def test_the_first_page_begins_work(as_member):
    page = as_member(EDITORS).get("/admin/").content.decode()
    index = NewsIndexPage.objects.get()
    assert reverse("wagtailadmin_pages:add", args=["editorial", "newspage", index.pk]) in page
    assert "Neue Nachricht" in page
    assert "Ratgeber anlegen" in page


def test_the_desk_finds_no_starts_of_others(as_member):
    assert "Womit möchten Sie anfangen?" not in as_member(DESK).get("/admin/").content.decode()


def test_a_new_message_is_published_by_the_first_button(as_member):
    client = as_member(EDITORS)
    page = client.get(reverse("wagtailadmin_pages:add", args=["editorial", "newspage", NewsIndexPage.objects.get().pk]))
    text = page.content.decode()
    assert "action-publish" in text
    assert "action-submit" not in text


def test_a_plain_page_goes_through_the_workflow(as_member):
    client = as_member(EDITORS)
    address = reverse("wagtailadmin_pages:add", args=["editorial", "contentpage", HomePage.objects.get().pk])
    text = client.get(address).content.decode()
    assert "Gegenlesen und Freigabe" in text
    assert "action-publish" not in text


def test_the_page_of_groups_follows_the_real_rights(as_member):
    client = as_member(MODERATORS)
    text = client.get(reverse("office_rights")).content.decode()
    assert "Seiten in „Aktuelles“" in text
    assert "Weiterleitungen" in text
    for name in (EDITORS, MODERATORS, DESK, ADMINISTRATORS):
        assert f">{name}</h2>" in text
    group = Group.objects.create(name="Praktikum")
    group.permissions.add(Permission.objects.get(codename="view_barrierreport"))
    text = client.get(reverse("office_rights")).content.decode()
    assert re.search(r"Praktikum</h2>.*Gemeldete Barrieren</th><td>ansehen</td>", text, re.S)


def test_the_page_of_groups_asks_as_often_for_many_groups(as_member, django_assert_num_queries):
    client = as_member(MODERATORS)
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    client.get(reverse("office_rights"))
    with CaptureQueriesContext(
        connection,
    ) as few:
        client.get(reverse("office_rights"))
    rights = list(Permission.objects.all()[:5])
    for number in range(60):
        Group.objects.create(name=f"Gruppe {number}").permissions.set(rights)
    with django_assert_num_queries(len(few)):
        client.get(reverse("office_rights"))


def test_nobody_from_outside_reads_who_is_in_a_group(client):
    client.force_login(make_staff("verein@kreis.example"))
    answer = client.get(reverse("office_rights"))
    assert answer.status_code in {302, 403}
    assert b"Redaktion" not in answer.content
