"""What the accounts add to the Wagtail admin: the name of an entry in its history."""

from django.utils.translation import gettext_lazy as _
from wagtail import hooks

from portal.accounts.domain.breakglass import USED
from portal.accounts.viewsets import AssignGroupAction, SetActiveAction


@hooks.register("register_log_actions")
def name_log_actions(actions):
    """Name what the history shows about signing in without mail."""
    actions.register_action(USED, _("Anmeldung ohne E-Mail"), _("Anmeldung mit einer Adresse vom Server"))


# After Wagtail's own of the same kind, whose place they take.
for action in (AssignGroupAction, SetActiveAction):
    hooks.register("register_bulk_action", action, order=1000)
