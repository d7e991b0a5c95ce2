"""The search tables: entries with their tokens and facet values, the vocabulary, suggestions, and what waits to be written."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from regiokit.plugin import active, load
from regiokit.search.contract import Reach


class SearchCombination(models.Model):
    """One set of facet values, as many entries have it.

    The number is made of the values themselves: a row never changes, and a process may remember it for good.
    """

    id = models.BigIntegerField(primary_key=True)
    source = models.CharField(max_length=60)
    facets = models.JSONField()

    class Meta:
        app_label = "regiokit"

    def __str__(self):
        return str(self.facets)


class SearchEntry(models.Model):
    """What the database knows of one live object.

    `*_words` hold the analyser's tokens, separated by spaces. `x`, `y`, `z` are the point on the unit sphere: with them a
    distance needs no trigonometry in SQL. `generation`: entries are found while it is the one in `SearchIndex`.
    """

    source = models.CharField(max_length=60)
    generation = models.PositiveIntegerField(default=1)
    object_id = models.BigIntegerField()
    title = models.CharField(max_length=255)
    slug = models.CharField(max_length=255)
    ags = models.CharField(max_length=8, blank=True)
    lat = models.FloatField(null=True)
    lon = models.FloatField(null=True)
    x = models.FloatField(null=True)
    y = models.FloatField(null=True)
    z = models.FloatField(null=True)
    reach = models.CharField(max_length=10, default=Reach.PLACE.value)
    starts_on = models.DateField(null=True)
    ends_on = models.DateField(null=True)
    visible_until = models.DateField(null=True)
    combination = models.ForeignKey(SearchCombination, on_delete=models.PROTECT, related_name="+")
    published_at = models.DateTimeField(null=True)
    confirmed_at = models.DateTimeField(null=True)
    digest = models.CharField(max_length=64)
    # Last in the row: SQLite reads a row from its beginning, and whatever is counted and sorted stands before.
    title_words = models.TextField()
    organisation_words = models.TextField(blank=True)
    text_words = models.TextField(blank=True)

    class Meta:
        app_label = "regiokit"
        constraints = [
            models.UniqueConstraint(fields=["source", "generation", "object_id"], name="regiokit_one_search_entry")
        ]
        indexes = [
            models.Index(fields=["source", "generation", "lat", "lon"], name="regiokit_search_place"),
            models.Index(
                fields=["source", "generation", "-published_at", "-object_id", "visible_until"],
                name="regiokit_search_newest",
            ),
            models.Index(
                fields=["source", "generation", "combination", "visible_until", "starts_on", "ends_on"],
                name="regiokit_search_facets",
            ),
        ]

    def __str__(self):
        return f"{self.source} {self.object_id}"


class SearchWord(models.Model):
    """One word of a source's vocabulary: as written (folded), its token, and in how many entries it was when counted.

    `generation` is that of the last index in which it was met: what a rebuild did not meet goes.
    """

    source = models.CharField(max_length=60)
    word = models.CharField(max_length=80)
    token = models.CharField(max_length=80)
    entries = models.PositiveIntegerField(default=1)
    generation = models.PositiveIntegerField(default=1)

    class Meta:
        app_label = "regiokit"
        constraints = [models.UniqueConstraint(fields=["source", "word"], name="regiokit_one_search_word")]
        indexes = [models.Index(fields=["source", "token"], name="regiokit_search_token")]

    def __str__(self):
        return self.word


class SearchSuggestion(models.Model):
    """A completion: what people may type on to. `folded` begins at one of the label's words; `generation` as in `SearchWord`."""

    source = models.CharField(max_length=60)
    kind = models.CharField(max_length=20)
    label = models.CharField(max_length=255)
    folded = models.CharField(max_length=255)
    entries = models.PositiveIntegerField(default=1)
    generation = models.PositiveIntegerField(default=1)

    class Meta:
        app_label = "regiokit"
        constraints = [
            models.UniqueConstraint(fields=["source", "kind", "label", "folded"], name="regiokit_one_suggestion")
        ]
        # With all that is answered: two letters begin thousands of rows, and none of them is looked up.
        indexes = [
            models.Index(
                fields=["source", "folded", "entries", "label", "kind"],
                name="regiokit_search_beginning",
                opclasses=["text_ops", "text_pattern_ops", "int4_ops", "text_ops", "text_ops"],
            )
        ]

    def __str__(self):
        return self.label


class SearchChange(models.Model):
    """An entry that an engine has yet to be told of. Written in the transaction that changes the entry.

    `failures`: how often it could not be read or written; it is tried again at `due_at`.
    """

    engine = models.CharField(max_length=20)
    source = models.CharField(max_length=60)
    object_id = models.BigIntegerField()
    created_at = models.DateTimeField(auto_now_add=True)
    due_at = models.DateTimeField(default=timezone.now)
    failures = models.PositiveSmallIntegerField(default=0)

    class Meta:
        app_label = "regiokit"
        indexes = [models.Index(fields=["engine", "id"], name="regiokit_search_change")]

    def __str__(self):
        return f"{self.engine}: {self.source} {self.object_id}"


class SearchIndex(models.Model):
    """The state of one source's index in one engine.

    `fingerprint` names the analyser and the schema that wrote it; `building` is the generation that a rebuild fills
    beside the live one, or None. `mark`: a random word, new with each write to the database's index.
    """

    engine = models.CharField(max_length=20)
    source = models.CharField(max_length=60)
    fingerprint = models.CharField(max_length=64)
    generation = models.PositiveIntegerField(default=1)
    building = models.PositiveIntegerField(null=True)
    mark = models.CharField(max_length=16, blank=True)
    built_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        app_label = "regiokit"
        constraints = [models.UniqueConstraint(fields=["engine", "source"], name="regiokit_one_search_index")]

    def __str__(self):
        return f"{self.engine}: {self.source}"


class SearchSynonym(models.Model):
    """Words that mean the same to people who search, separated by commas; editors keep them."""

    words = models.CharField(
        _("Wörter"),
        max_length=400,
        help_text=_("Zwei oder mehr, mit Komma getrennt: Senioren, ältere Menschen, Rentner"),
    )
    note = models.CharField(
        _("Notiz"), max_length=200, blank=True, help_text=_("Nur für Sie: warum es die Gruppe gibt")
    )

    class Meta:
        app_label = "regiokit"
        verbose_name = _("Synonyme")
        verbose_name_plural = _("Synonyme")
        ordering = ["words"]

    def __str__(self):
        return self.words


class SearchMiss(models.Model):
    """How often a word found nothing on one day. Nobody's question: single words, counted, without who asked.

    `word` is folded, `town` the key (AGS) of the place that was asked for, or empty.
    """

    day = models.DateField(_("zuletzt gesucht"))
    source = models.CharField(_("Bereich"), max_length=60)
    word = models.CharField(_("Wort"), max_length=40)
    town = models.CharField(_("Ort"), max_length=8, blank=True)
    count = models.PositiveIntegerField(_("Suchen an diesem Tag"), default=1)

    class Meta:
        app_label = "regiokit"
        verbose_name = _("vergebliche Suche")
        verbose_name_plural = _("Vergebliche Suchen")
        constraints = [
            models.UniqueConstraint(fields=["source", "word", "town", "day"], name="regiokit_one_miss_a_day")
        ]

    def __str__(self):
        return self.word

    @property
    def area(self) -> str:
        """The German name of what was searched."""
        labels = {
            source.key: source.label for source in (load(path) for one in active() for path in one.search_sources)
        }
        return str(labels.get(self.source, self.source))
