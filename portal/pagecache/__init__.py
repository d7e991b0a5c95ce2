"""Pages that everybody sees alike are drawn once and kept for a minute; whatever changes them empties the cache."""
