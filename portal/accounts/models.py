"""The user: known by an e-mail address, never by a password; and the user's sessions."""

import hashlib

from django.contrib.auth.models import AbstractUser, BaseUserManager
from django.contrib.sessions.base_session import AbstractBaseSession
from django.db import models
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _


class UserManager(BaseUserManager):
    """Makes users from e-mail addresses. A password is accepted for Django's commands and then thrown away."""

    use_in_migrations = True

    def get_by_natural_key(self, email):
        """Return the user with this address, whatever its capitals."""
        return self.get(email__iexact=email)

    async def aget_by_natural_key(self, email):
        """Return the user with this address, whatever its capitals."""
        return await self.aget(email__iexact=email)

    def create_user(self, email, password=None, **fields):
        """Return a new user without a usable password. Raises ValueError without an address."""
        if not email:
            raise ValueError("A user needs an e-mail address.")
        user = self.model(email=email.strip().lower(), **fields)
        user.set_unusable_password()
        user.save(using=self._db)
        return user

    def create_superuser(self, email, password=None, **fields):
        """Return a new administrator without a usable password."""
        return self.create_user(email, **{"is_staff": True, "is_superuser": True, **fields})


class User(AbstractUser):
    """A person who signs in. The address is unique whatever its capitals; there is no user name.

    `towns` says what waits for a moderator, not what they may do (see `portal.accounts.domain.towns`).
    """

    username = None
    email = models.EmailField(
        _("E-Mail-Adresse"), unique=True, error_messages={"unique": _("Diese E-Mail-Adresse ist schon eingetragen.")}
    )

    towns = models.ManyToManyField(
        "regiokit.Municipality",
        verbose_name=_("Orte"),
        blank=True,
        related_name="+",
        help_text=_(
            "Für die Moderation: Was aus diesen Orten wartet, steht bei dieser Person oben. Ohne Auswahl: alle Orte. "
            "Alle Moderierenden dürfen weiterhin alles bearbeiten, auch zur Vertretung."
        ),
    )

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS = []
    objects = UserManager()

    class Meta:
        verbose_name = _("Person")
        verbose_name_plural = _("Personen")
        constraints = [
            models.UniqueConstraint(
                Lower("email"),
                name="accounts_user_email_any_case",
                violation_error_message=_("Diese E-Mail-Adresse ist schon eingetragen."),
            )
        ]

    def __str__(self):
        return self.get_full_name() or self.email

    factor_is_missing = False
    """Set for a request whose session lacks the required second factor: then nothing is permitted."""

    def has_perm(self, perm, obj=None):
        """Return whether the person may do this, in this session."""
        return not self.factor_is_missing and super().has_perm(perm, obj)

    def clean(self):
        """Write the address in small letters, so that it is found again."""
        super().clean()
        self.email = self.email.strip().lower()

    def save(self, *args, **kwargs):
        """Save; forms of the admin leave the password empty, which becomes one that cannot be used."""
        if not self.password:
            self.set_unusable_password()
        super().save(*args, **kwargs)


class Session(AbstractBaseSession):
    """A visit: whose it is, on which device in words, and when it was last used. Never from which address."""

    user = models.ForeignKey(User, null=True, on_delete=models.CASCADE, related_name="sessions")
    device = models.CharField(max_length=60, blank=True)
    last_used = models.DateTimeField(default=timezone.now)

    @classmethod
    def get_session_store_class(cls):
        """Return the store that reads and writes these rows."""
        from portal.accounts.session_store import SessionStore

        return SessionStore

    @property
    def handle(self) -> str:
        """A name for pages: it tells the session from others, but opens nothing, unlike the key."""
        return salted_hmac("portal.accounts.session", self.pk, algorithm="sha256").hexdigest()[:24]


class EndedSessions(models.Manager):
    """Remembers why sessions were ended."""

    def expired(self):
        """Return what nobody can ask for any more."""
        return self.filter(expire_date__lt=timezone.now())

    def reason(self, session_key: str) -> str:
        """Return the reason why that session was ended, or an empty text."""
        return self.filter(digest=digest(session_key)).values_list("reason", flat=True).first() or ""


class EndedSession(models.Model):
    """Why a session was ended before its time, so that the person can be told. Knows neither person nor key."""

    class Reason(models.TextChoices):
        """What the sign-in says to whoever comes back."""

        RIGHTS = "rechte", _("Ihre Rechte haben sich geändert. Bitte melden Sie sich neu an.")
        FACTOR = "faktor", _("Ihr zweiter Faktor hat sich geändert. Bitte melden Sie sich neu an.")
        ADDRESS = "adresse", _("Die E-Mail-Adresse Ihres Kontos hat sich geändert. Bitte melden Sie sich neu an.")
        PERSON = "geraet", _("Sie haben sich auf einem anderen Gerät hier abgemeldet.")

    digest = models.CharField(max_length=64, primary_key=True)
    reason = models.CharField(max_length=10, choices=Reason.choices)
    expire_date = models.DateTimeField(db_index=True)

    objects = EndedSessions()

    def __str__(self):
        return self.reason


def digest(session_key: str) -> str:
    """Return what is kept of the key of an ended session."""
    return hashlib.sha256(session_key.encode()).hexdigest()
