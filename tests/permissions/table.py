"""The declared table: who gets what at each address of ours. An address that is not in it fails the test.

A rule maps each kind of person to the status of a GET and of a POST with nothing in it. `LOGIN` means: sent to the sign-in.
"""

from collections.abc import Callable
from dataclasses import dataclass

from tests.permissions.people import KINDS

LOGIN = "login"
OUTSIDE = ("visitor", "citizen")
STAFF = ("editor", "moderator", "administrator")


@dataclass(frozen=True)
class Rule:
    """Statuses by kind of person; `arguments` gets the things of the cast and returns the address's arguments."""

    get: dict
    post: dict
    arguments: Callable = lambda things: []


def _all(status):
    return dict.fromkeys(KINDS, status)


def open_page(arguments=lambda things: []) -> Rule:
    """Anybody may look, nobody may send."""
    return Rule(_all(200), _all(405), arguments)


def open_form(arguments=lambda things: [], *, empty=422) -> Rule:
    """Anybody may look and send; a form with nothing in it comes back with what is wrong."""
    return Rule(_all(200), _all(empty), arguments)


def signed_in(*, post=405) -> Rule:
    """Everybody with an account."""
    return Rule({**_all(200), **dict.fromkeys(OUTSIDE, LOGIN)}, {**_all(post), **dict.fromkeys(OUTSIDE, LOGIN)})


def own_page(arguments, *, post=405, foreign_post=None) -> Rule:
    """Only members of the organisation the thing belongs to; for everybody else it does not exist, staff included."""
    foreign_post = foreign_post or (405 if post == 405 else 404)
    return Rule(
        {**_all(404), **dict.fromkeys(OUTSIDE, LOGIN), "member": 200},
        {**_all(foreign_post), **dict.fromkeys(OUTSIDE, LOGIN), "member": post},
        arguments,
    )


def own_action(arguments, *, foreign_get=405) -> Rule:
    """A button of a member: only by POST, only for own things."""
    return Rule(
        {**_all(foreign_get), **dict.fromkeys(OUTSIDE, LOGIN), "member": 405},
        {**_all(404), **dict.fromkeys(OUTSIDE, LOGIN), "member": 302},
        arguments,
    )


def by_link(name, *, post=405) -> Rule:
    """Whoever holds the link; the link is the key, an account neither helps nor harms."""
    return Rule(_all(200), _all(post), lambda things: [things[name]])


def closed() -> Rule:
    """A door that exists only because a library reverses its name."""
    return Rule(_all(404), _all(404))


def key(name):
    """Return arguments: the key of one thing."""
    return lambda things: [things[name].pk]


def address(name):
    """Return arguments: key and readable part of one thing."""
    return lambda things: [things[name].pk, things[name].slug]


def of_organisation(name):
    """Return arguments: keys of the organisation and of one thing that belongs to it."""
    return lambda things: [things["organisation"].pk, things[name].pk]
