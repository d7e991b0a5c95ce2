"""The demo's pages: news, guides, stories, events, a form, plain pages, pictures and the menu, from `fixtures/<region>`."""

import json
import re
from datetime import timedelta
from pathlib import Path
from urllib.parse import urlsplit

from django.conf import settings
from django.core.files.images import ImageFile
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.html import escape
from wagtail.models import Site
from wagtail.rich_text import RichText

from portal.editorial.demo_events import event_page
from portal.editorial.enums import Audience, FieldType, StoryKind
from portal.editorial.models import (
    ContentPage,
    EventIndexPage,
    EventPage,
    FormField,
    FormPage,
    GuideIndexPage,
    GuidePage,
    HomePage,
    NewsIndexPage,
    NewsPage,
    StoryIndexPage,
    StoryPage,
)
from portal.media.enums import Licence, Persons
from portal.media.models import Picture
from portal.region.models import MenuEntry, SiteDetails
from regiokit.places.models import Municipality
from regiokit.search.domain import rebuild, sources

TAG = re.compile(r"</?[a-z]")


@transaction.atomic
def load_demo(folder: Path) -> None:
    """Load `news.json`, `guides.json`, `pages.json` and the folder `images`; do nothing when there are news already.

    A region may leave out `stories.json`, `events.json` and `forms.json`.
    """
    site = Site.objects.select_related("root_page").get(is_default_site=True)
    home = site.root_page.specific
    if not isinstance(home, HomePage) or NewsPage.objects.exists():
        return
    news, guides, pages = (
        json.loads((folder / f"{name}.json").read_text("utf-8")) for name in ("news", "guides", "pages")
    )
    loader = _Loader(folder / "images")
    loader.home(home, pages["home"])
    news_index, guide_index = NewsIndexPage.objects.child_of(home).get(), GuideIndexPage.objects.child_of(home).get()
    for row in news:
        news_index.add_child(instance=loader.article(row))
    for row in guides:
        guide_index.add_child(instance=loader.guide(row))
    about = home.add_child(instance=loader.plain("ueber-das-portal", pages["about"]))
    support = home.add_child(instance=loader.plain("hilfe", pages["help"]))
    calendar = _branch(home, EventIndexPage, "veranstaltungen", _optional(folder, "events"), loader.event)
    stories = _branch(home, StoryIndexPage, "erfolgsgeschichten", _optional(folder, "stories"), loader.story)
    forms = [home.add_child(instance=loader.form(row)) for row in _optional(folder, "forms").get("forms", [])]
    _fill_menu(
        site,
        order=[door["target"] for door in pages["home"]["doors"]],
        main=[news_index, *calendar, guide_index, support],
        foot=[about, *stories, *forms],
    )
    _address(site)
    _prepare_pictures()
    for source in sources():
        if source.key.startswith("portal."):
            rebuild(source)


def _optional(folder: Path, name: str) -> dict:
    file = folder / f"{name}.json"
    return json.loads(file.read_text("utf-8")) if file.exists() else {}


def _branch(home: HomePage, model, slug: str, content: dict, page) -> list:
    """Plant an index and below it one `page(row)` for each row; return the index in a list, nothing without content."""
    if not content:
        return []
    index = home.add_child(instance=model(slug=slug, **content.pop("index")))
    (rows,) = content.values()
    for row in rows:
        index.add_child(instance=page(row))
    return [index]


