"""The Wagtail admin: spaces are approved, trial days are looked at."""

import pytest
from bs4 import BeautifulSoup
from django.contrib.auth.models import Group
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from wagtail.models import TaskState

from coworking.domain import publishing
from coworking.models import Space
from coworking.viewsets import SpaceViewSet, trial_days
from regiokit import conf


@pytest.fixture
def moderator(client, person):
    user = person("moderation@kreis.example")
    user.groups.add(Group.objects.get(name=conf.moderators()))
    client.force_login(user)
    return user


def url(name, *args):
    return reverse(f"{SpaceViewSet().url_namespace}:{name}", args=args)


def submitted(make_space, operator, **fields):
    space = make_space(by=operator, published=False, **fields)
    publishing.submit_space(space.get_latest_revision_as_object(), by=operator)
    return Space.objects.get(pk=space.pk)


def test_the_list_shows_where_each_space_stands(client, moderator, make_space, operator):
    submitted(make_space, operator)
    make_space("Schon öffentlich")
    html = client.get(url("list")).content.decode()
    assert "wartet auf Prüfung" in html
    assert "öffentlich" in html
    assert "Dülmen" in html
    assert client.get(url("list"), {"q": "schon", "kind": "classic", "municipality": "05558016"}).status_code == 200
    assert client.get(url("list"), {"organisation__memberships__user__password__startswith": "x"}).status_code == 200


def test_a_moderator_sees_and_approves_a_space(client, moderator, make_space, operator, outbox):
    space = submitted(make_space, operator)
    edit = client.get(url("edit", space.pk))
    html = edit.content.decode()
    assert edit.status_code == 200
    for text in (
        "Preis für einen Tag in Euro",
        'value="12"',
        "Mit dem Rollstuhl zugänglich",
        "Glasfaser",
        "Öffnungszeiten",
    ):
        assert text in html
    task = space.current_workflow_task_state
    client.post(url("workflow_action", space.pk, "approve", task.pk), {"comment": ""})
    assert Space.objects.get(pk=space.pk).live
    assert outbox(operator.email)[-1].subject == f"Veröffentlicht: {space.name}"


def test_a_moderator_returns_a_space_with_a_reason(client, moderator, make_space, operator, outbox):
    space = submitted(make_space, operator)
    task = space.current_workflow_task_state
    reason = {"comment": "Bitte die Öffnungszeiten prüfen."}
    client.post(url("workflow_action", space.pk, "reject", task.pk), reason)
    assert Space.objects.get(pk=space.pk).stage == "returned"
    assert "Bitte die Öffnungszeiten prüfen." in outbox(operator.email)[-1].text


def form_data(html):
    """What a browser would send of the edit form."""
    form = BeautifulSoup(html, "html.parser").select_one("#id_organisation").find_parent("form")
    data = {}
    for field in form.select("input[name], textarea[name], select[name]"):
        if field.name == "select":
            chosen = field.select_one("option[selected]")
            data[field["name"]] = chosen["value"] if chosen else ""
        elif field.name == "textarea":
            data[field["name"]] = field.text.removeprefix("\n")
        elif field.get("type") not in ("checkbox", "radio"):
            data[field["name"]] = field.get("value", "")
        elif field.has_attr("checked"):
            data.setdefault(field["name"], []).append(field.get("value", "on"))
    return data


def test_the_preview_is_the_real_page(client, moderator, make_space, operator):
    space = submitted(make_space, operator)
    data = form_data(client.get(url("edit", space.pk)).content.decode())
    stored = client.post(url("preview_on_edit", space.pk), {**data, "name": "Vorschau-Haus", "price_day": "14,50"})
    assert stored.json()["is_valid"], stored.json()
    html = client.get(url("preview_on_edit", space.pk)).content.decode()
    assert "<h1>Vorschau-Haus</h1>" in html
    assert "14,50 Euro am Tag" in html
    assert "Öffnungszeiten in dieser Woche" in html


def test_saving_in_the_admin_keeps_every_detail(client, moderator, make_space, operator):
    prices = [{"product": "hour", "gross_cents": 450}, {"product": "day", "gross_cents": 2000}]
    access = {"wheelchair": "limited", "door_width_cm": 88}
    space = submitted(make_space, operator, prices=prices, accessibility=access, amenities=["fibre", "coffee"])
    data = form_data(client.get(url("edit", space.pk)).content.decode())
    response = client.post(url("edit", space.pk), {**data, "summary": "Von der Redaktion geglättet."})
    assert response.status_code == 302, response.context["form"].errors
    saved = Space.objects.get(pk=space.pk).get_latest_revision_as_object()
    assert saved.summary == "Von der Redaktion geglättet."
    assert (saved.prices, saved.amenities, saved.lat) == (prices, ["fibre", "coffee"], 51.83)
    assert {name: saved.accessibility[name] for name in access} == access


def test_trial_days_can_be_read(client, moderator, ask):
    trial_day = ask(message="Am Fenster?")
    listed = client.get(reverse(f"{trial_days.name}:index"))
    assert listed.status_code == 200
    assert trial_day.number in listed.content.decode()
    shown = client.get(reverse(f"{trial_days.name}:inspect", args=[trial_day.pk]))
    assert "Am Fenster?" in shown.content.decode()


def test_a_refused_approval_decides_nothing_the_second_time(client, moderator, make_space, operator):
    """A double click, a second tab and a colleague's old dashboard all send the form that was refused once more."""
    space = submitted(make_space, operator)
    old = space.current_workflow_task_state
    unseen = space.get_latest_revision_as_object()
    unseen.summary = "Das hat niemand gesehen."
    publishing.save_space(unseen, by=operator)
    for _click in range(3):
        client.post(url("workflow_action", space.pk, "approve", old.pk), {"comment": ""})
        assert not Space.objects.get(pk=space.pk).live
    assert TaskState.objects.filter(status=TaskState.STATUS_IN_PROGRESS).count() == 1
    new = Space.objects.get(pk=space.pk).current_workflow_task_state
    assert new.pk != old.pk
    client.post(url("workflow_action", space.pk, "approve", new.pk), {"comment": ""})
    assert Space.objects.get(pk=space.pk).summary == "Das hat niemand gesehen."
    assert Space.objects.get(pk=space.pk).live


def test_nobody_adds_a_space_in_the_admin(client, admin_client, moderator):
    for staff in (client, admin_client):
        for method in (staff.get, staff.post):
            assert method(url("add")).status_code == 302
    assert url("add") not in admin_client.get(url("list")).content.decode()
    assert not Space.objects.exists()


def test_the_list_needs_the_same_queries_for_every_length(client, moderator, make_space, operator):
    def more(number):
        for turn in range(number):
            submitted(make_space, operator, name=f"Haus {turn}")

    def count():
        with CaptureQueriesContext(connection) as queries:
            assert client.get(url("list")).status_code == 200
        return len(queries)

    more(3)
    count()
    few = count()
    more(6)
    assert count() == few


def test_operators_never_get_in(client, operator, space, ask):
    trial_day = ask()
    client.force_login(operator)
    for address in (
        url("list"),
        url("edit", space.pk),
        reverse(f"{trial_days.name}:index"),
        reverse(f"{trial_days.name}:inspect", args=[trial_day.pk]),
    ):
        assert client.get(address).status_code in (302, 403)
