"""The archive itself: a compressed tar that is written and read as a stream.

tables/<name>.jsonl    one line of JSON for each row, columns as the manifest names them
media/<path>           uploaded files
manifest.json          last: what everything above must be, with sizes and SHA-256
"""

import gzip
import hashlib
import io
import json
import tarfile
import tempfile
import zlib
from collections.abc import Iterable
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath

FORMAT = 1
MANIFEST = "manifest.json"
PIECE = 1024 * 1024
IN_MEMORY = 8 * PIECE


class BrokenArchive(Exception):
    """The archive is not complete or not as it was written; the message says what is wrong, for people."""


@dataclass
class Hashed:
    """Reads through `source` and remembers how much passed, and its hash."""

    source: object
    size: int = 0
    digest: object = field(default_factory=hashlib.sha256)

    def read(self, size: int = -1) -> bytes:
        """Read on."""
        piece = self.source.read(size)
        self.size += len(piece)
        self.digest.update(piece)
        return piece


class Writer:
    """Adds tables and files, then the manifest."""

    def __init__(self, stream):
        self.zip = gzip.GzipFile(filename="", fileobj=stream, mode="wb", compresslevel=6)
        self.tar = tarfile.open(fileobj=self.zip, mode="w", format=tarfile.PAX_FORMAT)  # noqa: SIM115
        self.files: list[dict] = []

    def add_rows(self, table: dict, lines: Iterable[bytes]) -> int:
        """Write one table and complete its description with rows, size and hash; return how many rows there are."""
        with tempfile.SpooledTemporaryFile(max_size=IN_MEMORY) as spool:
            digest, count = hashlib.sha256(), 0
            for line in lines:
                spool.write(line)
                digest.update(line)
                count += 1
            table |= {"rows": count, "size": spool.tell(), "sha256": digest.hexdigest()}
            spool.seek(0)
            self._add(f"tables/{table['name']}.jsonl", table["size"], spool)
        return count

    def add_file(self, path: Path, name: str) -> None:
        """Write one uploaded file; raises FileNotFoundError when it is gone meanwhile."""
        with path.open("rb") as file:
            size = path.stat().st_size
            hashed = Hashed(file)
            self._add(f"media/{name}", size, hashed)
        self.files.append({"name": name, "size": size, "sha256": hashed.digest.hexdigest()})

    def close(self, manifest: dict) -> None:
        """Write the manifest and end the archive."""
        text = json.dumps({**manifest, "files": self.files}, ensure_ascii=False).encode()
        self._add(MANIFEST, len(text), io.BytesIO(text))
        self.tar.close()
        self.zip.close()

    def _add(self, name: str, size: int, source) -> None:
        info = tarfile.TarInfo(name)
        info.size, info.mode = size, 0o600
        self.tar.addfile(info, source)


@contextmanager
def readable():
    """Turn everything that reading a broken file brings up into `BrokenArchive`."""
    try:
        yield
    except (FileNotFoundError, PermissionError) as error:
        raise BrokenArchive("lässt sich nicht lesen; gibt es die Datei, und dürfen Sie sie lesen?") from error
    except (tarfile.TarError, EOFError, OSError, ValueError, zlib.error) as error:
        raise BrokenArchive("ist beschädigt oder unvollständig") from error


def members(path: Path):
    """Yield name and stream of everything in the archive, in its order; to be read inside `readable`."""
    with tarfile.open(path, mode="r|gz") as tar:
        for member in tar:
            if not member.isfile() or not _is_ours(member.name):
                raise BrokenArchive(f"enthält {member.name!r}, was kein Teil einer Sicherung ist")
            yield member.name, tar.extractfile(member)


def _is_ours(name: str) -> bool:
    parts = PurePosixPath(name).parts
    inside = bool(parts) and not name.startswith("/") and ".." not in parts and "\0" not in name
    return inside and (name == MANIFEST or parts[0] in {"tables", "media"})


def verify(path: Path) -> dict:
    """Read everything once, compare it with the manifest and return that. Raises `BrokenArchive`."""
    found, manifest = {}, None
    with readable():
        for name, stream in members(path):
            if name == MANIFEST:
                manifest = _parsed(stream.read())
                continue
            hashed = Hashed(stream)
            while hashed.read(PIECE):
                pass
            found[name] = (hashed.size, hashed.digest.hexdigest())
    if manifest is None:
        raise BrokenArchive("ist unvollständig: das Inhaltsverzeichnis am Ende fehlt")
    promised = {f"tables/{table['name']}.jsonl": (table["size"], table["sha256"]) for table in manifest["tables"]}
    promised |= {f"media/{file['name']}": (file["size"], file["sha256"]) for file in manifest["files"]}
    if wrong := sorted(name for name in promised.keys() | found.keys() if promised.get(name) != found.get(name)):
        raise BrokenArchive(f"ist beschädigt: {wrong[0]} ist nicht so, wie es gesichert wurde")
    return manifest


def _parsed(text: bytes) -> dict:
    try:
        manifest = json.loads(text)
        if manifest["format"] > FORMAT:
            raise BrokenArchive("stammt von einer neueren Version des Portals")
        return manifest
    except (ValueError, KeyError, TypeError) as error:
        raise BrokenArchive("ist beschädigt: das Inhaltsverzeichnis ist nicht lesbar") from error
