"""The user: known by an e-mail address, never by a password."""

from django.contrib.auth.models import AbstractUser, BaseUserManager
from django.db import models
from django.db.models.functions import Lower
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

    def clean(self):
        """Write the address in small letters, so that it is found again."""
        super().clean()
        self.email = self.email.strip().lower()

    def save(self, *args, **kwargs):
        """Save; forms of the admin leave the password empty, which becomes one that cannot be used."""
        if not self.password:
            self.set_unusable_password()
        super().save(*args, **kwargs)
