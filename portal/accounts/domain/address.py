"""Another e-mail address for an account: shown to be the person's, told to the old one."""

from allauth.account.models import EmailAddress
from django.contrib.auth import get_user_model
from django.db import IntegrityError, transaction

from regiokit import mail


class AddressTaken(ValueError):
    """Somebody else's account has this address."""


def is_taken(email: str, *, user) -> bool:
    """Whether the address belongs to another account."""
    others = get_user_model().objects.exclude(pk=user.pk)
    return others.filter(email__iexact=email).exists()


@transaction.atomic
def change_address(user, *, to: str) -> None:
    """Write the address, which the person has shown to read, into the account, and tell the old one.

    Other sessions of the person end with it. Raises `AddressTaken` when somebody was quicker.
    """
    old, user.email = user.email, to.strip().lower()
    try:
        with transaction.atomic():
            user.save(update_fields=["email"])
            EmailAddress.objects.filter(email__iexact=user.email).delete()
            EmailAddress.objects.filter(user=user).delete()
            EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    except IntegrityError as error:
        user.email = old
        raise AddressTaken(to) from error
    mail.queue("account/mail/address_changed", to=old, context={"user": user})
