"""What the search tells others."""

from django.dispatch import Signal

entries_changed = Signal()
"""Entries of `sender` (a `SearchSource`) were written: pages that show search results may be kept no longer.

Sent after the commit, by the process that wrote.
"""

search_degraded = Signal()
"""A search of `sender` (a `SearchSource`) was answered by the database, because the engine in use did not."""
