"""Interleaved rounds: everything that is compared runs in turn, so that what slows the machine slows all alike."""

import json
import os
import platform
import random
import statistics
import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path

RESULTS = Path(__file__).resolve().parent / "results"


@dataclass(frozen=True)
class Ratio:
    """The median over all rounds of subject / yardstick within one round, with the lower and the upper quartile."""

    median: float
    low: float
    high: float

    def __str__(self):
        return f"x {self.median:.2f} ({self.low:.2f} to {self.high:.2f})"


def run(cases: Mapping[str, Callable[[], object]], *, rounds: int, warm_up: int = 2) -> dict[str, list[float]]:
    """Call every case once a round, each round in another order; return the milliseconds of each, round by round."""
    draw, names = random.Random(1), list(cases)
    times: dict[str, list[float]] = {name: [] for name in names}
    for turn in range(warm_up + rounds):
        draw.shuffle(names)
        for name in names:
            began = time.perf_counter()
            cases[name]()
            if turn >= warm_up:
                times[name].append((time.perf_counter() - began) * 1000)
    return times


def ratio(times: Mapping[str, list[float]], subjects: Iterable[str], yardsticks: Iterable[str]) -> Ratio:
    """Compare what the `subjects` took together with what the `yardsticks` took together, round by round."""
    above, below = (list(zip(*(times[name] for name in names), strict=True)) for names in (subjects, yardsticks))
    found = [sum(one) / sum(other) for one, other in zip(above, below, strict=True)]
    low, median, high = statistics.quantiles(found, n=4) if len(found) > 1 else found * 3
    return Ratio(round(median, 3), round(low, 3), round(high, 3))


def medians(times: Mapping[str, list[float]]) -> dict[str, float]:
    """Return the median milliseconds of each case."""
    return {name: round(statistics.median(values), 3) for name, values in times.items()}


def record(name: str, result: Mapping, *, times: Mapping[str, list[float]] | None = None) -> Path:
    """Write `results/<name>.json`: the machine, the result and the raw figures. Returns the path."""
    content = {
        "at": datetime.now(UTC).isoformat(timespec="seconds"),
        "machine": machine(),
        **result,
        "times_ms": {case: [round(value, 3) for value in values] for case, values in (times or {}).items()},
    }
    RESULTS.mkdir(exist_ok=True)
    path = RESULTS / f"{name}.json"
    path.write_text(json.dumps(content, indent=1, ensure_ascii=False, default=_plain) + "\n")
    return path


def machine() -> dict[str, object]:
    """Return what the figures depend on: processors, load of the last minute, versions."""
    return {
        "cpus": os.cpu_count(),
        "load": round(os.getloadavg()[0], 1),
        "python": platform.python_version(),
        "system": platform.system(),
    }


def _plain(value):
    return asdict(value) if isinstance(value, Ratio) else str(value)
