"""System checks: what a host must provide for the pages of operators."""

from django.conf import settings
from django.core.checks import Warning as CheckWarning
from django.core.checks import register
from django.shortcuts import resolve_url
from django.urls import NoReverseMatch, Resolver404, resolve


@register()
def sign_in_leads_somewhere(app_configs, **_kwargs):
    """Warn when `LOGIN_URL` leads nowhere: operators could not reach their own pages."""
    try:
        target = resolve_url(settings.LOGIN_URL)
        if target.startswith("/"):
            resolve(target.partition("?")[0])
    except (NoReverseMatch, Resolver404):
        return [
            CheckWarning(
                f"LOGIN_URL = {settings.LOGIN_URL!r} leads nowhere, so operators cannot reach their own pages.",
                hint="Set LOGIN_URL to your sign-in page, for example with django-allauth to 'account_login'.",
                id="coworking.W001",
            )
        ]
    return []
