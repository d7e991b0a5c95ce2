"""Counts what people looked for in vain, so that staff can plan: words and towns, never who asked.

Counted are words of lists that found nothing, without facets, once a minute and at most 20 times a day for the same word
and town: a program that asks again and again does not become a wish of the citizens. Numbers, addresses and what no word
looks like are left out. The row is written after the answer is on its way.
"""

import logging
import re

from asgiref.local import Local
from django.core.cache import cache
from django.core.signals import request_finished
from django.db import DatabaseError, IntegrityError, transaction
from django.db.models import F, Max, OuterRef, QuerySet, Subquery, Sum
from django.dispatch import receiver
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from regiokit.loglists import LogList
from regiokit.places.models import Municipality
from regiokit.search.contract import SearchSource
from regiokit.search.faces import ResultPage
from regiokit.search.german import fold, parse
from regiokit.search.models import SearchMiss

log = logging.getLogger(__name__)

FEWEST = 5
"""What was looked for less often is shown nowhere: it could tell of one person."""
MOST_WORDS = 3
MOST_A_DAY, MOST_NEW_A_DAY = 20, 500
"""Counted searches for one word and town; new rows of all words."""
PAUSE_SECONDS = 60
WORD = re.compile(r"(?=.*[aeiouy])(?!.*(.)\1\1\1)[a-z]{3,30}", re.ASCII)
"""A folded word that a person may have meant: letters, a vowel, no four equal ones in a row."""
PROGRAM = re.compile("bot|crawl|spider|slurp|preview|python|curl|wget|monitor", re.IGNORECASE)

_waiting = Local()


def count_miss(source: SearchSource, page: ResultPage, request: HttpRequest) -> None:
    """Note the words of this page for counting, if it found nothing and a person may have asked. Writes nothing yet."""
    if _is_miss(page) and not PROGRAM.search(request.headers.get("User-Agent", "")):
        words = words_of(page.result.query.text)
        town = _town(page)
        keys = {word: f"regiokit.miss.{source.key}.{word}.{town}" for word in words}
        _waiting.found = [(source.key, word, town) for word, key in keys.items() if cache.add(key, 1, PAUSE_SECONDS)]


def words_of(text: str) -> list[str]:
    """Return the folded words that may be counted; none of a long text, a number or an address."""
    terms = parse(text).terms
    if len(terms) > MOST_WORDS or "@" in text or re.search(r"\d{3}", text):
        return []
    return [word for term in terms if WORD.fullmatch(word := fold(term.word))]


@receiver(request_finished)
def write_waiting(**_kwargs) -> None:
    """Write what this thread's request noted; the answer is out, so nobody waits, and a failure harms nobody."""
    found, _waiting.found = getattr(_waiting, "found", ()), ()
    try:
        for source, word, town in found:
            _add(source, word, town)
    except DatabaseError:
        log.warning("search: words that found nothing could not be counted", exc_info=True)


def erase(*, before) -> int:
    """Erase what was counted before that day; returns the number of rows."""
    return SearchMiss.objects.filter(day__lt=timezone.localdate(before)).delete()[0]


def often_missed() -> QuerySet:
    """Return one row for each word of a source that was missed often enough, with `total` and `place`, where most."""
    same = (
        SearchMiss.objects.filter(source=OuterRef("source"), word=OuterRef("word")).order_by().values("source", "word")
    )
    by_town = same.exclude(town="").values("town").annotate(times=Sum("count")).filter(times__gte=FEWEST)
    town = Municipality.objects.filter(pk=OuterRef("most")).values("name")
    newest = SearchMiss.objects.order_by().values("source", "word").annotate(newest=Max("pk")).values("newest")
    return (
        SearchMiss.objects.filter(pk__in=newest)
        .annotate(total=Subquery(same.annotate(total=Sum("count")).values("total")))
        .filter(total__gte=FEWEST)
        .annotate(most=Subquery(by_town.order_by("-times", "town").values("town")[:1]))
        .annotate(place=Subquery(town[:1]))
    )


def _is_miss(page: ResultPage) -> bool:
    result = page.result
    return bool(result and not result.total and not result.wordless and not result.degraded and not result.query.facets)


def _town(page: ResultPage) -> str:
    near, town = page.form.cleaned_data["near"], page.form.cleaned_data["town"]
    found = town or (near.municipality if near else None)
    return found.ags if found else ""


def _add(source: str, word: str, town: str) -> None:
    today = timezone.localdate()
    rows = SearchMiss.objects.filter(source=source, word=word, town=town, day=today)
    if rows.filter(count__lt=MOST_A_DAY).update(count=F("count") + 1) or rows.exists():
        return
    if SearchMiss.objects.filter(day=today).count() < MOST_NEW_A_DAY:
        try:
            with transaction.atomic():
                SearchMiss.objects.bulk_create([SearchMiss(source=source, word=word, town=town, day=today)])
        except IntegrityError:
            rows.update(count=F("count") + 1)


missed = LogList(
    name="regiokit_misses",
    rows=often_missed,
    menu_label=_("Vergebliche Suchen"),
    columns=("word", "area", "total", "place", "day"),
    fields=("word", "area", "total", "place", "day"),
    export=("word", "area", "total", "place", "day"),
    labels=(("area", _("Bereich")), ("total", _("Suchen in einem Jahr")), ("place", _("am häufigsten in"))),
    search=("word",),
    ordering=("-total", "word"),
    empty=_("Noch kein Wort wurde oft genug vergeblich gesucht. Gezeigt wird, was mindestens fünfmal gesucht wurde."),
    icon="search",
    menu_order=905,
)
