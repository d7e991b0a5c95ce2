"""Paths of entries: Django's `reverse`, worked out once for each name and not for each of hundreds of entries."""

from functools import lru_cache

from django.conf import settings
from django.urls import get_script_prefix, get_urlconf, reverse
from django.utils.translation import get_language

NUMBER, WORD = 9876543210, "zq0-zq0"


def entry_path(name: str, pk: int, slug: str) -> str:
    """Return `reverse(name, args=[pk, slug])`. `slug` holds nothing but letters a to z, digits, "-" and "_"."""
    urls = get_urlconf() or settings.ROOT_URLCONF
    before, between, after = _pieces(name, urls, get_script_prefix(), get_language())
    return f"{before}{pk:d}{between}{slug}{after}"


@lru_cache(maxsize=256)
def _pieces(name: str, _urls: str, _prefix: str, _language: str | None) -> tuple[str, str, str]:
    before, _number, rest = reverse(name, args=[NUMBER, WORD]).partition(str(NUMBER))
    between, _word, after = rest.partition(WORD)
    return before, between, after
