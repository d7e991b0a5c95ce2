"""Thin views: read, call a verb, show."""
