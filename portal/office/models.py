"""What the office keeps: a note of what was set up, and the step of the workflow that wants a second person."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.models import AbstractGroupApprovalTask, TaskState


class Provision(models.Model):
    """Something that was set up once after a migration ("Redaktion: wagtailadmin.access_admin").

    What is noted here is not set up again: what an administrator took away stays away.
    """

    key = models.CharField(max_length=200, unique=True)

    class Meta:
        verbose_name = _("Einrichtung")
        verbose_name_plural = _("Einrichtungen")

    def __str__(self):
        return self.key


class ProofreadingTask(AbstractGroupApprovalTask):
    """Approval by a second person: never by who wrote or handed in the version that is read (four eyes)."""

    by_others_alone = True

    class Meta:
        verbose_name = _("Gegenlesen")
        verbose_name_plural = _("Gegenlesen")

    @classmethod
    def get_description(cls):
        """Return what Wagtail shows when a task is chosen."""
        return _("Eine zweite Person aus den gewählten Gruppen liest gegen, nie die, von der die Fassung stammt.")

    def get_actions(self, obj, user):
        """Return what somebody may decide; for the authors nothing."""
        state = obj.current_workflow_task_state
        if not super().get_actions(obj, user) or (state and user.pk in authors(state)):
            return []
        return [
            ("approve", _("Gegengelesen, weitergeben"), False),
            ("approve", _("Mit Bemerkung weitergeben"), True),
            ("reject", _("Mit Begründung zurückgeben"), True),
        ]

    def get_task_states_user_can_moderate(self, user, **kwargs):
        """Return what waits for this person; their own texts wait for others."""
        states = super().get_task_states_user_can_moderate(user, **kwargs)
        return states.exclude(workflow_state__requested_by=user.pk).exclude(revision__user=user.pk)


class ReleaseTask(AbstractGroupApprovalTask):
    """The last step: approval makes the page public."""

    class Meta:
        verbose_name = _("Freigabe")
        verbose_name_plural = _("Freigaben")

    @classmethod
    def get_description(cls):
        """Return what Wagtail shows when a task is chosen."""
        return _("Mitglieder der gewählten Gruppen geben die Seite frei; damit ist sie öffentlich.")

    def get_actions(self, obj, user):
        """Return what somebody may decide, in the words of the glossary."""
        if not super().get_actions(obj, user):
            return []
        return [
            ("approve", _("Freigeben"), False),
            ("approve", _("Mit Bemerkung freigeben"), True),
            ("reject", _("Mit Begründung zurückgeben"), True),
        ]


def authors(state: TaskState) -> set[int]:
    """Return the keys of the people whose version waits: who wrote it, and who handed it in."""
    return {state.workflow_state.requested_by_id, state.revision.user_id} - {None}
