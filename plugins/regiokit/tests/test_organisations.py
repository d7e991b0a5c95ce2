"""What plugins and staff do with organisations and with the review of listings, whatever the listings are."""

import pytest
from django.contrib.auth.models import Group
from django.core.checks import run_checks
from django.core.management import call_command
from wagtail.models import Workflow, WorkflowContentType

from regiokit import conf

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
