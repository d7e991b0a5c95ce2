"""What editors recommend for certain words: shown above everything that was found."""

from dataclasses import dataclass

from django.db.models import Q
from wagtail.contrib.search_promotions.models import Query, SearchPromotion
from wagtail.models import Page

from portal.editorial.models.base import for_everybody
from regiokit.search.german import tokenize


@dataclass(frozen=True)
class Recommendation:
    """One recommended page or address."""

    title: str
    url: str
    text: str


def recommended(text: str) -> list[Recommendation]:
    """Return what editors recommend for these words in any spelling; pages that are not public are left out."""
    asked = _folded(text)
    words = Query.objects.filter(editors_picks__isnull=False).distinct().values_list("pk", "query_string")
    queries = [pk for pk, query in words if asked and _folded(query) == asked]
    if not queries:
        return []
    public = for_everybody(Page.objects.all()).values("pk")
    picks = SearchPromotion.objects.filter(Q(page=None) | Q(page__in=public), query__in=queries)
    found = [_recommendation(pick) for pick in picks.select_related("page").order_by("sort_order", "pk")]
    return [recommendation for recommendation in found if recommendation.url]


def _folded(text: str) -> list[str]:
    return [token.word for token in tokenize(text)]


def _recommendation(pick: SearchPromotion) -> Recommendation:
    url = pick.page.get_url() if pick.page else pick.external_link_url
    return Recommendation(title=pick.title or "", url=url or "", text=pick.description)
