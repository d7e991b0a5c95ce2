"""How people are recognised: by the session that a code opened, never by a password."""

from django.contrib.auth.backends import ModelBackend


class CodeOnlyBackend(ModelBackend):
    """Knows people and their permissions, but refuses every password, so that no forgotten door can let one in."""

    def authenticate(self, request, **credentials):
        """Return nobody: signing in happens by code, which calls `login` itself."""

    async def aauthenticate(self, request, **credentials):
        """Return nobody."""
