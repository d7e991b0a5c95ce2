"""Page numbers as the element `pagination` wants them (docs/elements.md)."""

from django.core.paginator import Page
from django.http import QueryDict


def paging(page: Page, *, address: str = "", query: QueryDict | None = None) -> dict:
    """Return `pages`, `page`, `previous_url` and `next_url`; `query` holds the other parameters of the address."""

    def url(number: int) -> str:
        parameters = query.copy() if query else QueryDict(mutable=True)
        parameters.pop("page", None)
        if number > 1:
            parameters["page"] = str(number)
        return address + (f"?{parameters.urlencode()}" if parameters else "") or "?"

    numbers = page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1)
    return {
        "pages": [(number, url(number)) if isinstance(number, int) else (None, "") for number in numbers],
        "page": page.number,
        "previous_url": url(page.previous_page_number()) if page.has_previous() else "",
        "next_url": url(page.next_page_number()) if page.has_next() else "",
    }
