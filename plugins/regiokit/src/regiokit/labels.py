"""The German words of a choice, looked up once for each language: lists ask for the same few labels over and over."""

from collections.abc import Mapping
from functools import lru_cache
from types import MappingProxyType

from django.db.models import Choices
from django.utils.translation import get_language


def labels_of(choices: type[Choices]) -> Mapping[str, str]:
    """Return value -> label of all `choices`, in their order and in the language of the request."""
    return _labels(choices, get_language())


@lru_cache(maxsize=256)
def _labels(choices: type[Choices], _language: str | None) -> Mapping[str, str]:
    return MappingProxyType({value: str(label) for value, label in choices.choices})
