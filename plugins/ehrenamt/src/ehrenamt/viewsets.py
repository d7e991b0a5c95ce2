"""Offers and enquiries in the Wagtail admin: what staff needs to decide without opening, and everything when they open."""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel, ObjectList, TabbedInterface
from wagtail.admin.ui.tables import Column, DateColumn, UpdatedAtColumn

from ehrenamt.models import ACCESS_FIELDS, Enquiry, Offer
from regiokit.listings.viewsets import ListingViewSet
from regiokit.loglists import LogList

STAGES = {
    "draft": _("Entwurf"),
    "submitted": _("zu prüfen"),
    "returned": _("zurückgegeben"),
    "live": _("öffentlich"),
    "changed": _("öffentlich, mit neuerem Entwurf"),
    "withdrawn": _("zurückgezogen"),
}


class OfferAdminForm(WagtailAdminModelForm):
    """The admin's form: an offer that moves to another town moves its marker too."""

    def clean(self):
        """Forget the old point when the town changed and nobody set a new one."""
        cleaned = super().clean()
        changed = {*self.changed_data}
        if "municipality" in changed and not changed & {"lat", "lon"}:
            cleaned["lat"] = cleaned["lon"] = None
        return cleaned


class StageColumn(Column):
    """Where the offer stands, in German."""

    def get_value(self, offer):
        """Return the label of the stage, and whether the association paused the offer."""
        label = STAGES[offer.stage]
        return f"{label} ({_('pausiert')})" if offer.operating.paused_at else label


def _rows(*names):
    return [FieldPanel(name) for name in names]


class OfferViewSet(ListingViewSet):
    """Offers of all associations."""

    model = Offer
    icon = "group"
    menu_label = _("Angebote")
    menu_name = "angebote"
    menu_order = 210
    base_form_class = OfferAdminForm
    add_to_settings_menu = False
    list_display = [
        "title",
        Column("organisation", label=_("Organisation"), sort_key="organisation__name"),
        Column("town_name", label=_("Ort"), sort_key="municipality__name"),
        StageColumn("stage", label=_("Stand")),
        DateColumn("operating.submitted_at", label=_("Zur Prüfung seit")),
        DateColumn("operating.confirmed_at", label=_("Bestätigt")),
        UpdatedAtColumn(),
    ]
    list_filter = ["live", "time", "mode", "municipality", "organisation"]
    search_fields = ["title", "description", "organisation__name"]
    ordering = ["-created_at"]
    edit_handler = TabbedInterface(
        [
            ObjectList(
                [
                    FieldPanel("organisation", read_only=True),
                    *_rows("title", "summary", "description", "causes", "needs", "gives", "suitable_for"),
                    MultiFieldPanel(
                        [
                            *_rows("time", "schedule"),
                            FieldRowPanel(_rows("starts_on", "ends_on")),
                            FieldPanel("people_needed"),
                        ],
                        heading=_("Zeit"),
                    ),
                ],
                heading=_("Aufgabe"),
            ),
            ObjectList(
                [*_rows("mode", "municipality", "place_name", "street"), FieldRowPanel(_rows("lat", "lon"))],
                heading=_("Ort"),
            ),
            ObjectList(
                [
                    MultiFieldPanel(_rows("min_age", "certificate", "expenses", "insurance"), heading=_("Bedingungen")),
                    MultiFieldPanel(_rows(*ACCESS_FIELDS, "accessibility_note"), heading=_("Barrierefreiheit")),
                ],
                heading=_("Bedingungen"),
            ),
        ],
        base_form_class=OfferAdminForm,
    )

    def get_queryset(self, request):
        """Load what the list shows in the same query."""
        return Offer.objects.with_card()


def enquiry_rows():
    """Return the enquiries with what the list shows."""
    return Enquiry.objects.select_related("organisation")


enquiries = LogList(
    name="ehrenamt_enquiries",
    rows=enquiry_rows,
    icon="comment",
    menu_label=_("Anfragen"),
    menu_order=221,
    columns=("reference", "offer_title", "organisation.name", "name", "state", "created_at", "answered_at"),
    fields=(
        "reference", "offer_title", "organisation.name", "state", "name", "email", "phone", "message", "created_at",
        "confirmed_at", "handed_over", "answered_at", "answered_by", "answer", "staff_note",
    ),
    export=(
        "reference", "offer_title", "organisation.name", "state", "created_at", "confirmed_at", "handed_over", "answered_at",
    ),
    labels=(("reference", _("Vorgang")), ("organisation.name", _("Organisation"))),
    filters=("state", "created_at"),
    search=("name", "email", "phone", "offer_title", "organisation__name"),
    ordering=("-created_at", "-pk"),
    empty=_("Noch hat niemand angefragt."),
)  # fmt: skip
