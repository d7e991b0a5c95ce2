"""Verbs on saved searches: sign up, confirm, change, renew, stop."""

from urllib.parse import urlencode

from django import forms
from django.db import transaction
from django.http import QueryDict
from django.utils import timezone

from regiokit.search.alerts import due, letters, reading
from regiokit.search.alerts.candidates import circle
from regiokit.search.alerts.models import SavedSearch
from regiokit.search.alerts.wording import in_words
from regiokit.search.contract import SearchSource
from regiokit.search.filters import build_query, filter_set

NOT_KEPT = {"page", "per_page", "sort"}


@transaction.atomic
def sign_up(source: SearchSource, *, form: forms.Form, params: QueryDict, email: str, rhythm: str) -> SavedSearch:
    """Keep a question (`form`: its checked parameters `params`) and ask the address whether it wants that.

    The same question of the same address stays one; its link is sent again, with the rhythm that was chosen now.
    """
    values = {**asked(source, form), "words": in_words(source, form)}
    saved, new = SavedSearch.objects.get_or_create(
        source=source.key,
        email=email.strip().lower(),
        params=kept_params(source, params),
        defaults={**values, "rhythm": rhythm},
    )
    if not new and not saved.is_confirmed:
        SavedSearch.objects.filter(pk=saved.pk).update(created_at=timezone.now())
    letters.confirm(saved, rhythm=rhythm)
    return saved


@transaction.atomic
def confirm(source: SearchSource, saved: SavedSearch, *, rhythm: str) -> SavedSearch:
    """The address is the person's own: find for it from now on. A second time only changes the rhythm."""
    saved = lock(saved.pk)
    if not saved.is_confirmed:
        saved.confirmed_at = saved.renewed_at = timezone.now()
        saved.save(update_fields=["confirmed_at", "renewed_at"])
        reading.read(source, [saved])
    return change_rhythm(saved, rhythm=rhythm)


@transaction.atomic
def change_rhythm(saved: SavedSearch, *, rhythm: str) -> SavedSearch:
    """Write as often as `rhythm` says; what was found and not sent yet follows."""
    saved = lock(saved.pk)
    saved.rhythm = rhythm
    saved.save(update_fields=["rhythm"])
    saved.matches.filter(sent_at=None).update(due_at=due.moments()[rhythm])
    return saved


@transaction.atomic
def renew(saved: SavedSearch) -> SavedSearch:
    """Go on for another six months."""
    saved = lock(saved.pk)
    saved.renewed_at, saved.reminded_at = timezone.now(), None
    saved.save(update_fields=["renewed_at", "reminded_at"])
    return saved


def stop(saved: SavedSearch) -> None:
    """Forget the question and the address at once."""
    SavedSearch.objects.filter(pk=saved.pk).delete()


def lock(pk: int) -> SavedSearch:
    """Return the row as it is now, for this transaction alone. Raises `SavedSearch.DoesNotExist` when it was stopped."""
    return SavedSearch.objects.select_for_update().get(pk=pk)


def kept_params(source: SearchSource, params: QueryDict) -> str:
    """Return the parameters that make the question, in a fixed order: not the page, nor what changes by the minute."""
    live = {facet.name for facet in source.facets if facet.live}
    names = sorted(filter_set(source).base_filters.keys() - NOT_KEPT - live)
    return urlencode(
        [(name, value.strip()) for name in names for value in sorted(params.getlist(name)) if value.strip()]
    )


def asked(source: SearchSource, form: forms.Form) -> dict:
    """Return the fields of a saved search that hold the question of checked parameters."""
    query = build_query(source, form)
    live = {facet.name for facet in source.facets if facet.live}
    fields = {
        "text": query.text,
        "ags": query.ags,
        "radius_km": query.radius_km,
        "beyond": query.beyond,
        "facets": {name: sorted(values) for name, values in query.facets.items() if name not in live},
    }
    if query.point:
        fields |= circle(query.point, query.radius_km)
    return fields
