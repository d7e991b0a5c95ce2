"""How the time of an answer grows with the number of offers, from the results of `answers` at several sizes."""

import json
from math import log

from benchmarks import rounds


def measure(engine: str, size: int, *, turns: int) -> None:
    """Print and record the exponents of whole answers and of raw queries over all sizes measured so far."""
    found = [json.loads(path.read_text()) for path in rounds.RESULTS.glob(f"search-{engine}-*.json")]
    if len(found) < 2:
        return
    result = {"engine": engine, "sizes": sorted(one["size"] for one in found)}
    for kind in ("full", "raw"):
        points = [(log(one["size"]), log(_sum(one["median_ms"], kind))) for one in found]
        result[kind] = round(_slope(points), 3)
    result["difference"] = round(result["full"] - result["raw"], 3)
    print(f"{engine} growth over {result['sizes']}: n^{result['full']}, raw n^{result['raw']}")
    rounds.record(f"growth-{engine}", result)


def _sum(medians: dict[str, float], kind: str) -> float:
    return sum(value for name, value in medians.items() if name.endswith(f" {kind}"))


def _slope(points: list[tuple[float, float]]) -> float:
    """Return the slope of the straight line through the points by least squares."""
    x, y = (sum(values) / len(points) for values in zip(*points, strict=True))
    return sum((a - x) * (b - y) for a, b in points) / sum((a - x) ** 2 for a, _b in points)
