"""Measurements of the search on each engine, against the same engine's raw query."""
