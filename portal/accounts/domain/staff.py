"""Staff: people of the county who work in the Wagtail admin."""

from collections.abc import Iterable

from allauth.account.models import EmailAddress
from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from portal.accounts.domain.towns import find_towns
from regiokit import conf, mail

EDITORS = "Redaktion"
MODERATORS = "Moderation"
ADMINISTRATORS = "Administration"
ADMIN_ACCESS = "wagtailadmin.access_admin"


class UnknownGroup(ValueError):
    """There is no group of that name; the message lists those that exist."""


def may_enter_admin(user) -> bool:
    """Whether this person works in the Wagtail admin, once a required second factor is given."""
    return user.is_active and (user.is_superuser or ADMIN_ACCESS in user.get_all_permissions())


@transaction.atomic
def make_staff(
    email: str,
    *,
    group: str = "",
    towns: Iterable[str] = (),
    administrator: bool = False,
    first_name: str = "",
    last_name: str = "",
):
    """Create or update a member of staff and return the user. The address counts as confirmed, a password is unusable.

    `group` is added to the groups the person already has, and so are `towns` (names). Raises `UnknownGroup` and
    `UnknownTown`.
    """
    email = email.strip().lower()
    user = get_user_model().objects.filter(email__iexact=email).first() or get_user_model()(email=email)
    user.is_active = True
    user.is_superuser = user.is_superuser or administrator
    user.is_staff = user.is_staff or administrator
    user.first_name = first_name or user.first_name
    user.last_name = last_name or user.last_name
    user.set_unusable_password()
    user.save()
    if group:
        user.groups.add(_group(group))
    user.towns.add(*find_towns(towns))
    EmailAddress.objects.filter(user=user).exclude(email__iexact=email).delete()
    EmailAddress.objects.update_or_create(user=user, email=email, defaults={"verified": True, "primary": True})
    return user


@transaction.atomic
def invite_staff(email: str, **details):
    """Do what `make_staff` does and write the invitation into the outbox. Returns the user.

    Raises `UnknownGroup` and `portal.accounts.domain.towns.UnknownTown`.
    """
    user = make_staff(email, **details)
    context = {
        "user": user,
        "factor_required": settings.SECOND_FACTOR_REQUIRED,
        "groups": list(user.groups.order_by("name").values_list("name", flat=True)),
        "button_label": _("Zur Anmeldung"),
        "button_url": conf.absolute(f"{reverse('account_login')}?next={reverse('wagtailadmin_home')}"),
    }
    mail.queue("account/mail/staff_invitation", to=user.email, context=context)
    return user


def _group(name: str) -> Group:
    try:
        return Group.objects.get(name=name)
    except Group.DoesNotExist as error:
        known = ", ".join(Group.objects.order_by("name").values_list("name", flat=True))
        raise UnknownGroup(f"Die Gruppe {name!r} gibt es nicht. Es gibt: {known}.") from error
