"""The form in which an association posts an offer: five fields, then groups that may stay closed."""

import uuid

from django import forms
from django.utils.translation import gettext_lazy as _

from ehrenamt.enums import Mode
from ehrenamt.forms.enquiry import KEY
from ehrenamt.models import ACCESS_FIELDS, Offer
from regiokit.places.models import Municipality

FIRST = ("title", "description", "causes", "time", "place")
GROUPS = (
    ("when", _("Wann genau"), ("schedule", "starts_on", "ends_on")),
    (
        "people",
        _("Was Sie brauchen und was Sie bieten"),
        ("summary", "needs", "gives", "people_needed", "suitable_for", "expenses"),
    ),
    ("place", _("Wo genau"), ("place_name", "street", "part_online")),
    ("access", _("Barrierefreiheit"), (*ACCESS_FIELDS, "accessibility_note")),
    ("legal", _("Alter, Führungszeugnis, Versicherung"), ("min_age", "certificate", "insurance")),
)
NOT_IN_DRAFTS = ("description", "causes", "time", "place")
AREA, ONLINE = "area", "online"


class OfferForm(forms.ModelForm):
    """A version of an offer. `draft` lets everything but the title wait.

    `place` joins town and mode in one question; `seen` is the revision that was loaded, `key` recognises a second click
    on a new offer.
    """

    place = forms.ChoiceField(label=_("Wo?"))
    part_online = forms.BooleanField(label=_("Ein Teil geht auch online von zu Hause aus"), required=False)
    seen = forms.IntegerField(required=False, widget=forms.HiddenInput)
    key = forms.CharField(required=False, widget=forms.HiddenInput, max_length=36, validators=[KEY])

    class Meta:
        model = Offer
        fields = [
            "title",
            "description",
            "causes",
            "time",
            *(name for _key, _title, names in GROUPS for name in names if name != "part_online"),
        ]
        widgets = {
            "description": forms.Textarea(attrs={"rows": 7}),
            "summary": forms.Textarea(attrs={"rows": 2}),
            "needs": forms.Textarea(attrs={"rows": 3}),
            "gives": forms.Textarea(attrs={"rows": 3}),
            "starts_on": forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
            "ends_on": forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
        }
        help_texts = {
            "title": _("Sagen Sie, was Menschen tun, zum Beispiel „Kindern in der Bücherei vorlesen“."),
            "causes": _("Höchstens drei."),
            "schedule": _("Zum Beispiel „jeden Dienstagnachmittag, etwa 2 Stunden“."),
            "ends_on": _("Nach diesem Tag zeigen wir das Angebot nicht mehr."),
            "summary": _("Ein Satz für die Liste. Ohne Eintrag nehmen wir den Anfang der Beschreibung."),
            "place_name": _("Zum Beispiel „Gemeindehaus am Markt“."),
            "accessibility_note": _("Zum Beispiel „Der Nebeneingang hat keine Stufe“."),
        }

    def __init__(self, *args, organisations=(), draft=False, **kwargs):
        super().__init__(*args, **kwargs)
        offer = self.instance
        towns = Municipality.objects.defer("outline").order_by("name")
        self.towns = {town.ags: town for town in towns}
        self.fields["place"].choices = [
            ("", _("Bitte wählen")),
            *((town.ags, town.name) for town in towns),
            (AREA, _("Im ganzen Kreis")),
            (ONLINE, _("Online, von zu Hause aus")),
        ]
        self.initial.setdefault("place", _place_of(offer))
        self.initial.setdefault("part_online", offer.mode == Mode.HYBRID)
        self.initial["seen"] = offer.latest_revision_id
        self.initial["key"] = offer.key or uuid.uuid4().hex
        for name in NOT_IN_DRAFTS:
            self.fields[name].required = not draft
        # Radio buttons would ask for a click each; the empty choice of the model says nothing that "unknown" does not.
        self.fields["time"].choices = [("", _("Bitte wählen")), *self.fields["time"].choices[1:]]
        if len(organisations) > 1 and offer.pk is None:
            self.fields["organisation"] = forms.ModelChoiceField(
                label=_("Für welchen Verein?"), queryset=organisations, empty_label=_("Bitte wählen")
            )

    def clean(self):
        """Turn the one question about the place into town and mode."""
        cleaned = super().clean()
        offer, place = self.instance, cleaned.get("place")
        before = offer.municipality_id
        if "organisation" in cleaned:
            offer.organisation = cleaned["organisation"]
        if place in (AREA, ONLINE):
            offer.municipality, offer.mode = None, Mode.AREA if place == AREA else Mode.ONLINE
        elif place:
            offer.municipality = self.towns[place]
            offer.mode = Mode.HYBRID if cleaned.get("part_online") else Mode.ON_SITE
        elif place == "":
            offer.municipality, offer.mode = None, Mode.ON_SITE
        if offer.municipality_id != before:
            offer.lat = offer.lon = None
        if offer.pk is None:
            offer.key = cleaned.get("key") or uuid.uuid4().hex
        return cleaned

    @property
    def first_fields(self):
        """The fields that every offer needs, as bound fields."""
        return [self[name] for name in (*(["organisation"] if "organisation" in self.fields else []), *FIRST)]

    @property
    def groups(self):
        """Key, title, bound fields of each further group, and whether it is open because something stands wrong in it."""
        return [
            (
                key,
                title,
                [self[name] for name in names],
                bool(self.errors.keys() & {*names}) if self.is_bound else False,
            )
            for key, title, names in GROUPS
        ]


def _place_of(offer: Offer) -> str:
    if offer.mode == Mode.ONLINE:
        return ONLINE
    if offer.mode == Mode.AREA and not offer.municipality_id:
        return AREA
    return offer.municipality_id or ""
