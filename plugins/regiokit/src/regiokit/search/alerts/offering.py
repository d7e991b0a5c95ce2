"""What a list offers beside its results: mails and feeds for the question it answers."""

from dataclasses import dataclass

from django.http import QueryDict
from django.urls import NoReverseMatch

from regiokit.search.alerts import addresses
from regiokit.search.alerts.domain import kept_params
from regiokit.search.contract import SearchSource


@dataclass(frozen=True)
class Offering:
    """The addresses for one question; `calendar_url` is empty where there is no calendar."""

    alert_url: str
    feed_url: str
    calendar_url: str


def offering(source: SearchSource, params: QueryDict) -> Offering:
    """Return where to go on with the question of these (right) parameters. A list sets no cookie, so these are links."""
    kept = kept_params(source, params)
    question = f"?{kept}" if kept else ""
    try:
        calendar = addresses.of_source(source, "calendar") + question
    except NoReverseMatch:
        calendar = ""
    return Offering(
        alert_url=addresses.of_source(source, "alert_new") + question,
        feed_url=addresses.of_source(source, "feed") + question,
        calendar_url=calendar,
    )
