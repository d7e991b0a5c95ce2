"""Events: one page each, once or again and again."""

from datetime import date
from functools import cached_property
from itertools import islice

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.contrib.routable_page.models import RoutablePageMixin, path
from wagtail.search import index

from portal.editorial.agenda import next_of_each
from portal.editorial.blocks import BodyBlock
from portal.editorial.calendar_file import calendar_answer
from portal.editorial.enums import EventKind, EventState
from portal.editorial.fields import BodyField
from portal.editorial.models.base import EditorialPage, for_everybody
from portal.editorial.recurrence import Schedule, parse_days, parse_rule, validate_days, validate_rule
from portal.editorial.schedule_form import ScheduleForm

DATES_SHOWN = 5
OTHERS_SHOWN = 3
SCHEDULED = (
    "starts_on",
    "start_time",
    "ends_on",
    "end_time",
    "rrule",
    "exdates",
    "state",
    "town_id",
    "place",
    "street",
)
"""What calendars of other people must learn about: a change raises `sequence` (RFC 5545, 3.8.7.4)."""


class EventPage(RoutablePageMixin, EditorialPage):
    """One event. Days and hours are those of the region's clock; `over_at` (UTC) is worked out of them."""

    new_label = _("Neue Veranstaltung")

    kind = models.CharField(_("Art"), max_length=20, choices=EventKind.choices)
    starts_on = models.DateField(_("Erster Tag"))
    start_time = models.TimeField(_("Beginn"), null=True, blank=True, help_text=_("Leer: ganztägig."))
    ends_on = models.DateField(
        _("Letzter Tag"), null=True, blank=True, help_text=_("Nur wenn ein Termin länger als einen Tag dauert.")
    )
    end_time = models.TimeField(_("Ende"), null=True, blank=True)
    rrule = models.CharField(_("Wiederholung"), max_length=200, blank=True, validators=[validate_rule])
    exdates = models.TextField(_("Ausnahmen"), max_length=500, blank=True, validators=[validate_days])
    over_at = models.DateTimeField(_("vorbei am"), null=True, blank=True, editable=False, db_index=True)
    sequence = models.PositiveIntegerField(_("Fassung des Termins"), default=0, editable=False)
    state = models.CharField(_("Stand"), max_length=10, choices=EventState.choices, default=EventState.PLANNED)
    state_note = models.CharField(
        _("Warum, und was nun?"),
        max_length=250,
        blank=True,
        help_text=_("Wenn der Termin abgesagt oder verlegt ist: der Grund, und was Angemeldete tun sollen."),
    )
    town = models.ForeignKey(
        "regiokit.Municipality",
        verbose_name=_("Ort"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        help_text=_("Leer: im ganzen Kreis oder online."),
    )
    place = models.CharField(_("Haus oder Treffpunkt"), max_length=160, blank=True)
    street = models.CharField(_("Straße und Hausnummer"), max_length=160, blank=True)
    organiser = models.CharField(_("Wer lädt ein?"), max_length=160)
    cost = models.CharField(
        _("Kosten"),
        max_length=160,
        blank=True,
        help_text=_("In Worten, zum Beispiel: kostenlos, oder 5 Euro für Material."),
    )
    registration_url = models.URLField(_("Anmeldung im Netz"), blank=True)
    registration_phone = models.CharField(
        _("Anmeldung per Telefon"),
        max_length=40,
        blank=True,
        validators=[RegexValidator(r"^\+?[0-9(][0-9 /()-]{4,}$", _("Bitte geben Sie eine Telefonnummer ein."))],
    )
    registration_until = models.DateField(_("Anmeldung bis"), null=True, blank=True)
    accessibility = models.TextField(
        _("Barrierefreiheit"),
        max_length=600,
        blank=True,
        help_text=_("Stufen, Aufzug, Toilette, Hörschleife, Gebärdensprache, Leichte Sprache."),
    )
    body = BodyField(BodyBlock(), verbose_name=_("Inhalt"), blank=True)

    base_form_class = ScheduleForm
    content_panels = [
        *EditorialPage.content_panels,
        MultiFieldPanel(
            [FieldPanel(name) for name in ("kind", "starts_on", "start_time", "ends_on", "end_time")],
            heading=_("Wann?"),
        ),
        MultiFieldPanel(
            [FieldPanel(f"repeat{name}") for name in ("", "_interval", "_days", "_until", "_count", "_without")],
            heading=_("Wiederholt sich der Termin?"),
        ),
        MultiFieldPanel([FieldPanel("state"), FieldPanel("state_note")], heading=_("Abgesagt oder verlegt?")),
        MultiFieldPanel([FieldPanel(name) for name in ("town", "place", "street", "accessibility")], heading=_("Wo?")),
        MultiFieldPanel(
            [
                FieldPanel(name)
                for name in ("organiser", "cost", "registration_url", "registration_phone", "registration_until")
            ],
            heading=_("Wer lädt ein, und was kostet es?"),
        ),
        FieldPanel("body"),
    ]
    search_fields = [
        *EditorialPage.search_fields,
        index.SearchField("organiser"),
        index.SearchField("place"),
        index.SearchField("body"),
        index.FilterField("kind"),
    ]
    parent_page_types = ["editorial.EventIndexPage"]
    subpage_types = []
    template = "editorial/event_page.html"
    exclude_fields_in_copy = ["sequence"]

    class Meta:
        verbose_name = _("Veranstaltung")
        verbose_name_plural = _("Veranstaltungen")

    def clean(self):
        """Refuse an end before the beginning and exceptions that leave nothing."""
        super().clean()
        if not self.starts_on:
            return
        if self.ends_on and self.ends_on < self.starts_on:
            raise ValidationError({"ends_on": _("Der letzte Tag liegt vor dem ersten.")})
        if self.end_time and not self.start_time:
            raise ValidationError({"start_time": _("Bitte geben Sie auch den Beginn ein.")})
        if self.end_time and self.end_time <= self.start_time and (self.ends_on or self.starts_on) == self.starts_on:
            message = _("Das Ende liegt vor dem Beginn. Geht es über Mitternacht, geben Sie den letzten Tag an.")
            raise ValidationError({"end_time": message})
        if self.rrule and self.ends_on and (self.ends_on - self.starts_on).days > 6:
            message = _("Was sich wiederholt, dauert höchstens eine Woche.")
            raise ValidationError({"ends_on": message})

    def save(self, *args, **kwargs):
        """Work out when it is over, and count changes that other people's calendars must learn about."""
        self.__dict__.pop("schedule", None)
        self.over_at = self.schedule.over_at
        stored = (
            type(self).objects.filter(pk=self.pk).values("sequence", "live", *SCHEDULED).first() if self.pk else None
        )
        if stored:
            # A revision brings the number of its day along; the stored one goes on.
            changed = stored["live"] and any(stored[name] != getattr(self, name) for name in SCHEDULED)
            self.sequence = stored["sequence"] + changed
        return super().save(*args, **kwargs)

    @cached_property
    def schedule(self) -> Schedule:
        """When it takes place."""
        return Schedule(
            start_on=self.starts_on,
            start_time=self.start_time,
            end_on=self.ends_on,
            end_time=self.end_time,
            rule=parse_rule(self.rrule),
            without=parse_days(self.exdates),
        )

    @property
    def cancelled(self) -> bool:
        """Whether it does not take place."""
        return self.state == EventState.CANCELLED

    @property
    def changed(self) -> bool:
        """Whether it takes place otherwise than first announced, or not at all."""
        return self.state != EventState.PLANNED

    @property
    def over(self) -> bool:
        """Whether the last occurrence has ended."""
        return self.over_at is not None and self.over_at <= timezone.now()

    @property
    def address(self) -> str:
        """The place in one line: house, street, town."""
        town = self.town.name if self.town_id else ""
        return ", ".join(part for part in (self.place, self.street, town) if part)

    @property
    def registration_open(self) -> bool:
        """Whether there is a way to register and it is not too late."""
        way = self.registration_url or self.registration_phone
        return bool(way) and not (self.registration_until and self.registration_until < timezone.localdate())

    def days_off(self) -> list[date]:
        """Return the coming days on which it does not take place."""
        return [day for day in self.schedule.without if day >= timezone.localdate()]

    def get_context(self, request, *args, **kwargs):
        """Add the next dates, and of an event that is over what comes next elsewhere."""
        context = super().get_context(request, *args, **kwargs)
        upcoming = self.schedule.upcoming()
        context["dates"] = list(islice(upcoming, DATES_SHOWN))
        context["calendar_url"] = self.get_url(request) + self.reverse_subpage("calendar") if self.pk else ""
        if self.over or self.cancelled:
            context["others"] = next_of_each(EventPage.shown().exclude(pk=self.pk), limit=OTHERS_SHOWN)
        return context

    @path("ical/", name="calendar")
    def calendar(self, request):
        """Answer with this event as an iCalendar file."""
        return calendar_answer([self], name=self.title, filename=self.slug)

    @classmethod
    def shown(cls):
        """Return what visitors may see and what is not over, with the towns; one query."""
        pages = for_everybody(cls.objects.defer_streamfields().select_related("town"))
        return pages.filter(Q(over_at=None) | Q(over_at__gt=timezone.now()))


def without_past(pages):
    """Leave out events that are over; takes and returns a queryset of pages."""
    return pages.exclude(pk__in=EventPage.objects.filter(over_at__lte=timezone.now()).values("pk"))
