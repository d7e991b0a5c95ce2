"""`python -m benchmarks.search ENGINE SIZE [what ...]`: see README.md."""

import argparse
import os
from importlib import import_module

from benchmarks import loading

# Each is a module beside this one with a function `measure(engine, size, *, turns)`.
MEASURES = ("answers", "page", "saving", "hostile", "alerts", "rebuilding", "growth")
ENGINES = ("sqlite", "postgresql", "elasticsearch")


def main() -> None:
    """Load what is missing, then measure."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.search", description="Measure the search.")
    parser.add_argument("engine", choices=ENGINES)
    parser.add_argument("size", type=int, help="number of offers, for example 10000")
    parser.add_argument("what", nargs="*", choices=[[], *MEASURES], help="default: everything")
    parser.add_argument("--turns", type=int, default=15, help="rounds that count (default 15)")
    parser.add_argument("--postgres", default=os.environ.get("DATABASE_URL", ""), help="address on a throw-away server")
    parser.add_argument("--rebuild", action="store_true", help="build the index anew although it is there")
    asked = parser.parse_args()
    loading.set_up(asked.engine, asked.size, postgres=asked.postgres)
    loading.fill(asked.size)
    loading.build_index(asked.engine, anew=asked.rebuild)
    for name in asked.what or MEASURES:
        import_module(f"benchmarks.search.{name}").measure(asked.engine, asked.size, turns=asked.turns)


if __name__ == "__main__":
    main()
