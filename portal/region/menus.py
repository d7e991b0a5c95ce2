"""The menu, the footer and the contact of a request, from the settings or, untouched, from what the portal has."""

from dataclasses import replace
from functools import cached_property
from urllib.parse import urlencode

from django.conf import settings
from django.urls import Resolver404, resolve, reverse
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page, Site

from portal.region.kept import kept
from portal.region.models import MenuEntry, SiteDetails
from portal.region.profile import Profile

DUTIES = (
    ("barrier_report", _("Barriere melden")),
    ("accessibility", _("Erklärung zur Barrierefreiheit")),
    ("privacy", _("Datenschutz")),
    ("imprint", _("Impressum")),
    ("contact", _("Kontakt")),
)
INDEXES = ("newsindexpage", "eventindexpage", "guideindexpage")


def profile_without_database() -> Profile:
    """Return the region as its profile has it; for pages that must work while the database does not."""
    return replace(settings.REGION, theme=settings.THEME)


def duty_links() -> list[dict]:
    """Return the links that the law wants on every page, the report of a barrier first; nobody can remove them."""
    return [{"label": str(label), "url": reverse(name)} for name, label in DUTIES]


class SiteFrame:
    """What surrounds every page of one request; asks the database only when somebody looks, and then once."""

    def __init__(self, request):
        self.request = request

    @classmethod
    def of(cls, request) -> "SiteFrame":
        """Return the one frame of this request."""
        if not hasattr(request, "site_frame"):
            request.site_frame = cls(request)
        return request.site_frame

    @cached_property
    def region(self) -> Profile:
        """The region's profile with the contact of the settings."""
        return kept(self.request, "region", self._region)

    @cached_property
    def menu(self) -> list[dict]:
        """The main menu as label, url and current."""
        links = kept(self.request, "menu", lambda: self._links(MenuEntry.Area.MAIN) or self._default_menu())
        return [{**link, "current": self.request.path.startswith(link["url"])} for link in links]

    @cached_property
    def footer(self) -> list[dict]:
        """The editors' links, then the duties."""
        links = kept(self.request, "footer", lambda: self._links(MenuEntry.Area.FOOTER))
        report, *duties = kept(self.request, "duties", duty_links)
        # The report's form learns which page it is about.
        about = {**report, "url": f"{report['url']}?{urlencode({'seite': self.request.path})}"}
        return [*links, about, *duties]

    def _region(self) -> Profile:
        profile = profile_without_database()
        details = self._details
        if details is None:
            return profile
        changed = {name: getattr(details, name) for name in SiteDetails.contact_fields if getattr(details, name)}
        if "phone" in changed:
            changed["phone_href"] = phone_href(changed["phone"])
        return replace(profile, contact=replace(profile.contact, **changed))

    @cached_property
    def _site(self) -> Site | None:
        return Site.find_for_request(self.request)

    @cached_property
    def _entries(self) -> list[MenuEntry]:
        found = MenuEntry.objects.filter(details__site=self._site).select_related("page", "details")
        return list(found) if self._site else []

    @cached_property
    def _details(self) -> SiteDetails | None:
        if self._entries:
            return self._entries[0].details
        return SiteDetails.objects.filter(site=self._site).first() if self._site else None

    def _links(self, area: str) -> list[dict]:
        entries = [entry for entry in self._entries if entry.area == area]
        links = [{"label": entry.label, "url": self._url(entry)} for entry in entries]
        return [link for link in links if link["url"]]

    def _url(self, entry: MenuEntry) -> str:
        """Return where the entry leads, or an empty text when that is not there: a draft, or a plugin that is off."""
        if entry.page:
            return (entry.page.get_url(self.request) or "") if entry.page.live else ""
        if entry.address.startswith("/") and not _is_ours(entry.address):
            return ""
        return entry.address

    def _default_menu(self) -> list[dict]:
        links = [
            {"label": entry.label, "url": reverse(entry.url_name)}
            for plugin in settings.PLUGINS
            for entry in plugin.menu
            if entry.area == "public"
        ]
        if self._site:
            pages = Page.objects.live().filter(
                path__startswith=self._site.root_page.path,
                content_type__app_label="editorial",
                content_type__model__in=INDEXES,
            )
            links += [{"label": page.title, "url": page.get_url(self.request)} for page in pages.order_by("path")]
        return links


def phone_href(phone: str) -> str:
    """Return a German telephone number as `tel:` links want it: "02541 18-0" becomes "+492541180" (RFC 3966)."""
    digits = "".join(sign for sign in phone if sign.isdigit())
    if phone.startswith("+"):
        return f"+{digits}"
    return f"+{digits[2:]}" if digits.startswith("00") else f"+49{digits[1:]}" if digits.startswith("0") else digits


def _is_ours(address: str) -> bool:
    # Everything that no other address takes ends at Wagtail; pages are chosen as pages, so that is a dead link.
    try:
        return resolve(address.partition("?")[0].partition("#")[0]).url_name != "wagtail_serve"
    except Resolver404:
        return False
