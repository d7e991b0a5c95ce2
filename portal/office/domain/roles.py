"""The groups of a county's office and the rights that each begins with. Administrators may change them afterwards.

Rights are names ("wagtailredirects.add_redirect"); a right that does not exist yet is given as soon as it does. Plugins
bring the rights of moderators themselves (`regiokit.listings.review`), and a desk of their own if they declare one.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field

from django.conf import settings
from django.utils.translation import gettext as _

from portal.accounts.domain.staff import ADMINISTRATORS, EDITORS, MODERATORS

EDITORIAL, ENTRIES, TEMPLATES = "Redaktion", "Vereine und Orte", "Vorlagen"
"""Collections of pictures and files: of the pages, of organisations and their entries, forms and patterns for all."""

EVERYWHERE = ""
"""Stands for the root of all collections."""

ENTER = "wagtailadmin.access_admin"
FILES = ("wagtailimages.{}_image", "wagtaildocs.{}_document")
BARRIERS = ("duties.view_barrierreport", "duties.change_barrierreport")
CONTACT = ("region.change_sitedetails",)
ORGANISATIONS = ("regiokit.view_organisation", "regiokit.change_organisation")
PROMOTIONS = tuple(
    f"wagtailsearchpromotions.{action}_searchpromotion" for action in ("add", "change", "delete", "view")
)
SYNONYMS = tuple(f"regiokit.{action}_searchsynonym" for action in ("add", "change", "delete", "view"))
MISSES = ("regiokit.view_searchmiss",)
REDIRECTS = tuple(f"wagtailredirects.{action}_redirect" for action in ("add", "change", "delete", "view"))
PEOPLE = tuple(f"accounts.{action}_user" for action in ("add", "change", "delete", "view"))
COLLECTIONS = tuple(f"wagtailcore.{action}_collection" for action in ("add", "change", "delete"))


@dataclass(frozen=True, kw_only=True)
class Role:
    """One group: `home` are actions on all pages, `sections` on those that are published directly.

    `collections` maps the name of a collection to actions on pictures and files. `every_right_of` names apps all of
    whose rights the group gets.
    """

    group: str
    text: str
    permissions: tuple[str, ...] = ()
    home: tuple[str, ...] = ()
    sections: tuple[str, ...] = ()
    collections: dict[str, tuple[str, ...]] = field(default_factory=dict)
    collection_permissions: tuple[str, ...] = ()
    every_right_of: tuple[str, ...] = ()


def roles() -> Iterator[Role]:
    """Yield the groups; those of plugins only while these are enabled."""
    yield Role(
        group=EDITORS,
        text=_(
            "Schreibt und pflegt Seiten. Nachrichten und andere Tagesbereiche veröffentlicht sie selbst, alles andere geht "
            "durch Gegenlesen und Freigabe."
        ),
        permissions=(ENTER, *BARRIERS, *CONTACT, *PROMOTIONS, *SYNONYMS, *MISSES),
        home=("add", "change"),
        sections=("publish",),
        collections={EVERYWHERE: ("choose",), EDITORIAL: ("add", "change")},
    )
    yield Role(
        group=MODERATORS,
        text=_(
            "Prüft, was Vereine und Betriebe einreichen, und gibt Seiten frei. Orte sagen, wessen Einträge bei wem oben stehen."
        ),
        permissions=(ENTER, *BARRIERS, *ORGANISATIONS, *MISSES),
        home=("add", "change", "lock", "unlock"),
        sections=("publish",),
        collections={EVERYWHERE: ("choose",), EDITORIAL: ("add", "change"), ENTRIES: ("add", "change")},
    )
    for plugin in settings.PLUGINS:
        if plugin.desk:
            yield Role(
                group=plugin.desk.title,
                text=plugin.desk.text,
                permissions=(ENTER, *ORGANISATIONS, *(f"{plugin.app}.{name}" for name in plugin.desk.permissions)),
                collections={ENTRIES: ("choose", "add", "change")},
            )
    yield Role(
        group=ADMINISTRATORS,
        text=_(
            "Richtet alles ein, was ohne Programmieren geht: Personen, Einstellungen, Weiterleitungen, Suchempfehlungen."
        ),
        permissions=(ENTER, *CONTACT, *PROMOTIONS, *REDIRECTS, *PEOPLE),
        home=("add", "change", "publish", "bulk_delete", "lock", "unlock"),
        collections={EVERYWHERE: ("choose", "add", "change")},
        collection_permissions=COLLECTIONS,
        every_right_of=("duties", "regiokit", *(plugin.app for plugin in settings.PLUGINS)),
    )
