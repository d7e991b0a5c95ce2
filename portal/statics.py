"""Where collected static files go: named by their content, compressed once, and that quickly."""

from pathlib import Path

import brotli
from whitenoise.compress import Compressor
from whitenoise.storage import CompressedManifestStaticFilesStorage

THOROUGH_BELOW = 150_000
"""Bytes. Smaller files, those of public pages among them, are worth brotli's slowest level."""


class SizedCompressor(Compressor):
    """Spends its time where visitors feel it: large files of the admin are compressed at a quick level."""

    @staticmethod
    def compress_brotli(data):
        """Return `data` compressed at level 11 when it is small, else at level 5."""
        return brotli.compress(data, quality=11 if len(data) < THOROUGH_BELOW else 5)


class PortalStaticFilesStorage(CompressedManifestStaticFilesStorage):
    """Names files by their content and compresses only those names, because pages use no others."""

    def create_compressor(self, **options):
        """Return the compressor for one run."""
        return SizedCompressor(**options)

    def compress_files(self, paths):
        """Compress what pages ask for; source maps and the files under their plain names stay as they are."""
        named = set(self.hashed_files.values())
        wanted = {path for path in paths if path in named and Path(path).suffix != ".map"}
        yield from super().compress_files(wanted)
