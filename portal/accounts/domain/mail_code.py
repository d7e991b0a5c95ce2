"""A code by mail for somebody who is signed in: it shows that they read a mailbox. Kept in the session, for a purpose."""

import time
from dataclasses import asdict, dataclass

from allauth.account.adapter import get_adapter
from allauth.core import ratelimit
from allauth.core.internal.cryptokit import compare_user_code

from regiokit import mail

SECONDS = 15 * 60
TRIES = 5


class TooManyCodes(Exception):
    """Codes were asked for too often; a minute later it works again."""


@dataclass
class MailCode:
    """A code that was sent. `to` is the mailbox, `at` the time in seconds, `missed` how many wrong ones came back."""

    to: str
    code: str
    at: float
    missed: int = 0

    @property
    def is_over(self) -> bool:
        """Whether nobody can use it any more."""
        return self.missed >= TRIES or time.time() - self.at > SECONDS


def send(request, *, purpose: str, to: str, template: str, real: bool = True) -> None:
    """Make a code, keep it and queue the mail `template` to that mailbox. Raises `TooManyCodes`.

    With `real=False` the mailbox gets the mail without a code, and no code will be right.
    """
    if not ratelimit.consume(request, action="request_login_code", key=to.lower()):
        raise TooManyCodes
    code = get_adapter().generate_login_code()
    mail.queue(template, to=to, context={"user": request.user} | ({"code": code} if real else {}))
    request.session[_key(purpose)] = asdict(MailCode(to=to, code=code if real else "", at=time.time()))


def waiting(request, *, purpose: str) -> MailCode | None:
    """Return the code that the person may still type, or nothing."""
    kept = request.session.get(_key(purpose))
    found = MailCode(**kept) if kept else None
    return found if found and not found.is_over else None


def accept(request, *, purpose: str, typed: str) -> bool:
    """Whether that is the code. A right one is used up, a wrong one is counted."""
    found = waiting(request, purpose=purpose)
    if found and compare_user_code(actual=typed, expected=found.code):
        forget(request, purpose=purpose)
        return True
    if found:
        found.missed += 1
        request.session[_key(purpose)] = asdict(found)
    return False


def forget(request, *, purpose: str) -> None:
    """Throw a code away."""
    request.session.pop(_key(purpose), None)


def _key(purpose: str) -> str:
    return f"mail_code_{purpose}"
