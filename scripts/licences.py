"""Which licences go with EUPL-1.2, and what each package says about its own.

The portal is distributed under EUPL-1.2 and uses the packages as libraries, unchanged: permissive licences, weak
copyleft (MPL, LGPL) and the EUPL itself allow that. The appendix of the EUPL-1.2 names the compatible licences:
https://eupl.eu/1.2/en/
"""

import re

GOOD = {
    "0BSD",
    "Apache-2.0",
    "BSD-2-Clause",
    "BSD-3-Clause",
    "EUPL-1.2",
    "HPND",
    "ISC",
    "LGPL-3.0-only",
    "LGPL-3.0-or-later",
    "MIT",
    "MIT-0",
    "MIT-CMU",
    "MPL-2.0",
    "OFL-1.1",
    "PSF-2.0",
    "Unlicense",
    "Zlib",
}

OLD_NAMES = {
    "Apache Software License": "Apache-2.0",
    "BSD": "BSD-3-Clause",
    "BSD License": "BSD-3-Clause",
    "ISC License (ISCL)": "ISC",
    "License :: OSI Approved :: Apache Software License": "Apache-2.0",
    "License :: OSI Approved :: BSD License": "BSD-3-Clause",
    "License :: OSI Approved :: ISC License (ISCL)": "ISC",
    "License :: OSI Approved :: MIT License": "MIT",
    "License :: OSI Approved :: Mozilla Public License 2.0 (MPL 2.0)": "MPL-2.0",
    "License :: OSI Approved :: Python Software Foundation License": "PSF-2.0",
    "MIT License": "MIT",
    "PSFL": "PSF-2.0",
    "Python-2.0": "PSF-2.0",
}
"""What packages wrote before licences had names of their own (SPDX)."""

READ_BY_HAND = {
    "fido2": ("BSD-2-Clause", "The metadata hold the whole text; two vendored files are Apache-2.0 and MPL-2.0."),
    "python-dateutil": ("Apache-2.0 OR BSD-3-Clause", "The metadata say “Dual License”."),
    "qrcode": ("BSD-3-Clause", "The classifier “Other/Proprietary” means the trademark of QR Code."),
}
"""Packages whose metadata a machine cannot read: the licence that lies in the package, and what misleads."""


class UnknownLicence(Exception):
    """A package has a licence that nobody has judged yet; the message names both."""


def listed(components: list[dict]) -> list[tuple[str, str, str]]:
    """Return name, version and licence of each CycloneDX component, sorted. Raises `UnknownLicence`."""
    found = [(part["name"], part.get("version", ""), licence_of(part)) for part in components]
    for name, _version, licence in found:
        if not goes_with_ours(licence):
            raise UnknownLicence(f"{name} is under {licence or 'no licence that it names'!r}; see scripts/licences.py.")
    return sorted(found, key=lambda row: row[0].lower())


def licence_of(component: dict) -> str:
    """Return the licence as an SPDX expression, as far as the component says."""
    if component["name"].lower() in READ_BY_HAND:
        return READ_BY_HAND[component["name"].lower()][0]
    said = [entry.get("expression") or _name(entry.get("license", {})) for entry in component.get("licenses", [])]
    names = {OLD_NAMES.get(name, name) for name in said if name}
    # Who names a licence and, beside it, its family, means the one.
    return " AND ".join(sorted(names))


def goes_with_ours(expression: str) -> bool:
    """Whether every part of an SPDX expression, or one of its alternatives, is among the good ones."""
    return bool(expression) and all(
        any(set(re.findall(r"[\w.+-]+", choice)) - {"AND", "WITH"} <= GOOD for choice in part.strip("()").split(" OR "))
        for part in expression.split(" AND ")
    )


def _name(licence: dict) -> str:
    return licence.get("id") or licence.get("name", "")
