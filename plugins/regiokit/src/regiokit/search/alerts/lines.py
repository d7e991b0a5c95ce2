"""What mails and feeds say of an entry: title, organisation, place, link."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from regiokit import conf
from regiokit.places.models import Municipality
from regiokit.search.contract import SearchSource
from regiokit.search.domain import listed
from regiokit.search.models import SearchEntry


@dataclass(frozen=True)
class EntryLine:
    """One entry in one line; `url` is a whole address, `starts_on` and `ends_on` are local days."""

    object_id: int
    title: str
    organisation: str
    place: str
    url: str
    published_at: datetime | None = None
    confirmed_at: datetime | None = None
    starts_on: date | None = None
    ends_on: date | None = None

    @property
    def meta(self) -> str:
        """Organisation and place."""
        return " · ".join(part for part in (self.organisation, self.place) if part)


def entry_lines(source: SearchSource, ids: Iterable[int], loaded: dict[int, Any] | None = None) -> list[EntryLine]:
    """Return the lines of those of these entries that can still be found, in the order of `ids`.

    Three queries beside those of `source.load`, which is left out when the objects are `loaded` already.
    """
    ids = list(ids)
    rows = {row.object_id: row for row in _rows(source, ids)}
    objects = source.load(list(rows)) if loaded is None else loaded
    towns = dict(Municipality.objects.filter(pk__in={row.ags for row in rows.values()}).values_list("pk", "name"))
    return [_line(source, rows[pk], objects[pk], towns) for pk in ids if pk in rows and pk in objects]


def _rows(source: SearchSource, ids: list[int]):
    """Return the search's rows of these entries, of whatever generation is live."""
    live = listed(source.key, ids)
    rows = SearchEntry.objects.filter(source=source.key, object_id__in=live).order_by("generation")
    return rows.defer("title_words", "organisation_words", "text_words")


def _line(source: SearchSource, row: SearchEntry, found: Any, towns: dict[str, str]) -> EntryLine:
    organisation = getattr(found, "organisation", None)
    return EntryLine(
        object_id=row.object_id,
        title=row.title,
        organisation=str(organisation) if organisation else "",
        place=towns.get(row.ags, ""),
        url=conf.absolute(source.url(row.object_id, row.slug)),
        published_at=row.published_at,
        confirmed_at=row.confirmed_at,
        starts_on=row.starts_on,
        ends_on=row.ends_on,
    )
