"""Gaps in a profile: what `manage.py new_region` could not know and a person has to find out."""

from portal.region import profile

GAP = "AUSFÜLLEN"


def unfilled(slug: str) -> list[int]:
    """Return the numbers of the lines in the profile that still have a gap, in values or in comments."""
    lines = (profile.FOLDER / f"{slug}.toml").read_text(encoding="utf-8").splitlines()
    return [number for number, line in enumerate(lines, 1) if GAP in line]
