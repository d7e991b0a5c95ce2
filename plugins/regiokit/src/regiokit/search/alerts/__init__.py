"""Saved searches without an account: whoever asked gets new entries by e-mail. How it works: docs/search.md."""
