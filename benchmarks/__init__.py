"""Measurements of the portal. Ratios are the results; milliseconds belong to the machine (see README.md)."""
