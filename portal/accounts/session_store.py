"""Django's database sessions, with a column that says whose they are: so they can be listed, and ended at once.

This is the extension that Django's documentation describes. `allauth.usersessions` keeps the same list, but stores the
address of the connection and the whole name of the browser with it, and knows only sessions that allauth opened.
"""

from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore as DatabaseStore

DEVICE = "device"
"""Under this name a session holds the device in words."""


class SessionStore(DatabaseStore):
    """Stores sessions in `portal.accounts.models.Session`."""

    last_used = None
    """When the stored session was last used, once it was read; UTC."""

    @classmethod
    def get_model_class(cls):
        """Return the model of the sessions."""
        from portal.accounts.models import Session

        return Session

    @classmethod
    def clear_expired(cls):
        """Delete what has run out, and what was remembered about ended sessions for as long."""
        from portal.accounts.models import EndedSession

        super().clear_expired()
        EndedSession.objects.expired().delete()

    def _get_session_from_db(self):
        session = super()._get_session_from_db()
        self.last_used = session.last_used if session else None
        return session

    def create_model_instance(self, data):
        """Return the row of this session; who is signed in stands in the session itself."""
        session = super().create_model_instance(data)
        session.user_id = data.get(SESSION_KEY)
        session.device = data.get(DEVICE, "")
        return session
