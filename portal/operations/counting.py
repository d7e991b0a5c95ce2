"""Where the web processes of one server count together."""

import os
import shutil
import socket
from pathlib import Path


def count_together(folder: Path, *, port: int) -> None:
    """Let all processes that this one starts count into one fresh folder below `folder`.

    Must come before anything imports prometheus_client, which looks for the variable once.
    """
    place = folder / "metrics" / f"{socket.gethostname()}-{port}"
    shutil.rmtree(place, ignore_errors=True)
    place.mkdir(parents=True)
    os.environ["PROMETHEUS_MULTIPROC_DIR"] = str(place)
