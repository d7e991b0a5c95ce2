"""System checks that plugins register for themselves."""

from django.conf import settings
from django.core.checks import Warning as CheckWarning
from django.core.checks import register
from django.shortcuts import resolve_url
from django.urls import NoReverseMatch, Resolver404, resolve


def expect_sign_in(app_label: str, *, check_id: str) -> None:
    """Warn under `check_id` when `LOGIN_URL` names no page of this site: self-service of the plugin leads nowhere."""

    def sign_in_leads_somewhere(app_configs, **_kwargs):
        try:
            path = resolve_url(settings.LOGIN_URL)
            if path.startswith("/"):
                resolve(path.partition("?")[0])
        except (NoReverseMatch, Resolver404):
            return [
                CheckWarning(
                    f"LOGIN_URL = {settings.LOGIN_URL!r} leads to no page: nobody can reach their own pages in {app_label}.",
                    hint="Set LOGIN_URL to a sign-in page, for example that of django-allauth (see the plugin's README).",
                    id=check_id,
                )
            ]
        return []

    register(sign_in_leads_somewhere)
