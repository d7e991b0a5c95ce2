"""Whether a redirect leads anywhere: never to itself, never round in a circle."""

from urllib.parse import urlsplit

from django.conf import settings
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page, Site

HOPS = 20
"""Browsers give up after about as many."""


def leads_in_a_circle(old_path: str, *, page: Page | None = None, link: str = "", ours=None) -> bool:
    """Return whether whoever asks for `old_path` would come back to it, over this redirect and those that are stored.

    `ours` is the stored redirect that is being changed; it does not count.
    """
    start = Redirect.normalise_path(old_path)
    here, seen = _path(page.url if page else link), set()
    for _hop in range(HOPS):
        if here is None:
            return False
        if here == start or here in seen:
            return True
        seen.add(here)
        onward = Redirect.objects.filter(old_path=here).exclude(pk=ours).select_related("redirect_page").first()
        here = _path(onward.link) if onward else None
    return True


def _path(address: str | None) -> str | None:
    """Return the path of an address of this portal as redirects keep it; None for other hosts."""
    parts = urlsplit(address or "")
    if not address or (parts.netloc and parts.netloc not in _own_hosts()):
        return None
    return Redirect.normalise_path(f"{parts.path}?{parts.query}" if parts.query else parts.path)


def _own_hosts() -> set[str]:
    """Return our hosts as links name them, with a port that is not the usual one."""
    addresses = [settings.BASE_URL, *(site.root_url for site in Site.objects.all())]
    return {urlsplit(address).netloc for address in addresses} | set(Site.objects.values_list("hostname", flat=True))
