"""What every template of the portal knows."""

from django.conf import settings
from django.urls import reverse
from django.utils.functional import SimpleLazyObject

from portal.region.menus import SiteFrame


def site(request) -> dict:
    """Return the variables of every page; those that cost a query are worked out when a template reads them.

    `region` (the profile, with `theme` and the contact of the settings), `demo`, `site_menu` and `footer_links` (lists
    of label, url and, in the menu, current), `canonical_url` (without the question; a view may replace it), `login_url`
    and `account_url`.
    """
    frame = SiteFrame.of(request)
    return {
        "region": SimpleLazyObject(lambda: frame.region),
        "demo": settings.MODE == "demo",
        "site_menu": SimpleLazyObject(lambda: frame.menu),
        "footer_links": SimpleLazyObject(lambda: frame.footer),
        "canonical_url": settings.BASE_URL + request.path,
        "login_url": SimpleLazyObject(lambda: reverse("account_login")),
        "account_url": SimpleLazyObject(lambda: reverse("account_home")),
    }
