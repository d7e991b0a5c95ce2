"""Says before anybody meets it that self-service leads nowhere."""

from django.conf import settings
from django.core.checks import Warning as CheckWarning
from django.core.checks import register
from django.shortcuts import resolve_url
from django.urls import NoReverseMatch, Resolver404, resolve


@register()
def sign_in_exists(app_configs, **_kwargs):
    """Warn when `LOGIN_URL` names no page of this site: associations could not sign in."""
    try:
        path = resolve_url(settings.LOGIN_URL)
        if path.startswith("/"):
            resolve(path.split("?")[0])
    except (NoReverseMatch, Resolver404):
        return [
            CheckWarning(
                f"LOGIN_URL = {settings.LOGIN_URL!r} leads to no page: associations cannot sign in.",
                hint="Set LOGIN_URL to a sign-in page, for example that of django-allauth (see the plugin's README).",
                id="ehrenamt.W001",
            )
        ]
    return []
