"""What the library adds to the Wagtail admin."""

from django.contrib.auth.models import Permission
from django.urls import path
from django.utils.translation import gettext_lazy as _
from wagtail import hooks

from regiokit import loglists
from regiokit.listings.models import Listing
from regiokit.mail import views as mail_views
from regiokit.mail.loglist import outbox
from regiokit.organisations.domain import audit
from regiokit.organisations.viewsets import OrganisationViewSet
from regiokit.search.misses import missed
from regiokit.search.viewsets import SynonymViewSet

loglists.register(outbox)
loglists.register(missed)


@hooks.register("register_admin_urls")
def resending():
    """Add the question whether a mail is to be sent again."""
    return [path("listen/regiokit_outbox/<int:pk>/erneut/", mail_views.resend, name="regiokit_resend")]


@hooks.register("register_permissions")
def permissions_of_operations():
    """Offer groups the rights to see the worker's trouble and to send mails again."""
    own = Permission.objects.filter(content_type__app_label="regiokit")
    return own.filter(codename__in=["view_workerbeat", "change_outboxmail"])


@hooks.register("register_admin_viewset")
def organisations():
    """Add the organisations."""
    return OrganisationViewSet()


@hooks.register("register_admin_viewset")
def synonyms():
    """Add the words that mean the same."""
    return SynonymViewSet()


@hooks.register("register_log_actions")
def acts_in_the_history(actions):
    """Name what happened to organisations in Wagtail's history."""
    for action, label, text in (
        (audit.FOUNDED, _("Organisation anlegen"), _("Organisation angelegt")),
        (audit.CHANGED, _("Angaben ändern"), _("Angaben von einer verantwortlichen Person geändert")),
        (audit.INVITED, _("Einladen"), _("Jemanden eingeladen")),
        (audit.WITHDRAWN, _("Einladung zurückziehen"), _("Einladung zurückgezogen")),
        (audit.JOINED, _("Einladung annehmen"), _("Einladung angenommen")),
        (audit.ROLE, _("Rolle ändern"), _("Rolle geändert")),
        (audit.REMOVED, _("Mitglied entfernen"), _("Mitglied entfernt")),
        (audit.LEFT, _("Organisation verlassen"), _("Organisation verlassen")),
        (audit.CLAIMED, _("Übernahme anbieten"), _("Übernahme der Verantwortung angeboten")),
        (audit.CLAIM_REFUSED, _("Übernahme ablehnen"), _("Übernahme der Verantwortung abgelehnt")),
        (
            audit.UNREACHABLE,
            _("Nicht mehr erreichbar"),
            _("Mitglied ist nicht mehr erreichbar, Mitgliedschaft beendet"),
        ),
        (audit.WITHOUT_OWNER, _("Ohne Verantwortliche"), _("Niemand ist mehr verantwortlich; Mitglieder gefragt")),
        (audit.VERIFIED, _("Als geprüft vermerken"), _("Als geprüft vermerkt")),
        (audit.UNVERIFIED, _("Prüfung zurücknehmen"), _("Prüfung zurückgenommen")),
        (audit.LAPSED, _("Prüfung erloschen"), _("Prüfung erloschen, weil sich Angaben geändert haben")),
        (audit.MERGED, _("Zusammenführen"), _("Mit einer doppelten Organisation zusammengeführt")),
    ):
        actions.register_action(action, label, text)


@hooks.register("construct_snippet_action_menu")
def one_way_to_release(menu_items, request, context):
    """While an entry waits for its review, "Freigeben" is the way: publishing past it would tell nobody the decision."""
    instance = context.get("instance")
    if isinstance(instance, Listing) and instance.workflow_in_progress:
        menu_items[:] = [item for item in menu_items if item.name != "action-publish"]
