"""What plugins and staff do with organisations and with the review of listings, whatever the listings are."""

import pytest
from django.contrib.auth.models import Group
from django.core.checks import run_checks
from django.core.management import call_command
from wagtail.models import Workflow, WorkflowContentType

from regiokit import conf
from regiokit.organisations.domain import found_organisation, set_members, to_verify, without_owner
from regiokit.organisations.signals import membership_changed

pytestmark = pytest.mark.django_db


def test_a_migration_leaves_the_review_as_administrators_made_it():
    workflow = WorkflowContentType.objects.first().workflow
    workflow.name = "Vier Augen"
    workflow.save()
    group = Group.objects.get(name=conf.moderators())
    assert group.permissions.filter(codename="change_organisation").exists()
    group.permissions.clear()
    number = Workflow.objects.count()
    call_command("migrate", verbosity=0)
    assert Workflow.objects.count() == number
    assert set(WorkflowContentType.objects.values_list("workflow", flat=True)) == {workflow.pk}
    assert not group.permissions.exists()


def test_a_model_that_lost_its_review_joins_that_of_the_others():
    first, second = WorkflowContentType.objects.order_by("pk")[:2]
    Workflow.objects.filter(pk=first.workflow_id).update(name="Vier Augen")
    content_type = second.content_type
    second.delete()
    call_command("migrate", verbosity=0)
    assert WorkflowContentType.objects.get(content_type=content_type).workflow_id == first.workflow_id


def test_each_plugin_says_that_the_sign_in_leads_nowhere(settings):
    settings.LOGIN_URL = "no_such_page"
    found = {message.id for message in run_checks()}
    assert {"ehrenamt.W001", "coworking.W001"} <= found


@pytest.fixture
def memberships():
    """Collect what is announced about memberships."""
    heard = []

    def listen(sender, organisation_id, user_id, old_role, role, **_kwargs):
        heard.append((organisation_id, user_id, old_role, role))

    membership_changed.connect(listen)
    yield heard
    membership_changed.disconnect(listen)


def test_who_joins_leaves_or_gets_a_role_is_announced_after_the_commit(
    county, memberships, django_user_model, django_capture_on_commit_callbacks
):
    anna, ben = (django_user_model.objects.create_user(f"{name}@verein.example") for name in ("anna", "ben"))
    with django_capture_on_commit_callbacks(execute=True):
        of = found_organisation(anna, name="Lesebrücke", municipality_id="05558012")
        assert memberships == []
    assert memberships == [(of.pk, anna.pk, "", "owner")]
    memberships.clear()
    with django_capture_on_commit_callbacks(execute=True):
        set_members(of, roles={ben: "owner"})
    assert memberships == [(of.pk, anna.pk, "owner", ""), (of.pk, ben.pk, "", "owner")]
    memberships.clear()
    with django_capture_on_commit_callbacks(execute=True):
        set_members(of, roles={ben: "editor"})
        set_members(of, roles={ben: "editor"})
    assert memberships == [(of.pk, ben.pk, "owner", "editor")]


def test_staff_find_organisations_without_an_owner(county, django_user_model):
    anna, ben = (django_user_model.objects.create_user(f"{name}@verein.example") for name in ("anna", "ben"))
    of = found_organisation(anna, name="Lesebrücke", municipality_id="05558012")
    set_members(of, roles={anna: "owner", ben: "editor"})
    assert list(without_owner()) == []
    anna.is_active = False
    anna.save()
    assert list(without_owner()) == [of]
    set_members(of, roles={anna: "owner", ben: "owner"})
    assert list(without_owner()) == []
    ben.delete()
    assert list(without_owner()) == [of]
    assert list(to_verify()) == [of]
