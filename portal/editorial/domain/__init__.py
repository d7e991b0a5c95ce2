"""Verbs of the editorial room."""

from portal.editorial.domain.submissions import erase_submissions

__all__ = ["erase_submissions"]
