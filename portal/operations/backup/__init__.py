"""One archive of everything: rows of all tables, uploaded files, and a manifest with counts and hashes.

The archive is the same for SQLite and PostgreSQL and needs no tool of either, so it always works, from every container,
and also carries a portal from SQLite to PostgreSQL. `tables` knows rows, `archive` the file, `saving` and `restoring` do.
"""

from portal.operations.backup.archive import BrokenArchive
from portal.operations.backup.restoring import CannotRestore, restore
from portal.operations.backup.saving import CannotSave, save

__all__ = ["BrokenArchive", "CannotRestore", "CannotSave", "restore", "save"]
