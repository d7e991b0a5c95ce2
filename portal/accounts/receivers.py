"""What the accounts do when something happens: sessions end when rights change.

Rights are read anew with every request, those of a group too, so a change holds at once in any case. A session ends all
the same, because whoever else holds it must not grow with the person.
"""

from allauth.account.internal.flows.login import record_authentication
from allauth.mfa.signals import authenticator_added, authenticator_removed
from django.contrib.auth.models import Group
from django.contrib.auth.signals import user_logged_in
from django.db.models.signals import m2m_changed, post_delete, pre_delete, pre_save
from django.dispatch import receiver

from portal.accounts.domain.devices import in_words
from portal.accounts.domain.factor import FACTORS, forget_shown
from portal.accounts.domain.sessions import rights_changed
from portal.accounts.models import EndedSession, User
from portal.accounts.session_store import DEVICE
from regiokit.organisations.models import Membership
from regiokit.organisations.signals import membership_changed

RIGHTS = ("is_active", "is_staff", "is_superuser")


@receiver(user_logged_in)
def name_device(sender, request, user, **kwargs):
    """Keep the device in words with the session."""
    request.session[DEVICE] = in_words(request.headers.get("User-Agent", ""))


@receiver(pre_save, sender=User)
def end_after_change_of_user(sender, instance, update_fields, **kwargs):
    """End sessions when a person gains or loses rights of the account, or gets another address."""
    watched = {*RIGHTS, "email"}
    if instance._state.adding or (update_fields is not None and not watched & set(update_fields)):
        return
    before = User.objects.filter(pk=instance.pk).values(*watched).first() or {}
    changed = {name for name, value in before.items() if getattr(instance, name) != value}
    if changed:
        reason = EndedSession.Reason.ADDRESS if changed == {"email"} else EndedSession.Reason.RIGHTS
        rights_changed([instance.pk], reason=reason)


@receiver(m2m_changed, sender=User.groups.through)
@receiver(m2m_changed, sender=User.user_permissions.through)
def end_after_change_of_groups(sender, instance, action, reverse, pk_set, **kwargs):
    """End sessions of people who enter or leave groups, from whichever side that is done."""
    if action in {"post_add", "post_remove"}:
        rights_changed(pk_set if reverse else [instance.pk] if pk_set else [])
    elif action == "pre_clear":
        rights_changed(instance.user_set.values_list("pk", flat=True) if reverse else [instance.pk])


@receiver(pre_delete, sender=Group)
def end_with_group(sender, instance, **kwargs):
    """End sessions of the people in a group that goes."""
    rights_changed(instance.user_set.values_list("pk", flat=True))


@receiver(pre_save, sender=Membership)
def end_after_change_of_membership(sender, instance, **kwargs):
    """End sessions when somebody begins to act for an organisation, or in another role."""
    before = Membership.objects.filter(pk=instance.pk).values_list("user_id", "role").first()
    if before != (instance.user_id, instance.role):
        rights_changed({instance.user_id, *(before or ())[:1]})


@receiver(membership_changed)
def end_after_change_of_role(sender, user_id, **kwargs):
    """End sessions after a role was changed by a verb that writes the row without its signals."""
    rights_changed([user_id])


@receiver(post_delete, sender=Membership)
def end_with_membership(sender, instance, **kwargs):
    """End sessions of whoever acts for an organisation no more."""
    rights_changed([instance.user_id])


@receiver(authenticator_added)
def end_after_new_factor(sender, request, user, authenticator, **kwargs):
    """Count a factor that was set up here as given here, and end the sessions that never saw it."""
    if authenticator.type in FACTORS:
        record_authentication(request, user, "mfa", id=authenticator.pk, type=authenticator.type)
        rights_changed([user.pk], reason=EndedSession.Reason.FACTOR)


@receiver(authenticator_removed)
def end_after_removed_factor(sender, request, user, authenticator, **kwargs):
    """End the other sessions; this one has given that factor no more."""
    forget_shown(request, user, authenticator_id=authenticator.pk)
    rights_changed([user.pk], reason=EndedSession.Reason.FACTOR)
