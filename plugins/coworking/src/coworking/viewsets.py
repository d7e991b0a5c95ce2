"""The Wagtail admin's side: staff approve spaces and look at trial days."""

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms.models import WagtailAdminModelForm
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel, ObjectList
from wagtail.admin.ui.tables import Column, DateColumn

from coworking.forms.space import OpeningHoursField, SpaceFields
from coworking.models import Space, TrialDay
from regiokit.listings.viewsets import ListingViewSet
from regiokit.loglists import LogList

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


def trial_day_rows():
    """Return the trial days with what the list shows."""
    return TrialDay.objects.select_related("space")


trial_days = LogList(
    name="coworking_trial_days",
    rows=trial_day_rows,
    icon="date",
    menu_label=_("Probetage"),
    menu_order=222,
    columns=("number", "space.name", "name", "day", "state", "asked_at", "respond_by"),
    fields=(
        "number", "space.name", "state", "day", "alternative_day", "accepted_day", "name", "email", "phone", "message",
        "asked_at", "requested_at", "respond_by", "decided_at", "decision",
    ),
    export=("number", "space.name", "state", "day", "accepted_day", "asked_at", "requested_at", "decided_at"),
    labels=(("number", _("Vorgang")), ("space.name", _("Arbeitsort"))),
    filters=("state", "asked_at"),
    search=("name", "email", "phone", "space__name"),
    ordering=("-asked_at", "-pk"),
    empty=_("Noch hat niemand nach einem Probetag gefragt."),
)  # fmt: skip
