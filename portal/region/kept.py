"""What all pages of a site share, kept in this process until something changes anywhere."""

import time
from collections.abc import Callable, Hashable
from typing import Any

from django.db import connection
from django.utils.translation import get_language

MOST = 500
"""So many things are kept; one more, and all are worked out anew."""
SECONDS = 60
"""So long at most, for the case that a change could not be told to all processes."""

_things: dict[tuple[Hashable, ...], Any] = {}


def kept(request, name: str, work_out: Callable[[], Any]) -> Any:
    """Return what `work_out` returned for this site and language since the last change, or let it work that out.

    `name` says what it is; nobody may change what comes back. Changes are told by `request.generation`, which was read
    before anything else of this request; a request without one keeps nothing. Nor does one inside a transaction: what
    it sees may never come to be.
    """
    word = getattr(request, "generation", None)
    if word is None or connection.in_atomic_block:
        return work_out()
    # Wagtail finds the site by host and port.
    key = word, time.monotonic() // SECONDS, request.get_host(), request.get_port(), get_language(), name
    found = _things.get(key, _things)
    if found is _things:
        found = work_out()
        if len(_things) >= MOST:
            _things.clear()
        _things[key] = found
    return found
