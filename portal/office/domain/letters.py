"""Mails to staff about pages and entries on their way. People outside get the mails of the plugins, never these."""

from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail.admin.utils import get_latest_str
from wagtail.models import Page, TaskState, WorkflowState

from portal.accounts.domain.staff import may_enter_admin
from portal.office.domain.reviewing import people_to_ask
from portal.office.models import ProofreadingTask
from regiokit import conf, mail


def ask_for_decision(state: TaskState, *, by=None) -> None:
    """Write to everybody whom this step waits for, once each."""
    thing = state.workflow_state.content_object
    proofreading = isinstance(state.task.specific, ProofreadingTask)
    people = people_to_ask(state, by=by)
    context = _about(thing) | {
        "sender": getattr(thing, "organisation", None) or _name(state.workflow_state.requested_by),
        "proofreading": proofreading,
        "button_label": _("Jetzt gegenlesen") if proofreading else _("Jetzt prüfen"),
    }
    for person in people:
        mail.queue("office/mail/please_review", to=person.email, context={**context, "user": person})


def tell_released(state: WorkflowState, *, by=None) -> None:
    """Tell whoever handed it in that it is public."""
    _tell(state, "office/mail/released", by=by, button_label=_("Seite ansehen"))


def tell_returned(state: WorkflowState, *, by=None) -> None:
    """Tell whoever handed it in why it came back."""
    reason = state.current_task_state.specific.get_comment() if state.current_task_state else ""
    _tell(state, "office/mail/returned", by=by, reason=reason, button_label=_("Jetzt überarbeiten"))


def _tell(state: WorkflowState, template: str, *, by, **context) -> None:
    person = state.requested_by
    if person is None or person == by or not may_enter_admin(person):
        return
    about = _about(state.content_object)
    if template.endswith("released") and (url := _public(state.content_object)):
        about["button_url"] = url
    mail.queue(template, to=person.email, context={**about, **context, "user": person, "decider": _name(by)})


def _about(thing) -> dict:
    thing = thing.specific if isinstance(thing, Page) else thing
    return {
        "title": get_latest_str(thing),
        "kind": thing._meta.verbose_name,
        "button_url": conf.absolute(_edit_path(thing)),
    }


def _edit_path(thing) -> str:
    if isinstance(thing, Page):
        return reverse("wagtailadmin_pages:edit", args=[thing.pk])
    return reverse(thing.snippet_viewset.get_url_name("edit"), args=[thing.pk])


def _public(thing) -> str:
    return (thing.full_url or "") if isinstance(thing, Page) else ""


def _name(person) -> str:
    """Return a name for mails inside the office; an address of somebody outside stays out of it."""
    return person.get_full_name() if person else ""
