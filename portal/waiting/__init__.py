"""The first page of the Wagtail admin: what waits for whom, own towns first."""
