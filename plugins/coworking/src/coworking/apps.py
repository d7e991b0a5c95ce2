"""The Django app of the plugin."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class CoworkingConfig(AppConfig):
    """Label `coworking`."""

    name = "coworking"
    label = "coworking"
    verbose_name = _("Coworking")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self):
        """Connect the receivers and, after migrations, the review of spaces."""
        from coworking import checks, receivers  # noqa: F401 (checks register themselves)

        receivers.connect()
        post_migrate.connect(_prepare, sender=self, dispatch_uid="coworking.prepare")


def _prepare(sender, **_kwargs):
    from django.contrib.auth.models import Group, Permission

    from coworking.models import Space
    from regiokit import conf
    from regiokit.listings.domain import ensure_workflow

    ensure_workflow(Space)
    group = Group.objects.get(name=conf.moderators())
    group.permissions.add(*Permission.objects.filter(codename="view_trialday", content_type__app_label="coworking"))
