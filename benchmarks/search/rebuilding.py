"""A rebuild on Elasticsearch against the raw bulk load of the same documents, and the memory of the process that rebuilds.

Both run in processes of their own. The raw load reads the finished documents from a file and does nothing else with them.
"""

import json
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from benchmarks import loading, rounds

CHUNK = 1000
RAW = "bench-raw-load"


def measure(engine: str, size: int, *, turns: int) -> None:
    """Rebuild, then load the same documents raw; print and record both."""
    if engine != "elasticsearch":
        return
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "documents.jsonl"
        _in_a_process("export", size, file)
        raw, rebuilt = _in_a_process("raw", size, file), _in_a_process("rebuild", size, file)
    ratio = round(rebuilt["seconds"] / raw["seconds"], 3)
    told = f"rebuild {rebuilt['seconds']:.0f} s with {rebuilt['peak_mb']:.0f} MB, raw load {raw['seconds']:.0f} s"
    print(f"{engine} {size} {told}: x {ratio}")
    rounds.record(f"rebuild-{engine}-{size}", {"size": size, "rebuild": rebuilt, "raw": raw, "ratio": ratio})


def export(file: Path) -> None:
    """Write what the engine keeps of each entry, a line each."""
    from ehrenamt.search import source
    from regiokit.search.engines.elastic.writing import _actions

    with file.open("w") as lines:
        for action in _actions(source, set(), source.documents(None)):
            lines.write(json.dumps({"_id": action["_id"], "_source": action["_source"]}) + "\n")


def raw(file: Path) -> None:
    """Load the lines into an index of the same make."""
    from elasticsearch.dsl import Index
    from elasticsearch.helpers import bulk

    from ehrenamt.search import source
    from regiokit.search.engines.elastic import index
    from regiokit.search.engines.elastic.client import client

    name = index.create(source)
    try:
        with file.open() as lines:
            bulk(client(), map(json.loads, lines), index=name, chunk_size=CHUNK, stats_only=True)
        Index(name, using=client()).refresh()
    finally:
        index.forget(name)


def rebuild(file: Path) -> None:
    """Do what `manage.py rebuild_search --engine elasticsearch` does."""
    from ehrenamt.search import source
    from regiokit.search.engines import elastic

    elastic.rebuild(source)


def peak_mb() -> float:
    """Return the most memory that this process ever held, in MB."""
    [line] = [line for line in Path("/proc/self/status").read_text().splitlines() if line.startswith("VmHWM")]
    return round(int(line.split()[1]) / 1024, 1)


def _in_a_process(job: str, size: int, file: Path) -> dict:
    command = [sys.executable, "-m", __name__, job, str(size), str(file)]
    told = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout
    return json.loads(told.splitlines()[-1])


if __name__ == "__main__":
    job, size, file = sys.argv[1], int(sys.argv[2]), Path(sys.argv[3])
    loading.set_up("elasticsearch", size)
    began = time.perf_counter()
    {"export": export, "raw": raw, "rebuild": rebuild}[job](file)
    print(json.dumps({"seconds": round(time.perf_counter() - began, 1), "peak_mb": peak_mb()}))