class _Loader:
    """Makes unsaved pages from rows of the fixtures."""

    def __init__(self, images: Path):
        self.images = images
        self.now = timezone.now()
        self.today = timezone.localdate(self.now)
        self.towns = Municipality.objects.in_bulk()

    def home(self, home: HomePage, row: dict) -> None:
        employers = next((door["text"] for door in row["doors"] if door["target"] == "employers"), "")
        home.heading, home.lead, home.search_description = row["hero_title"], row["hero_lead"], row["lead"]
        home.employers_text = employers or home.employers_text
        home.body = [("fact", {"title": row["employer_title"], "text": RichText(_paragraph(row["employer_text"]))})]
        home.save()

    def article(self, row: dict) -> NewsPage:
        page = NewsPage(
            **self._shared(row, days_ago=row["days_ago"]),
            date=self.today - timedelta(days=row["days_ago"]),
            author=row.get("author", ""),
            body=[self._block(block) for block in row["body"]],
            **self._picture(row),
        )
        page.towns = [self.towns[ags] for ags in row.get("towns", []) if ags in self.towns]
        return page

    def guide(self, row: dict) -> GuidePage:
        steps = [
            ("step", {"title": step["title"], "text": RichText(_paragraph(step["html"]))}) for step in row["steps"]
        ]
        return GuidePage(
            **self._shared(row, days_ago=row["checked_days_ago"]),
            audience=Audience(row["audience"]),
            checked_on=self.today - timedelta(days=row["checked_days_ago"]),
            intro=_paragraph(row.get("intro_html", "")),
            steps=steps,
            closing=_paragraph(row.get("closing_html", "")),
            contact=row.get("contact", ""),
            **self._picture(row),
        )

    def story(self, row: dict) -> StoryPage:
        page = StoryPage(
            **self._shared(row, days_ago=row["days_ago"]),
            kind=StoryKind(row["kind"]),
            date=self.today - timedelta(days=row["days_ago"]),
            person=row["person"],
            organisation=row["organisation"],
            quote=row["quote"],
            figures=[("figure", {"number": number, "label": label}) for number, label in row["figures"]],
            body=[self._block(block) for block in row["body"]],
            guide=GuidePage.objects.filter(slug=row["guide"]).first(),
            **self._picture(row),
        )
        page.towns = [self.towns[ags] for ags in row["towns"]]
        return page

    def event(self, row: dict) -> EventPage:
        body = [self._block(block) for block in row["body"]]
        return event_page(row, today=self.today, body=body, **self._shared(row, days_ago=7))

    def form(self, row: dict) -> FormPage:
        texts = {name: row[name] for name in ("purpose", "keep_days", "button", "thanks")}
        page = FormPage(**self._shared(row, days_ago=30), notify=settings.REGION.contact.email, **texts)
        page.form_fields = [
            FormField(
                sort_order=number,
                label=field["label"],
                field_type=FieldType(field["type"]),
                choices=field.get("choices", ""),
                help_text=field.get("help", ""),
                required=field["required"],
            )
            for number, field in enumerate(row["fields"])
        ]
        return page

    def plain(self, slug: str, row: dict) -> ContentPage:
        body = [self._block(block) for block in row["body"]]
        return ContentPage(**self._shared({"slug": slug, **row}, days_ago=30), body=body)

    def _shared(self, row: dict, *, days_ago: int) -> dict:
        moment = self.now - timedelta(days=days_ago)
        return {
            "title": row["title"],
            "slug": row["slug"],
            "lead": row["lead"],
            "first_published_at": moment,
            "last_published_at": moment,
        }

    def _picture(self, row: dict) -> dict:
        if not row.get("picture"):
            return {}
        image = self._image(row["picture"], row.get("picture_alt", ""))
        alt = row.get("picture_alt", "")
        return {"picture": image, "picture_alt": alt, "picture_decorative": not alt}

    def _image(self, name: str, alt: str) -> Picture:
        title = Path(name).stem.replace("-", " ").capitalize()
        known = Picture.objects.filter(title=title).first()
        if known:
            return known
        with (self.images / name).open("rb") as file:
            return Picture.objects.create(
                title=title,
                description=alt[:255],
                file=ImageFile(file, name=name),
                licence=Licence.OWN,
                persons=Persons.NONE,
            )

    def _block(self, block: dict) -> tuple:
        match block["type"]:
            case "text":
                return "text", RichText(_paragraph(block["html"]))
            case "heading":
                return "heading", block["text"]
            case "quote":
                return "quote", {"text": block["text"], "source": block.get("source", "")}
            case "fact":
                return "fact", {"title": block["title"], "text": RichText(_paragraph(block["text"]))}
            case "picture":
                image = self._image(block["picture"], block.get("alt", ""))
                image.contextual_alt_text, image.decorative = block.get("alt", ""), not block.get("alt")
                return "picture", {"image": image, "caption": block.get("caption", "")}
            case "live":
                wanted = {name: block.get(name, "") for name in ("plugin", "title", "town")}
                return "live", {**wanted, "limit": block.get("limit", 3)}
            case other:
                raise ValueError(f"A fixture has a block of the unknown type {other!r}.")


def _paragraph(text: str) -> str:
    """Return HTML that consists of block elements; words before the first of them become a paragraph."""
    if not text or text.startswith(("<p>", "<ul>", "<ol>")):
        return text
    start, block, rest = text.partition("<p>")
    words = start if TAG.search(start) else escape(start)
    return f"<p>{words}</p>{block}{rest}"


def _fill_menu(site: Site, *, order: list[str], main: list, foot: list) -> None:
    """Put the plugins' public entries in the order of the doors, then pages."""
    details, _created = SiteDetails.objects.get_or_create(site=site)
    enabled = {plugin.app: plugin for plugin in settings.PLUGINS}
    plugins = [enabled[name] for name in order if name in enabled]
    links = [entry for plugin in plugins for entry in plugin.menu if entry.area == "public"]
    entries = [MenuEntry(label=entry.label, address=reverse(entry.url_name)) for entry in links]
    entries += [MenuEntry(label=_short(page.title), page=page) for page in main]
    entries += [MenuEntry(label=_short(page.title), page=page, area=MenuEntry.Area.FOOTER) for page in foot]
    for position, entry in enumerate(entries):
        entry.details, entry.sort_order = details, position
        entry.save()


def _short(title: str) -> str:
    """Return a title as a menu has room for it: "Hilfe und häufige Fragen" becomes "Hilfe"."""
    return title.partition(" und ")[0][:40]


def _address(site: Site) -> None:
    """Let Wagtail know the address that people use."""
    parts = urlsplit(settings.BASE_URL)
    site.hostname = parts.hostname
    site.port = parts.port or (443 if parts.scheme == "https" else 80)
    site.save()


def _prepare_pictures() -> None:
    """Draw every picture once as its templates want it, so that no visitor waits for it."""
    cards = {NewsPage: "news_card", GuidePage: "guide_card", StoryPage: "story_card"}
    for model, card in cards.items():
        for page in model.objects.select_related("picture"):
            render_to_string(f"editorial/{card}.html", {"item": page, "level": 2})
