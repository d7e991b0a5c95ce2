"""The judged questions themselves: every answer exists and is public, kinds are those of the README, nothing stands twice."""

import json
import re
import tomllib
from collections import Counter
from pathlib import Path

import pytest

HERE = Path(__file__).parent
DEMO = HERE.parents[1] / "fixtures" / "coesfeld"
FIELDS = {"id", "kind", "source", "word", "place", "radius", "judgments"}
FEWEST = {"ehrenamt.offer": 90, "coworking.space": 25, "site": 25}

QUERIES = tomllib.loads((HERE / "queries.toml").read_text("utf-8"))["query"]
KINDS = set(re.findall(r"^- `(\w+)`:", (HERE / "README.md").read_text("utf-8"), re.MULTILINE))


def rows(name):
    return json.loads((DEMO / f"{name}.json").read_text("utf-8"))


def public(name):
    return [row for row in rows(name) if row["status"] == "live"]


def page_slugs():
    dated = [*rows("guides"), *rows("news")]
    dated += [*rows("stories")["stories"], *rows("events")["events"], *rows("forms")["forms"]]
    return [row["slug"] for row in dated] + ["ueber-das-portal", "hilfe"]


def public_keys():
    """The keys that a judgment of each source may name."""
    offers = [row["key"] for row in public("offers")]
    spaces = [row["key"] for row in public("spaces")]
    site = [f"offer:{key}" for key in offers] + [f"space:{key}" for key in spaces]
    site += [f"page:{slug}" for slug in page_slugs()]
    return {"ehrenamt.offer": offers, "coworking.space": spaces, "site": site}


def names_of(wrong):
    return [query["id"] for query in QUERIES if wrong(query)]


def twice(values):
    return [value for value, times in Counter(values).items() if times > 1]


def test_every_judged_entry_is_public_in_the_demo():
    known = public_keys()
    judged = {(query["id"], key, query["source"]) for query in QUERIES for key in query.get("judgments", {})}
    assert judged
    assert [(name, key) for name, key, source in judged if key not in known[source]] == []


def test_questions_have_the_documented_form():
    assert names_of(lambda query: query.keys() - FIELDS) == []
    assert names_of(lambda query: query["kind"] not in KINDS) == []
    assert names_of(lambda query: not query["word"] and "place" not in query) == []
    assert names_of(lambda query: ("place" in query) != ("radius" in query)) == []
    assert names_of(lambda query: set(query.get("judgments", {}).values()) - {1, 2, 3}) == []


def test_only_a_question_that_nothing_answers_has_no_judgment():
    assert names_of(lambda query: bool(query.get("judgments")) == (query["kind"] == "nothing")) == []


def test_no_question_stands_twice():
    assert twice(query["id"] for query in QUERIES) == []
    assert twice((query["source"], query["word"], query.get("place"), query.get("radius")) for query in QUERIES) == []


def test_there_are_enough_questions_of_every_source_and_kind():
    sources = Counter(query["source"] for query in QUERIES)
    assert {source for source, fewest in FEWEST.items() if sources[source] < fewest} == set()
    assert sources.keys() == FEWEST.keys()
    assert {query["kind"] for query in QUERIES} == KINDS


def test_most_questions_are_a_single_word():
    single = sum(len(query["word"].split()) == 1 for query in QUERIES)
    assert 0.55 <= single / len(QUERIES) <= 0.75


@pytest.mark.parametrize(("name", "field"), [("offers", "title"), ("spaces", "name")])
def test_titles_lead_from_a_key_to_one_entry(name, field):
    assert twice(row[field] for row in rows(name)) == []


def test_a_slug_leads_to_one_page():
    assert twice(page_slugs()) == []
