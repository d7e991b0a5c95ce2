"""Input that wants to hurt: each piece is answered, or refused with 400, within half a second."""

import time

from benchmarks import rounds

LIMIT_MS = 500
LONG = 100_000
INPUTS = {
    "100 kB without a space": "a" * LONG,
    "100 kB of one compound": "Vereinshaus" * (LONG // 11),
    "100 kB of words": "Verein Kinder " * (LONG // 14),
    "100 kB of umlauts": "ä" * LONG,
    "10,000 quotes": '"' * 10_000,
    "10,000 phrases": '"a b" ' * 10_000,
    "10,000 brackets": "(" * 10_000,
    "10,000 nested brackets": "(" * 5_000 + ")" * 5_000,
    "10,000 minus signs": "-" * 10_000,
    "1,000 exclusions": "-verein " * 1_000,
    "10,000 stars": "*" * 10_000,
    "NUL": "Ver\x00ein \x00",
    "right-to-left marks": "\u202eVerein\u202c \u200fKinder\u200e",
    "operators": 'Verein AND (Kinder OR NOT "Sport) + title:^2 ~3 /.*/ NEAR/2 {all_words} : & | ! <-> :*',
    "wildcards": "%_%' OR 1=1; --",
    "surrogates and emoji": "\ud83d 👩‍👩‍👧‍👦 Verein",
    "combining marks": "e" + "\u0301" * 10_000,
}


def measure(engine: str, size: int, *, turns: int) -> None:
    """Ask the list and the suggestions for each input; print and record the slowest answer and the status."""
    from django.test import Client
    from django.urls import reverse

    client, path = Client(HTTP_HOST="localhost"), reverse("ehrenamt:offers")
    found = {}
    for name, text in INPUTS.items():
        times = []
        for _turn in range(3):
            began = time.perf_counter()
            status = client.get(path, {"q": text.encode("utf-8", "replace")}).status_code
            times.append((time.perf_counter() - began) * 1000)
        fine = status in (200, 400) and min(times) <= LIMIT_MS
        found[name] = {"status": status, "ms": [round(value, 1) for value in times], "fine": fine}
        print(f"{engine} {size} {name:26} {status} {min(times):7.1f} ms {'' if fine else 'TOO SLOW OR AN ERROR'}")
    rounds.record(f"hostile-{engine}-{size}", {"engine": engine, "size": size, "inputs": found})
