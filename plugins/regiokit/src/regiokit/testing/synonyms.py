"""What a plugin's shipped synonyms must be."""

from collections.abc import Iterable

from regiokit.search.german.related import stems_of, ways_of
from regiokit.search.models import SearchSynonym


def assert_each_says_something(groups: Iterable[str]) -> None:
    """Fail for a group that does not fit, or has fewer than two ways to say a thing that the search does not know alike."""
    for words in groups:
        stems = [stems_of(way) for way in ways_of(words)]
        assert len(stems) >= 2, words
        assert all(stems), words
        assert len(set(stems)) == len(stems), words
        assert len(words) <= SearchSynonym._meta.get_field("words").max_length
