"""Everything in small, a process each: the pages, the search on each engine that is there, how good its answers are."""

import os
import subprocess
import sys

SIZE = "1000"


def main() -> None:
    """Measure what needs nothing; PostgreSQL and Elasticsearch where the environment names them."""
    engines = ["sqlite"]
    if os.environ.get("DATABASE_URL", "").startswith("postgres"):
        engines.append("postgresql")
    if os.environ.get("ELASTICSEARCH_TEST_URL"):
        engines.append("elasticsearch")
    commands = [["benchmarks.pages"]]
    for engine in engines:
        commands += [["benchmarks.search", engine, SIZE], ["benchmarks.relevance", engine]]
    failed = [command for command in commands if subprocess.run([sys.executable, "-m", *command]).returncode]
    sys.exit(f"failed: {failed}" if failed else 0)


if __name__ == "__main__":
    main()
