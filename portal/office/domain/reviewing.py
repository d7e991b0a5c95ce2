"""The way of a page or an entry to the public: who is asked at each step."""

from django.contrib.auth import get_user_model
from django.db.models import Q, QuerySet
from wagtail.models import TaskState

from portal.accounts.domain.staff import may_enter_admin
from portal.accounts.domain.towns import looking_after
from portal.office.models import ProofreadingTask, authors
from regiokit.listings.models import Listing


def people_to_ask(state: TaskState, *, by=None) -> list:
    """Return whom a step waits for, each person once, without `by`, who caused it.

    Entries of a town wait for those who look after it. When nobody of the groups is left, administrators are asked.
    """
    everybody = get_user_model().objects.filter(is_active=True).exclude(pk=getattr(by, "pk", None))
    groups = state.task.specific.groups.all()
    members = everybody.filter(pk__in=everybody.filter(groups__in=groups).values("pk"))
    if isinstance(state.task.specific, ProofreadingTask):
        members = members.exclude(pk__in=authors(state))
    asked = _wanting(_of_town(members, state.workflow_state.content_object))
    return asked or _wanting(everybody.filter(is_superuser=True))


def _of_town(members: QuerySet, listing) -> QuerySet:
    if not isinstance(listing, Listing):
        return members
    label, model = listing._meta.app_label, listing._meta.model_name
    allowed = [person.pk for person in members if person.has_perm(f"{label}.change_{model}")]
    members = members.filter(pk__in=allowed)
    town = getattr(listing, "municipality_id", None)
    nearer = looking_after(members, town) if town else members
    return nearer if nearer.exists() else members


def _wanting(people: QuerySet) -> list:
    """Return those who enter the admin and have not switched these mails off in their profile."""
    switched_off = Q(wagtail_userprofile__submitted_notifications=False)
    return [person for person in people.exclude(switched_off).order_by("pk") if may_enter_admin(person)]
