"""The telephone of somebody on the staff, and whether a browser is signed in."""

import time

from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value

ADDRESS = "redaktion@kreis.example"
PERIOD = 30


class Phone:
    """An app that makes codes, and the clock that goes with it."""

    def __init__(self, monkeypatch):
        self.now = time.time()
        self.secret = ""
        monkeypatch.setattr(time, "time", lambda: self.now)

    def code(self, *, periods: int = 0) -> str:
        return format_hotp_value(hotp_value(self.secret, int(self.now // PERIOD) + periods))

    def next_code(self) -> str:
        self.now += PERIOD
        return self.code()


def in_session(client) -> bool:
    return "_auth_user_id" in client.session
