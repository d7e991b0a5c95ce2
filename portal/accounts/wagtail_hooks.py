"""What the accounts add to the Wagtail admin: names of entries in its history, ways to the own account."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks

from portal.accounts.domain.breakglass import USED
from portal.accounts.domain.factor import RESET
from portal.accounts.domain.sessions import rights_changed
from portal.accounts.viewsets import AssignGroupAction, SetActiveAction


@hooks.register("register_log_actions")
def name_log_actions(actions):
    """Name what the history shows about signing in without mail and about lost factors."""
    actions.register_action(USED, _("Anmeldung ohne E-Mail"), _("Anmeldung mit einer Adresse vom Server"))
    actions.register_action(RESET, _("Zweiter Faktor zurückgesetzt"), _("Zweiter Faktor zurückgesetzt"))


@hooks.register("register_account_menu_item")
def lead_to_factor(request):
    """Lead from the account page of the admin to the second factor."""
    return {
        "url": reverse("mfa_index"),
        "label": _("Zweiter Faktor"),
        "help_text": _("Code-App, Passkeys und Ersatzcodes für Ihre Anmeldung."),
    }


@hooks.register("register_account_menu_item")
def lead_to_sessions(request):
    """Lead from the account page of the admin to the own sessions."""
    return {
        "url": reverse("account_sessions"),
        "label": _("Angemeldete Geräte"),
        "help_text": _("Sehen, wo Sie angemeldet sind, und es beenden."),
    }


@hooks.register("after_bulk_action")
def end_sessions_of_many(request, action_type, objects, action):
    """End sessions after several people were closed or opened at once: Wagtail writes those rows without signals."""
    if action_type == "set_active_state":
        rights_changed([person.pk for person in objects])


# After Wagtail's own of the same kind, whose place they take.
for action in (AssignGroupAction, SetActiveAction):
    hooks.register("register_bulk_action", action, order=1000)
