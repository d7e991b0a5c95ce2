"""Streams in parts, so that long work stays in bounded memory."""

from collections.abc import Iterable, Iterator
from itertools import islice

from django.db.models import QuerySet


def batched(items: Iterable, size: int) -> Iterator[list]:
    """Yield the items in lists of `size`, the last one shorter (itertools.batched of Python 3.12)."""
    source = iter(items)
    while part := list(islice(source, size)):
        yield part


def by_key(rows: QuerySet, *, size: int = 500) -> Iterator:
    """Yield the objects in the order of their keys, `size` a query.

    Unlike `QuerySet.iterator` it holds no cursor open, so that others may write in between on any database, and it
    keeps what was prefetched.
    """
    rows, last = rows.order_by("pk"), None
    while part := list((rows if last is None else rows.filter(pk__gt=last))[:size]):
        yield from part
        last = part[-1].pk
        if len(part) < size:
            return
