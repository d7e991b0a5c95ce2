"""The Wagtail admin's side: staff approve spaces and look at trial days."""

from datetime import datetime

from django import forms
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms.models import WagtailAdminModelForm
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel, ObjectList
from wagtail.admin.ui.tables import Column, DateColumn, TitleColumn
from wagtail.admin.views.generic import InspectView
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.permission_policies import ModelPermissionPolicy

from coworking.forms.space import OpeningHoursField, SpaceFields
from coworking.models import Space, TrialDay
from regiokit.listings.viewsets import ListingViewSet

STAGES = {
    "draft": _("Entwurf"),
    "submitted": _("wartet auf Prüfung"),
    "returned": _("zurückgegeben"),
    "live": _("öffentlich"),
    "changed": _("öffentlich, mit Änderungen"),
    "withdrawn": _("nicht mehr öffentlich"),
}


class SpaceAdminForm(SpaceFields, WagtailAdminModelForm):
    """The fields of the operator's form, so that staff see and mend the same."""

    opening_hours = OpeningHoursField(label=_("Öffnungszeiten"), max_length=255)


class StageColumn(Column):
    """Where the entry stands, in words."""

    def get_value(self, instance):
        """Return the stage."""
        return STAGES[instance.stage]


def _panels():
    prices = [FieldPanel(f"price_{name}") for name in ("hour", "half_day", "day", "ten_days", "month")]
    return ObjectList(
        [
            MultiFieldPanel(
                [FieldPanel(name) for name in ("organisation", "name", "kind", "summary", "description")],
                heading=_("Eintrag"),
            ),
            MultiFieldPanel(
                [
                    FieldPanel("street"),
                    FieldRowPanel([FieldPanel("postal_code"), FieldPanel("municipality")]),
                    FieldRowPanel([FieldPanel("lat"), FieldPanel("lon")]),
                    FieldRowPanel(
                        [FieldPanel("stop_name"), FieldPanel("stop_walk_minutes"), FieldPanel("departures_per_hour")]
                    ),
                ],
                heading=_("Ort und Anfahrt"),
            ),
            MultiFieldPanel(
                [FieldPanel("opening_hours"), FieldPanel("access_note")], heading=_("Öffnungszeiten und Zugang")
            ),
            MultiFieldPanel([FieldPanel("trial_day"), *prices], heading=_("Preise und Probetag")),
            MultiFieldPanel(
                [
                    FieldRowPanel([FieldPanel("capacity_desks"), FieldPanel("capacity_rooms")]),
                    FieldRowPanel([FieldPanel("internet_down"), FieldPanel("internet_up")]),
                    FieldPanel("amenities", widget=forms.CheckboxSelectMultiple),
                    FieldPanel("noise"),
                    FieldPanel("confidential"),
                    FieldPanel("house_rules"),
                ],
                heading=_("Ausstattung"),
            ),
            MultiFieldPanel(
                [*(FieldPanel(name) for name in SpaceFields.ACCESS), FieldPanel("accessibility_note")],
                heading=_("Barrierefreiheit"),
            ),
            MultiFieldPanel([FieldPanel(name) for name in ("phone", "email", "website")], heading=_("Kontakt vor Ort")),
        ],
        base_form_class=SpaceAdminForm,
    )


class SpaceViewSet(ListingViewSet):
    """Spaces: found by name, narrowed by town and kind, approved in Wagtail's moderation."""

    model = Space
    icon = "home"
    menu_label = _("Arbeitsorte")
    menu_name = "coworking-spaces"
    menu_order = 220
    add_to_admin_menu = True
    list_display = [
        "name",
        "organisation",
        "municipality",
        StageColumn("stage", label=_("Stand")),
        DateColumn("created_at", label=_("angelegt")),
    ]
    list_filter = ["live", "kind", "municipality", "organisation"]
    search_fields = ["name", "summary", "organisation__name"]
    search_backend_name = None
    list_export = ["name", "organisation", "municipality", "live", "opening_hours"]
    export_formats = ["xlsx"]
    edit_handler = _panels()

    def get_queryset(self, request):
        """Return the spaces with what the list shows."""
        return Space.objects.select_related("organisation", "municipality", "state").defer("municipality__outline")


class ReadOnlyPolicy(ModelPermissionPolicy):
    """Whoever may view may view; nobody adds, changes or deletes here."""

    def user_has_permission(self, user, action):
        """Allow looking only."""
        return action == "view" and super().user_has_permission(user, "view")

    def user_has_any_permission(self, user, actions):
        """Allow looking only."""
        return "view" in actions and self.user_has_permission(user, "view")

    def users_with_any_permission(self, actions):
        """Return who may look."""
        return super().users_with_any_permission([action for action in actions if action == "view"])


class TrialDayInspectView(InspectView):
    """One trial day, with local times and without "None"."""

    def get_field_display_value(self, field_name, field):
        """Return the value as a person reads it."""
        value = getattr(self.object, field_name)
        if isinstance(value, datetime):
            return date_format(timezone.localtime(value), "DATETIME_FORMAT")
        if value in (None, ""):
            return "–"
        return super().get_field_display_value(field_name, field)


class TrialDayViewSet(ModelViewSet):
    """Trial days for staff, to help on the telephone: number, space, day, state. Nothing can be changed."""

    model = TrialDay
    name = "coworking_trial_days"
    icon = "date"
    menu_label = _("Probetage")
    menu_name = "coworking-trial-days"
    menu_order = 221
    add_to_admin_menu = True
    inspect_view_enabled = True
    inspect_view_class = TrialDayInspectView
    copy_view_enabled = False
    form_fields = ["state"]
    list_display = [
        TitleColumn("number", label=_("Vorgang"), url_name="coworking_trial_days:inspect"),
        "space",
        "day",
        "state",
        "respond_by",
    ]
    list_filter = ["state", "space"]
    search_fields = ["name", "email", "space__name"]
    search_backend_name = None
    list_per_page = 30
    ordering = ["-asked_at", "-pk"]
    inspect_view_fields = [
        "space", "state", "day", "alternative_day", "accepted_day", "name", "email", "phone", "message", "asked_at",
        "requested_at", "respond_by", "decided_at", "decision",
    ]  # fmt: skip
