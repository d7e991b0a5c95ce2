"""The search tables of the database engine: one entry for each live object, one row for each of its facet values."""

from django.db import models


class SearchEntry(models.Model):
    """What the database engine knows of one live object."""

    source = models.CharField(max_length=60)
    object_id = models.BigIntegerField()
    title = models.CharField(max_length=255)
    slug = models.CharField(max_length=255)
    title_words = models.TextField()
    organisation_words = models.TextField(blank=True)
    all_words = models.TextField()
    ags = models.CharField(max_length=8, blank=True)
    lat = models.FloatField(null=True)
    lon = models.FloatField(null=True)
    published_at = models.DateTimeField(null=True)
    confirmed_at = models.DateTimeField(null=True)

    class Meta:
        app_label = "regiokit"
        constraints = [models.UniqueConstraint(fields=["source", "object_id"], name="regiokit_one_search_entry")]
        indexes = [
            models.Index(fields=["source", "lat", "lon"], name="regiokit_search_place"),
            models.Index(fields=["source", "-published_at"], name="regiokit_search_newest"),
        ]

    def __str__(self):
        return f"{self.source} {self.object_id}"


class SearchEntryValue(models.Model):
    """One facet value of one entry."""

    entry = models.ForeignKey(SearchEntry, on_delete=models.CASCADE, related_name="values")
    facet = models.CharField(max_length=40)
    value = models.CharField(max_length=60)

    class Meta:
        app_label = "regiokit"
        indexes = [models.Index(fields=["facet", "value"], name="regiokit_search_value")]

    def __str__(self):
        return f"{self.facet}={self.value}"
