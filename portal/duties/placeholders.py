"""Finds what a county has not filled in yet: blanks, words that ask for words, invented addresses and numbers."""

import re
from collections.abc import Iterator
from dataclasses import asdict

from portal.region.profile import Profile

OPTIONAL = {"imprint.vat_id", "imprint.example"}
"""May be empty: not every county has a VAT number. `example` is looked at by itself."""

TO_FILL_IN = re.compile(r"ausf[üu]ll|\bto-?do\b|\bxxx|\.\.\.\s*$|…\s*$", re.IGNORECASE)
INVENTED_WORDS = re.compile(
    r"\(beispiel\)|beispielredaktion|beispielring|muster(stadt|straße|mann|frau)", re.IGNORECASE
)
INVENTED_DOMAIN = re.compile(
    r"\b(?:\w[\w-]*\.)*(?:example|test|invalid|localhost)\b|\bexample\.(?:com|net|org)\b", re.I
)
"""Domains that nobody can own (RFC 2606, RFC 6761)."""

INVENTED_NUMBER = re.compile(
    r"^(?:3023125\d{3}|6990009\d{3}|4066969\d{3}|2214710\d{3}|8999998\d{3}"
    r"|15228817386|15228895456|15254599371|1713920\d{3,4}|172(?:9925904|9968532|9973185|9973186|9980752)"
    r"|174(?:9091317|9464308)|17604069\d{3})$"
)
"""Numbers that the Bundesnetzagentur keeps for films and books (Mitteilung 148/2021)."""


def placeholders(profile: Profile) -> Iterator[tuple[str, str]]:
    """Yield name and trouble of everything in `profile` that cannot go live."""
    if profile.imprint.get("example"):
        yield "imprint.example", "says that the data are invented; remove it"
    parts = {
        "": {name: getattr(profile, name) for name in ("name", "portal_name", "claim")},
        "contact.": asdict(profile.contact),
        "coordinator.": profile.coordinator,
        "imprint.": profile.imprint,
        "law.": profile.law,
    }
    for prefix, values in parts.items():
        for name, value in values.items():
            if isinstance(value, str) and (trouble := _trouble(prefix + name, value)):
                yield prefix + name, trouble


def _trouble(name: str, value: str) -> str:
    if not value.strip():
        return "" if name in OPTIONAL else "is empty"
    if TO_FILL_IN.search(value):
        return f"still asks to be filled in ({value[:60]!r})"
    if INVENTED_WORDS.search(value):
        return f"is an example ({value[:60]!r})"
    if INVENTED_DOMAIN.search(value):
        return f"names a domain that nobody can own ({value[:60]!r})"
    if "phone" in name and INVENTED_NUMBER.match(_digits(value)):
        return f"is a number for films and books ({value[:60]!r})"
    return ""


def _digits(number: str) -> str:
    digits = "".join(sign for sign in number if sign.isdigit())
    return digits.removeprefix("0049").removeprefix("49").removeprefix("0")
