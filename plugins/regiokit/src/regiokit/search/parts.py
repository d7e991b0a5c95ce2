"""Streams in parts, so that long work stays in bounded memory."""

from collections.abc import Iterable, Iterator
from itertools import islice


def batched(items: Iterable, size: int) -> Iterator[list]:
    """Yield the items in lists of `size`, the last one shorter (itertools.batched of Python 3.12)."""
    source = iter(items)
    while part := list(islice(source, size)):
        yield part
