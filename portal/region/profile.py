"""The profile of a region: one TOML file in `profiles/`, so that a second region is data, not code."""

import tomllib
from dataclasses import dataclass, field
from pathlib import Path

FOLDER = Path(__file__).parent / "profiles"


class UnknownRegion(ValueError):
    """There is no profile of that name; the message lists those that exist."""


@dataclass(frozen=True)
class Contact:
    """Whom people can reach: shown in the footer, on error pages and in mails. `phone_href` is the number for tel: links."""

    organisation: str
    street: str
    postal_code: str
    city: str
    phone: str
    phone_href: str
    hours: str
    email: str


@dataclass(frozen=True)
class Profile:
    """A county: its names, its key (AGS, five digits), its Land (ISO 3166-2 without "DE-"), contacts, theme and law.

    `law` holds what differs from Land to Land: names and addresses of the bodies that the accessibility statement and
    the privacy notice must name. `districts` maps a town to its districts, each a name or a table of name, lat and lon;
    without a point distances count from the town. `default` marks the one region that an installation shows which names
    none.
    """

    slug: str
    name: str
    portal_name: str
    claim: str
    ags: str
    land: str
    theme: str
    contact: Contact
    coordinator: dict
    imprint: dict
    law: dict = field(default_factory=dict)
    default: bool = False
    districts: dict = field(default_factory=dict)


def known() -> list[str]:
    """Return the names of all profiles, sorted."""
    return sorted(path.stem for path in FOLDER.glob("*.toml"))


def default_region() -> str:
    """Return the name of the profile that says `default = true`, or an empty text when none does."""
    return next((slug for slug in known() if load_profile(slug).default), "")


def load_profile(slug: str) -> Profile:
    """Return the profile of that name. Raises `UnknownRegion`."""
    if slug not in known():
        raise UnknownRegion(f"there is no region {slug!r}. There are: {', '.join(known())}.")
    data = tomllib.loads((FOLDER / f"{slug}.toml").read_text(encoding="utf-8"))
    data["contact"] = Contact(**data["contact"])
    return Profile(slug=slug, **data)
