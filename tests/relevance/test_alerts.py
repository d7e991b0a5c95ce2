"""Saved searches find what the search itself finds: every judged question against every entry of the demo."""

import tomllib
from dataclasses import replace
from pathlib import Path
from urllib.parse import urlencode

import pytest
from django.http import QueryDict
from django.utils import timezone

from regiokit.search.alerts import domain, reading
from regiokit.search.alerts.candidates import NewEntry
from regiokit.search.alerts.models import SavedSearch
from regiokit.search.domain import search, sources
from regiokit.search.filters import build_query, validate
from regiokit.search.models import SearchEntry
from tests.permissions.people import load_examples

QUERIES = tomllib.loads((Path(__file__).parent / "queries.toml").read_text("utf-8"))["query"]
MANY_CAUSES = ("social", "sport", "youth", "school", "culture", "environment", "church", "local", "leisure", "rescue")
NARROWED = [
    ("ehrenamt.offer", "time=weekly"),
    ("ehrenamt.offer", "cause=school&cause=sport&near=D%C3%BClmen&radius=20"),
    ("ehrenamt.offer", "q=kinder&cause=school&time=weekly"),
    ("ehrenamt.offer", "town=05558016"),
    ("ehrenamt.offer", "town=05558016&mode=online"),
    ("ehrenamt.offer", "q=-kinder"),
    ("ehrenamt.offer", "q=kinder+-sport&cause=school"),
    ("ehrenamt.offer", "q=kinder&when=weekend"),
    ("ehrenamt.offer", "q=kinder&cause=school&town=05558016"),
    # More pairs of word and value than are kept as anchors.
    ("ehrenamt.offer", "q=ehrenamt&" + "&".join(f"cause={cause}" for cause in MANY_CAUSES)),
    ("ehrenamt.offer", "mode=area&near=Coesfeld&radius=5"),
    ("coworking.space", "amenity=parking&amenity=kitchen"),
    ("coworking.space", "near=48653&radius=20&q=raum"),
    ("coworking.space", ""),
]


def asked():
    """Every question once for each source: (source, parameters)."""
    keys = {source.key for source in sources()}
    for query in QUERIES:
        params = QueryDict(mutable=True)
        params["q"] = query["word"]
        if "place" in query:
            params["near"], params["radius"] = query["place"], str(query["radius"])
        for key in keys:
            yield key, params
    yield from ((key, QueryDict(params)) for key, params in NARROWED)


def found_by_search(source, query):
    """The ids on all pages of the entries with every word: nobody is told of those that have some."""
    query = replace(query, every_word=True, per_page=100)
    first = search(source, query)
    rest = [search(source, replace(query, page=page)) for page in range(2, first.pages + 1)]
    return {hit.object_id for result in [first, *rest] for hit in result.hits}


@pytest.mark.django_db
def test_saved_searches_find_what_the_search_finds():
    load_examples()
    by_key = {source.key: source for source in sources()}
    expected, saved = {}, {key: [] for key in by_key}
    for number, (key, params) in enumerate(asked()):
        source = by_key[key]
        form, errors = validate(source, params)
        if errors.keys() & {"near"}:
            # No place of this county: the question stays.
            params = QueryDict(urlencode({"q": params["q"]}))
            form, errors = validate(source, params)
        assert not errors, (params, errors)
        row = SavedSearch.objects.create(
            source=key,
            email=f"p{number}@demo.example",
            params=domain.kept_params(source, params),
            words="?",
            confirmed_at=timezone.now(),
            renewed_at=timezone.now(),
            **domain.asked(source, form),
        )
        saved[key].append(row)
        expected[row.pk] = found_by_search(source, build_query(source, form))
    got = {pk: set() for pk in expected}
    for key, source in by_key.items():
        reading.read(source, saved[key])
        for entry in SearchEntry.objects.filter(source=key).select_related("combination"):
            new = NewEntry(source, entry)
            for pk in [*new.decided().values_list("pk", flat=True), *(pk for pk, _rhythm in new.checked())]:
                got[pk].add(entry.object_id)
    asked_words = {row.pk: (row.source, row.params) for rows in saved.values() for row in rows}
    wrong = {asked_words[pk]: (got[pk] ^ expected[pk]) for pk in expected if got[pk] != expected[pk]}
    assert wrong == {}
    assert sum(map(len, got.values())) > len(QUERIES)
