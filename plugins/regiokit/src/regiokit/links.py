"""Signed, expiring links for one purpose each, for people without an account.

The token carries what it leads to and is signed with the host's secret key; its purpose is part of the signature, so
that a link to one thing never opens another. A GET behind such a link only shows; changes need a POST, because mail
scanners open links. What must happen once is guarded by the state of the object the link leads to.
"""

from datetime import timedelta

from django.core import signing


class LinkError(ValueError):
    """The link does not open anything."""


class LinkExpired(LinkError):
    """The link was right once, but its time is over."""


class LinkAltered(LinkError):
    """The link was changed, shortened, or made for another purpose."""


def sign(purpose: str, value) -> str:
    """Return a token for an address. `value` is a JSON value: a key, or a list of a key and a state."""
    return signing.dumps(value, salt=f"regiokit.links.{purpose}", compress=False)


def read(purpose: str, token: str, *, max_age: timedelta):
    """Return the value of a token. Raises `LinkExpired` after `max_age`, else `LinkAltered` when it is not ours."""
    try:
        return signing.loads(token, salt=f"regiokit.links.{purpose}", max_age=max_age)
    except signing.SignatureExpired as error:
        raise LinkExpired(purpose) from error
    except (signing.BadSignature, ValueError, UnicodeError) as error:
        raise LinkAltered(purpose) from error
