"""Remembers the last backup, for those who ask how old it is."""

import json
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

NAME = "last-backup.json"


@dataclass(frozen=True)
class Backup:
    """When (UTC), where, and how large (bytes) the last archive was."""

    at: datetime
    path: Path
    size: int


def write(folder: Path, *, path: Path, size: int) -> None:
    """Note in `folder` that an archive was written just now."""
    text = json.dumps({"at": datetime.now(UTC).isoformat(), "path": str(path.resolve()), "size": size})
    (folder / NAME).write_text(text)


def last(folder: Path) -> Backup | None:
    """Return the last archive that was noted in `folder`; None when there was none."""
    try:
        said = json.loads((folder / NAME).read_text())
        return Backup(datetime.fromisoformat(said["at"]), Path(said["path"]), said["size"])
    except (OSError, ValueError, KeyError):
        return None
