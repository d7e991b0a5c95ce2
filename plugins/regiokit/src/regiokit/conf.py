"""The settings of the library, all optional, read when they are needed.

| setting | meaning |
|---|---|
| `REGIOKIT_REGION` | name of the region file in `regiokit/places/data` |
| `REGIOKIT_MODERATORS` | name of the group that approves listings; default: Wagtail's own group "Moderators" |
| `REGIOKIT_MAIL_TRANSPORT` | dict: `backend` (a Django mail backend) and its arguments; default: Django's SMTP backend |
| `REGIOKIT_CONTACT` | dict: `name`, `phone`, `phone_href`, `hours`, `email` of the people who help by telephone |
| `REGIOKIT_ORGANISATION_URL` | URL name of the page where somebody enters a new organisation; default: regiokit's own page |
| `REGIOKIT_SIGNUP_URL` | URL name of the host's page where somebody makes an account; default: none, people use `LOGIN_URL` |
| `REGIOKIT_PICTURE_FIELDS` | dict: values of further fields of the image model for pictures that organisations upload; default: none |
| `REGIOKIT_DISTRICTS` | dict: name of a town -> its districts, each a name or a dict of `name`, `lat`, `lon`; default: none |
| `REGIOKIT_SEARCH_WORDS` | path of a file with the region's own words (see `search/german/words/own.txt`); default: none |
| `REGIOKIT_SEARCH_AT_ONCE` | True: whoever saves an entry also writes it to the search, for sites without a worker; default: False |
| `REGIOKIT_SEARCH_ENGINE` | what answers searches: "database" (default) or "elasticsearch" (needs `regiokit[elasticsearch]`) |
| `REGIOKIT_ELASTICSEARCH` | dict: `urls` (list), `prefix`, `shards`, `replicas`, `user` and `password` or `api_key`, `ca_certs` (a path) |
| `WAGTAILADMIN_BASE_URL` | Wagtail's own setting: scheme and host of links in mails |
"""

from pathlib import Path

from django.conf import settings
from django.urls import NoReverseMatch, reverse


def region() -> str:
    """Return the name of the region file, or an empty text when the host has set none."""
    return getattr(settings, "REGIOKIT_REGION", "")


def districts() -> dict[str, list]:
    """Return the districts of each town by its name; a district is a name, or a dict with its own point."""
    return dict(getattr(settings, "REGIOKIT_DISTRICTS", {}))


def moderators() -> str:
    """Return the name of the group that approves listings."""
    return getattr(settings, "REGIOKIT_MODERATORS", "Moderators")


def mail_transport() -> dict:
    """Return the backend and its arguments by which the worker hands mails over."""
    return dict(
        getattr(settings, "REGIOKIT_MAIL_TRANSPORT", {"backend": "django.core.mail.backends.smtp.EmailBackend"})
    )


def contact() -> dict:
    """Return whom people can call; an empty dict when the host has set nobody."""
    return dict(getattr(settings, "REGIOKIT_CONTACT", {}))


def organisation_url() -> str:
    """Return the path where somebody enters a new organisation, or an empty text when the host has no such page."""
    return _path(getattr(settings, "REGIOKIT_ORGANISATION_URL", "organisation_create"))


def signup_url() -> str:
    """Return the path where somebody makes an account, or an empty text when the host has no such page."""
    return _path(getattr(settings, "REGIOKIT_SIGNUP_URL", ""))


def _path(name: str) -> str:
    try:
        return reverse(name) if name else ""
    except NoReverseMatch:
        return ""


def search_at_once() -> bool:
    """Return whether the process that saves an entry writes it to the search, instead of the worker."""
    return bool(getattr(settings, "REGIOKIT_SEARCH_AT_ONCE", False))


def search_engine() -> str:
    """Return what answers searches: "database" or "elasticsearch"."""
    return getattr(settings, "REGIOKIT_SEARCH_ENGINE", "database")


def elasticsearch() -> dict:
    """Return how to reach Elasticsearch and how its indexes are made."""
    defaults = {"urls": ["http://127.0.0.1:9200"], "prefix": "regiokit", "shards": 1, "replicas": 0}
    return {**defaults, **getattr(settings, "REGIOKIT_ELASTICSEARCH", {})}


def picture_fields() -> dict:
    """Return values of the host's own fields (rights, licence) for images that organisations upload."""
    return dict(getattr(settings, "REGIOKIT_PICTURE_FIELDS", {}))


def absolute(path: str) -> str:
    """Return the address of `path` with scheme and host, for mails and feeds."""
    return f"{settings.WAGTAILADMIN_BASE_URL.rstrip('/')}{path}"


def search_words() -> str:
    """Return the region's own words for the search, as the content of a file like `search/german/words/own.txt`."""
    path = getattr(settings, "REGIOKIT_SEARCH_WORDS", "")
    return Path(path).read_text(encoding="utf-8") if path else ""
