"""The tables of saved searches: who asked what, by which tokens candidates are found, and what was found for whom."""

from datetime import date, timedelta

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from regiokit.search.contract import Beyond

KEPT_DAYS = 183
"""A saved search ends six months after it was confirmed or renewed."""


class Rhythm(models.TextChoices):
    """How often mails are wanted."""

    AT_ONCE = "at_once", _("sofort")
    DAILY = "daily", _("einmal am Tag")
    WEEKLY = "weekly", _("einmal in der Woche")


class SavedSearch(models.Model):
    """A question that somebody wants to hear about. Not confirmed while `confirmed_at` is empty; times in UTC.

    `params` are the parameters of the list, `words` the same for people. `x`, `y`, `z` are the asked place on the unit
    sphere and `chord` the square of how far from it an entry may lie there (`candidates.circle`); `question` holds the
    analysed words (`alerts.reading`), `unsettled` the words and tokens that the index did not know then; `read_with` names
    what analysed them.
    """

    source = models.CharField(max_length=60)
    email = models.EmailField(_("E-Mail"), max_length=254)
    rhythm = models.CharField(_("Wie oft"), max_length=10, choices=Rhythm.choices, default=Rhythm.DAILY)
    params = models.CharField(max_length=1000, blank=True)
    words = models.CharField(_("Frage"), max_length=500)
    text = models.CharField(max_length=200, blank=True)
    ags = models.CharField(max_length=8, blank=True)
    lat = models.FloatField(null=True)
    lon = models.FloatField(null=True)
    radius_km = models.FloatField(default=10)
    x = models.FloatField(null=True)
    y = models.FloatField(null=True)
    z = models.FloatField(null=True)
    chord = models.FloatField(null=True)
    beyond = models.CharField(max_length=10, default=Beyond.AREA.value)
    facets = models.JSONField(default=dict)
    question = models.JSONField(default=dict)
    unsettled = models.JSONField(null=True)
    read_with = models.CharField(max_length=16, blank=True)
    created_at = models.DateTimeField(_("angelegt"), default=timezone.now)
    confirmed_at = models.DateTimeField(_("bestätigt"), null=True)
    renewed_at = models.DateTimeField(_("verlängert"), null=True)
    reminded_at = models.DateTimeField(null=True)

    class Meta:
        app_label = "regiokit"
        verbose_name = _("Benachrichtigung")
        verbose_name_plural = _("Benachrichtigungen")
        constraints = [
            models.UniqueConstraint(fields=["source", "email", "params"], name="regiokit_one_saved_search"),
            models.CheckConstraint(
                condition=models.Q(confirmed_at=None, renewed_at=None)
                | models.Q(confirmed_at__isnull=False, renewed_at__isnull=False),
                name="regiokit_saved_search_runs",
            ),
        ]
        indexes = [
            models.Index(fields=["source", "read_with"], name="regiokit_saved_search_read"),
            models.Index(fields=["renewed_at"], name="regiokit_saved_search_age"),
        ]

    def __str__(self):
        return self.words

    @property
    def is_confirmed(self) -> bool:
        """Whether the address has agreed to mails."""
        return self.confirmed_at is not None

    @property
    def ends_on(self) -> date:
        """The local day on which it is deleted unless somebody renews it: counted in days, whatever the clocks do."""
        return timezone.localdate(self.renewed_at) + timedelta(days=KEPT_DAYS)


class SavedSearchAnchor(models.Model):
    """What an entry must have to be a candidate for a saved search: one of its anchors, token and facet value.

    An empty `value` asks for none. `decides`: words and facets ask no more than that.
    """

    saved_search = models.ForeignKey(SavedSearch, on_delete=models.CASCADE, related_name="anchors", db_index=False)
    source = models.CharField(max_length=60)
    token = models.CharField(max_length=90)
    value = models.CharField(max_length=90, blank=True)
    decides = models.BooleanField(default=False)

    class Meta:
        app_label = "regiokit"
        constraints = [models.UniqueConstraint(fields=["saved_search", "token", "value"], name="regiokit_one_anchor")]
        indexes = [
            models.Index(
                fields=["source", "token", "value", "decides", "saved_search"], name="regiokit_saved_search_anchor"
            )
        ]

    def __str__(self):
        return self.token


class SavedSearchMatch(models.Model):
    """An entry that was found for a saved search; its mail goes out from `due_at` on, `sent_at` says that it did."""

    saved_search = models.ForeignKey(SavedSearch, on_delete=models.CASCADE, related_name="matches", db_index=False)
    object_id = models.BigIntegerField()
    due_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)

    class Meta:
        app_label = "regiokit"
        constraints = [
            models.UniqueConstraint(fields=["saved_search", "object_id"], name="regiokit_one_saved_search_match")
        ]
        indexes = [
            models.Index(fields=["due_at"], condition=models.Q(sent_at=None), name="regiokit_alerts_due"),
            models.Index(fields=["sent_at"], name="regiokit_alerts_sent"),
        ]

    def __str__(self):
        return f"{self.saved_search_id}: {self.object_id}"


class SeenEntry(models.Model):
    """An entry that was looked at once: whatever happens to it later, nobody hears of it again."""

    source = models.CharField(max_length=60)
    object_id = models.BigIntegerField()

    class Meta:
        app_label = "regiokit"
        constraints = [models.UniqueConstraint(fields=["source", "object_id"], name="regiokit_one_seen_entry")]

    def __str__(self):
        return f"{self.source} {self.object_id}"


class AlertPosition(models.Model):
    """Up to which row of the search's tables the entries and words of a source were looked at."""

    source = models.CharField(max_length=60, primary_key=True)
    generation = models.PositiveIntegerField()
    newest_entry = models.BigIntegerField(default=0)
    newest_word = models.BigIntegerField(default=0)

    class Meta:
        app_label = "regiokit"

    def __str__(self):
        return self.source
