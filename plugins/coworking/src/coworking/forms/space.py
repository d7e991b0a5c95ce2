"""The operator's form for a space; staff use the same fields in the admin."""

import uuid

from django import forms
from django.core.validators import RegexValidator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from coworking.enums import Amenity, Known, Product, Wheelchair
from coworking.models import Space
from coworking.validators import tidy_opening_hours
from regiokit.organisations.models import Organisation

MOST_EURO = 100_000


class OpeningHoursField(forms.CharField):
    """Takes what people type and cleans it to OpenStreetMap's syntax; the model's validator has the last word."""

    def to_python(self, value):
        """Return the tidied text."""
        return tidy_opening_hours(super().to_python(value) or "")


def _price(label) -> forms.DecimalField:
    return forms.DecimalField(
        label=label,
        required=False,
        min_value=0,
        max_value=MOST_EURO,
        decimal_places=2,
        localize=True,
        widget=forms.TextInput(attrs={"inputmode": "decimal"}),
    )


class SpaceFields(forms.ModelForm):
    """Plain fields for what the model keeps as JSON: prices, amenities, accessibility."""

    amenities = forms.MultipleChoiceField(
        label=gettext_lazy("Was gibt es?"), choices=Amenity.choices, required=False, widget=forms.CheckboxSelectMultiple
    )
    price_hour = _price(gettext_lazy("Preis für eine Stunde in Euro"))
    price_half_day = _price(gettext_lazy("Preis für einen halben Tag in Euro"))
    price_day = _price(gettext_lazy("Preis für einen Tag in Euro"))
    price_ten_days = _price(gettext_lazy("Preis für zehn Tage in Euro"))
    price_month = _price(gettext_lazy("Preis für einen Monat in Euro"))
    wheelchair = forms.ChoiceField(
        label=gettext_lazy("Mit dem Rollstuhl zugänglich"), choices=Wheelchair.choices, required=False
    )
    toilet = forms.ChoiceField(label=gettext_lazy("Barrierefreie Toilette"), choices=Known.choices, required=False)
    parking = forms.ChoiceField(
        label=gettext_lazy("Parkplatz für Menschen mit Behinderung"), choices=Known.choices, required=False
    )
    induction_loop = forms.ChoiceField(
        label=gettext_lazy("Höranlage (Induktionsschleife)"), choices=Known.choices, required=False
    )
    website = forms.URLField(label=gettext_lazy("Internetseite"), required=False, max_length=200, assume_scheme="https")
    door_width_cm = forms.IntegerField(
        label=gettext_lazy("Breite der schmalsten Tür in Zentimetern"), required=False, min_value=40, max_value=400
    )

    ACCESS = ("wheelchair", "toilet", "parking", "induction_loop", "door_width_cm")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.initial.setdefault("amenities", self.instance.amenities)
        for price in self.instance.prices:
            whole = price["gross_cents"] % 100 == 0
            euros = price["gross_cents"] // 100 if whole else price["gross_cents"] / 100
            self.initial.setdefault(f"price_{price['product']}", euros)
        for name in self.ACCESS:
            self.initial.setdefault(name, self.instance.accessibility.get(name))

    def clean(self):
        """Hand prices and accessibility to the model."""
        cleaned = super().clean()
        prices = ((product.value, cleaned.get(f"price_{product.value}")) for product in Product)
        self.instance.prices = [
            {"product": product, "gross_cents": round(euros * 100)} for product, euros in prices if euros is not None
        ]
        self.instance.accessibility = {name: cleaned[name] for name in self.ACCESS if cleaned.get(name)}
        return cleaned


