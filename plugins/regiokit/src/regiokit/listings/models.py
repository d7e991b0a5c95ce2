"""The abstract moderated entry, its operating state, and the task by which staff approve it."""

from django import forms
from django.apps import apps
from django.contrib.auth import get_permission_codename
from django.contrib.contenttypes.models import ContentType
from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.models import (
    DraftStateMixin,
    LockableMixin,
    PreviewableMixin,
    RevisionMixin,
    TaskState,
    WorkflowMixin,
)
from wagtail.models.workflows import AbstractGroupApprovalTask


class Listing(WorkflowMixin, DraftStateMixin, LockableMixin, PreviewableMixin, RevisionMixin, models.Model):
    """Something an organisation publishes after staff approved it.

    Wagtail alone changes `live`. What changes in daily use (confirmed, paused) stands in a `ListingState` of its own,
    because publishing a revision writes every field back.
    """

    organisation = models.ForeignKey(
        "regiokit.Organisation", on_delete=models.CASCADE, related_name="%(class)ss", verbose_name=_("Organisation")
    )
    created_at = models.DateTimeField(_("angelegt"), default=timezone.now, editable=False)
    # Written into the form of a new entry: a second click on "save" finds the first one's row.
    key = models.CharField(max_length=36, unique=True, null=True, blank=True, editable=False)

    class Meta:
        abstract = True

    @property
    def stage(self) -> str:
        """Where the entry stands: draft, submitted, returned, live, changed (live with a newer draft), withdrawn."""
        workflow = self.current_workflow_state
        if workflow and workflow.status == workflow.STATUS_IN_PROGRESS:
            return "submitted"
        if workflow and workflow.status == workflow.STATUS_NEEDS_CHANGES:
            return "returned"
        if self.live:
            return "changed" if self.has_unpublished_changes else "live"
        return "withdrawn" if self.first_published_at else "draft"

    @property
    def return_reason(self) -> str:
        """What staff wrote when they returned the entry; empty when it is not returned."""
        workflow = self.current_workflow_state
        if workflow and workflow.status == workflow.STATUS_NEEDS_CHANGES and workflow.current_task_state:
            return workflow.current_task_state.comment
        return ""


class ListingState(models.Model):
    """The operating state beside a listing: a concrete model adds `listing = OneToOneField(…, related_name="state")`.

    `submitted_at`: sent to the moderators and not yet decided; then the organisation gets a mail about the decision.
    """

    confirmed_at = models.DateTimeField(_("zuletzt bestätigt"), null=True, blank=True)
    paused_at = models.DateTimeField(_("pausiert seit"), null=True, blank=True)
    submitted_at = models.DateTimeField(_("zur Prüfung gesendet"), null=True, blank=True)

    class Meta:
        abstract = True


class NewerRevision(Exception):
    """Somebody saved a newer version than the one that was looked at; it must be looked at first."""


class ListingLocked(Exception):
    """Staff have locked the entry while they work on it."""


class NothingToReview(Exception):
    """The version is public already, or waits for its review."""


class ReasonForm(forms.Form):
    """Returning needs a reason: the organisation reads it and goes on from there."""

    comment = forms.CharField(
        label=_("Was ist zu ändern?"),
        widget=forms.Textarea({"rows": 4}),
        error_messages={"required": _("Bitte schreiben Sie, was zu ändern ist.")},
    )


class ListingApproval(AbstractGroupApprovalTask):
    """Approval by a group that publishes exactly the revision that the moderator saw.

    Wagtail's own task would publish the latest one, also when the organisation saved it after the moderator looked.
    """

    class Meta:
        app_label = "regiokit"
        verbose_name = _("Freigabe eines Eintrags")
        verbose_name_plural = _("Freigaben von Einträgen")

    @classmethod
    def get_description(cls):
        """Return what Wagtail shows when a task is chosen."""
        return _("Mitglieder der gewählten Gruppen geben einen Eintrag frei oder zurück.")

    def get_actions(self, obj, user):
        """Return what a moderator may decide, in the words of the glossary: the third value asks for a reason."""
        if not super().get_actions(obj, user) or not user.has_perm(_change(type(obj))):
            return []
        return [
            ("approve", _("Freigeben"), False),
            ("approve", _("Mit Bemerkung freigeben"), True),
            ("reject", _("Mit Begründung zurückgeben"), True),
        ]

    def get_task_states_user_can_moderate(self, user, **kwargs):
        """Return what waits for this person: a group that may change one kind of entry sees that kind alone."""
        states = super().get_task_states_user_can_moderate(user, **kwargs)
        kinds = ContentType.objects.get_for_models(
            *(model for model in apps.get_models() if issubclass(model, Listing))
        )
        mine = [kind.pk for model, kind in kinds.items() if user.has_perm(_change(model))]
        return states.filter(workflow_state__base_content_type__in=mine)

    def get_form_for_action(self, action):
        """Ask for a reason when an entry is returned."""
        return ReasonForm if action == "reject" else super().get_form_for_action(action)

    def on_action(self, task_state, user, action_name, **kwargs):
        """Approve or return. Raises `NewerRevision` when the latest revision is neither the one seen nor the moderator's own."""
        with transaction.atomic():
            listing = task_state.workflow_state.content_object
            locked = type(listing).objects.select_for_update().get(pk=listing.pk)
            state = TaskState.objects.select_for_update().get(pk=task_state.pk)
            latest = locked.latest_revision
            if action_name == "approve" and latest and latest.pk != state.revision_id and latest.user_id != user.pk:
                raise NewerRevision(listing)
            if state.status != TaskState.STATUS_IN_PROGRESS:
                raise NewerRevision(listing)
            super().on_action(state.specific, user, action_name, **kwargs)


def _change(model: type[models.Model]) -> str:
    """Return the name of the right to change entries of this kind."""
    return f"{model._meta.app_label}.{get_permission_codename('change', model._meta)}"
