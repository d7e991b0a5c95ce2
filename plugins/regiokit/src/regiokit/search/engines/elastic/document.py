"""What Elasticsearch keeps of an entry: the analyser's tokens, values to filter, count and sort by, completions."""

from elasticsearch.dsl import (
    Completion,
    Date,
    DateRange,
    Document,
    Double,
    GeoPoint,
    Keyword,
    Long,
    Mapping,
    MetaField,
    Object,
    Text,
    analyzer,
)

from regiokit.search.contract import Reach, SearchDocument, SearchSource
from regiokit.search.engines.database.writing import digest
from regiokit.search.fingerprint import fingerprint
from regiokit.search.german import index_words

SEPARATOR = "\t"
"""Between the parts of a completion: what is typed, its kind, its label."""

LONGEST_COMPLETION = 600
COMPLETIONS = ("typed_title", "typed_organisation", "typed_other")
"""Fields of completions: Elasticsearch names each entry once in each of them."""

FACETS = "facets"


def _tokens() -> Text:
    """Tokens of the analyser, as they are: no lengths (they count for nothing), positions for phrases."""
    return Text(analyzer=analyzer("whitespace"), norms=False, index_options="positions")


def _completions() -> Completion:
    return Completion(analyzer=analyzer("keyword"), max_input_length=LONGEST_COMPLETION)


class Entry(Document):
    """One live entry. Whatever it shows comes from the database, so that the sent document itself is not kept."""

    title = _tokens()
    organisation = _tokens()
    text = _tokens()
    object_id = Long()
    heading = Keyword(index=False)
    slug = Keyword(index=False)
    ags = Keyword()
    reach = Keyword()
    point = GeoPoint()
    lat = Double(index=False)
    lon = Double(index=False)
    period = DateRange(format="strict_date")
    visible_until = Date(format="strict_date")
    published_at = Date()
    confirmed_at = Date()
    digest = Keyword(index=False)
    typed_title = _completions()
    typed_organisation = _completions()
    typed_other = _completions()

    class Meta:
        dynamic = MetaField("strict")
        source = MetaField(enabled=False)


def mapping(source: SearchSource) -> Mapping:
    """Return the mapping of a source's index: a keyword for each facet, and who wrote it."""
    keywords = {facet.name: Keyword(eager_global_ordinals=True) for facet in source.facets}
    result = Mapping().field(FACETS, Object(dynamic="strict", properties=keywords))
    return result.meta("_meta", params={"fingerprint": fingerprint(), FACETS: sorted(keywords)})


def entry(
    source: SearchSource,
    document: SearchDocument,
    *,
    completions: dict[tuple[str, str, str], int],
    read: dict[str, tuple[str, ...]],
) -> Entry:
    """Return what is kept of `document`. `completions` (label, kind, typed): how many entries have each of its own.

    `read`: the tokens of title, organisation and text of documents that were analysed already, by their digest.
    """
    mark = digest(document)
    title, organisation, text = read.get(mark) or map(
        index_words, (document.title, document.organisation, document.text)
    )
    here = document.reach == Reach.PLACE and document.lat is not None and document.lon is not None
    names = {facet.name for facet in source.facets}
    return Entry(
        title=title,
        organisation=organisation,
        text=text,
        object_id=document.object_id,
        heading=document.title,
        slug=document.slug,
        ags=document.ags or None,
        reach=str(document.reach),
        point={"lat": document.lat, "lon": document.lon} if here else None,
        lat=document.lat if here else None,
        lon=document.lon if here else None,
        period=_period(document),
        visible_until=document.visible_until and document.visible_until.isoformat(),
        published_at=document.published_at and document.published_at.isoformat(),
        confirmed_at=document.confirmed_at and document.confirmed_at.isoformat(),
        facets={name: list(values) for name, values in document.facets.items() if values and name in names},
        digest=mark,
        **_typed(completions),
    )


def _typed(completions: dict[tuple[str, str, str], int]) -> dict[str, list[dict]]:
    """Return the completions by field, each with what it completes to."""
    found: dict[str, list[dict]] = {}
    for (label, kind, typed), entries in sorted(completions.items()):
        name = f"typed_{kind}" if f"typed_{kind}" in COMPLETIONS else COMPLETIONS[-1]
        one = {"input": [SEPARATOR.join((typed, kind, label))], "weight": entries}
        found.setdefault(name, []).append(one)
    return found


def _period(document: SearchDocument) -> dict[str, str] | None:
    first, last = document.period or (None, None)
    if first and last and last < first:
        first, last = last, first
    ends = {"gte": first and first.isoformat(), "lte": last and last.isoformat()}
    return {side: day for side, day in ends.items() if day} or None