class SpaceForm(SpaceFields):
    """The operator's form: what is needed first, everything else in closed groups.

    `revision` is the one that was loaded, `key` recognises a second click on a new space.
    """

    opening_hours = OpeningHoursField(
        label=gettext_lazy("Öffnungszeiten"),
        max_length=255,
        help_text=gettext_lazy(
            "Zum Beispiel: Mo-Fr 08:00-18:00; Sa 09:00-13:00; PH off. „PH off“ heißt: an Feiertagen geschlossen. "
            "Rund um die Uhr: 24/7. Sie können auch „Mo-Do 8-17 Uhr, Fr 8-13 Uhr“ schreiben."
        ),
    )
    revision = forms.IntegerField(widget=forms.HiddenInput, required=False)
    key = forms.CharField(
        widget=forms.HiddenInput, required=False, max_length=36, validators=[RegexValidator(r"^[0-9a-f-]{32,36}$")]
    )

    ESSENTIAL = ("name", "street", "municipality", "opening_hours", "price_day", "summary")
    GROUPS = (
        (
            gettext_lazy("Weitere Preise und Probetag"),
            ("trial_day", "price_hour", "price_half_day", "price_ten_days", "price_month"),
        ),
        (
            gettext_lazy("Ausstattung und Arbeiten vor Ort"),
            (
                "kind",
                "description",
                "capacity_desks",
                "capacity_rooms",
                "amenities",
                "internet_down",
                "internet_up",
                "noise",
                "confidential",
                "house_rules",
            ),
        ),
        (
            gettext_lazy("Lage, Anfahrt und Zugang"),
            ("postal_code", "lat", "lon", "stop_name", "stop_walk_minutes", "departures_per_hour", "access_note"),
        ),
        (gettext_lazy("Barrierefreiheit"), (*SpaceFields.ACCESS, "accessibility_note")),
        (gettext_lazy("Kontakt vor Ort"), ("phone", "email", "website")),
    )

    class Meta:
        model = Space
        fields = [
            "organisation", "name", "street", "municipality", "opening_hours", "summary", "kind", "description",
            "postal_code", "lat", "lon", "access_note", "capacity_desks", "capacity_rooms", "internet_down",
            "internet_up", "amenities", "noise", "confidential", "trial_day", "accessibility_note", "stop_name",
            "stop_walk_minutes", "departures_per_hour", "house_rules", "phone", "email", "website",
        ]  # fmt: skip
        widgets = {
            "summary": forms.Textarea(attrs={"rows": 3, "maxlength": 280}),
            "description": forms.Textarea(attrs={"rows": 8}),
            "house_rules": forms.Textarea(attrs={"rows": 4}),
            "access_note": forms.Textarea(attrs={"rows": 2}),
            "accessibility_note": forms.Textarea(attrs={"rows": 2}),
        }
        help_texts = {
            "summary": gettext_lazy("Höchstens 280 Zeichen. Dieser Satz steht auf der Karte in der Liste."),
            "lat": gettext_lazy("Zum Beispiel 51,94180. Ohne Angabe zeigt die Karte die Ortsmitte."),
            "lon": gettext_lazy("Zum Beispiel 7,17296."),
            "phone": gettext_lazy("Öffentlich erscheint nur, was Ihre Organisation freigegeben hat."),
        }

    def __init__(self, *args, organisations, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["price_day"].help_text = _("Mit Mehrwertsteuer. Leer lassen, wenn Sie keinen Tagespreis haben.")
        self.fields["noise"].choices = [("", _("keine Angabe")), *[c for c in self.fields["noise"].choices if c[0]]]
        self.fields["municipality"].queryset = self.fields["municipality"].queryset.defer("outline")
        self.fields["municipality"].empty_label = _("Bitte wählen")
        for name in ("lat", "lon"):
            self.fields[name].localize = True
            self.fields[name].widget = forms.TextInput(attrs={"inputmode": "decimal"})
        self.initial["revision"] = self.instance.latest_revision_id
        self.initial["key"] = self.instance.key or uuid.uuid4().hex
        organisations = list(organisations)
        if self.instance.pk or len(organisations) == 1:
            del self.fields["organisation"]
            if not self.instance.pk:
                self.instance.organisation = organisations[0]
        elif organisations:
            self.fields["organisation"].queryset = Organisation.objects.filter(pk__in=[o.pk for o in organisations])
            self.fields["organisation"].label = _("Wer betreibt den Arbeitsort?")
            self.fields["organisation"].empty_label = _("Bitte wählen")
        else:
            del self.fields["organisation"]
            self.fields["organisation_name"] = forms.CharField(
                label=_("Wer betreibt den Arbeitsort?"),
                max_length=160,
                help_text=_("Name der Firma, des Vereins oder der Gemeinde. Sie werden dafür verantwortlich."),
            )

    def clean(self):
        """Give a new space the key of its form."""
        cleaned = super().clean()
        if self.instance.pk is None:
            self.instance.key = cleaned.get("key") or uuid.uuid4().hex
        return cleaned

    @property
    def essential(self):
        """The fields that are needed first."""
        first = [name for name in ("organisation_name", "organisation") if name in self.fields]
        return [self[name] for name in (*first, *self.ESSENTIAL)]

    @property
    def groups(self):
        """(title, fields, open) of each further group; a group with an error is open."""
        return [
            (title, [self[name] for name in names], any(self[name].errors for name in names))
            for title, names in self.GROUPS
        ]
