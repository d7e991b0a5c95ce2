"""How Elasticsearch says that an entry has tokens, and what that counts: constant scores, as `scores.py` has them."""

from collections.abc import Sequence

from elasticsearch.dsl.query import Bool, ConstantScore, DisMax, MatchPhrase, Query, Term, Terms

from regiokit.search import question as asked
from regiokit.search.question import Alternative, Question
from regiokit.search.scores import DISTANCE_WEIGHT, FIELD_POINTS, WORD_WEIGHT, points

STEP = WORD_WEIGHT // DISTANCE_WEIGHT
"""What a point of a word counts beside a point of distance. Freshness needs none: equals are sorted by its date."""


def matching(question: Question) -> Query | None:
    """Return the query that scores the entries which have enough of the terms; None when every entry matches."""
    if not question.terms:
        return None
    terms = [_term(term) for term in question.terms]
    return terms[0] if len(terms) == 1 else Bool(should=terms, minimum_should_match=max(1, question.minimum))


def excluded(question: Question) -> list[Query]:
    """Return queries of the entries that must not be among the matches."""
    return [
        _any(field, term.same + term.part)
        for term in question.excluded
        for field in FIELD_POINTS
        if term.same + term.part
    ]


def _term(term: asked.Term) -> Query:
    """The best of all ways to match one term."""
    return DisMax(
        queries=[
            ConstantScore(filter=_any(field, alternatives), boost=points(term, field, closeness) * STEP)
            for field in FIELD_POINTS
            for closeness, alternatives in enumerate((term.same, term.part, term.near))
            if alternatives
        ]
    )


def _any(field: str, alternatives: Sequence[Alternative]) -> Query:
    """Entries that have one of the alternatives in `field`; tokens that belong together stand side by side."""
    single = [tokens[0] for tokens in alternatives if len(tokens) == 1]
    ways: list[Query] = [MatchPhrase(**{field: " ".join(tokens)}) for tokens in alternatives if len(tokens) > 1]
    if single:
        ways.append(Term(**{field: single[0]}) if len(single) == 1 else Terms(**{field: single}))
    return ways[0] if len(ways) == 1 else Bool(should=ways, minimum_should_match=1)
