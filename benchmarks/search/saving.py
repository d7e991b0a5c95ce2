"""Saving an offer with the search on, off and hung, against saving without a search."""

import socket
from contextlib import ExitStack, contextmanager
from itertools import count
from unittest import mock

from benchmarks import rounds

OFF = "http://127.0.0.1:9"
"""A port where nobody listens."""


def measure(engine: str, size: int, *, turns: int) -> None:
    """Publish a change of one offer again and again, the ways in turn; the worker is another process, as in life."""
    from django.test import override_settings

    from ehrenamt.models import Offer

    offer, numbers = Offer.objects.order_by("pk").first(), count()

    def save(**settings) -> None:
        with override_settings(REGIOKIT_SEARCH_AT_ONCE=False, **settings):
            offer.summary = f"Zum {next(numbers)}. Mal geändert."
            offer.save_revision().publish(log_action=False)

    def without_search() -> None:
        with mock.patch("regiokit.search.domain.update"):
            save()

    with ExitStack() as stack:
        cases = {"without search": without_search, "engine on": save}
        if engine == "elasticsearch":
            hung = stack.enter_context(_black_hole())
            cases["engine off"] = lambda: save(REGIOKIT_ELASTICSEARCH={"urls": [OFF]})
            cases["engine hung"] = lambda: save(REGIOKIT_ELASTICSEARCH={"urls": [hung]})
        times = rounds.run(cases, rounds=turns * 4)
    ratios = {name: rounds.ratio(times, [name], ["without search"]) for name in cases}
    for name, value in ratios.items():
        print(f"{engine} {size} saving, {name:16} {value}")
    result = {"engine": engine, "size": size, "ratios": ratios, "median_ms": rounds.medians(times)}
    rounds.record(f"saving-{engine}-{size}", result, times=times)


@contextmanager
def _black_hole():
    """A port that takes connections and never answers: what a stopped process looks like from outside."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield f"http://127.0.0.1:{server.getsockname()[1]}"
