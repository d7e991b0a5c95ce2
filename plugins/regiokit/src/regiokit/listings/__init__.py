"""Moderated entries on Wagtail's draft, revision, workflow, lock and preview."""
