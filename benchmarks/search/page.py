"""The list page without the answer in it, against a stock Wagtail page (title and rich text) of the same bytes."""

from functools import partial

from benchmarks import rounds
from benchmarks.search.questions import mix


def measure(engine: str, size: int, *, turns: int) -> None:
    """Ask for pages of the mix, their answers alone and the stock page in turn."""
    from django.http import QueryDict
    from django.test import Client
    from django.urls import reverse

    from ehrenamt.search import source
    from regiokit.search import domain
    from regiokit.search.filters import query_from

    client, path = Client(headers={"accept-encoding": "gzip"}, HTTP_HOST="localhost"), reverse("ehrenamt:offers")
    texts = [mix()[kind][0].text for kind in ("rare word", "medium word", "common word", "no words")]
    long = Client(HTTP_HOST="localhost").get(path, {"q": texts[-2]}).content
    stock = _stock_page(len(long))
    drawn = len(Client(HTTP_HOST="localhost").get(stock).content)
    assert abs(drawn - len(long)) < len(long) / 50, f"the stock page has {drawn} bytes, the list {len(long)}"
    cases = {"stock": partial(client.get, stock)}
    for text in texts:
        query = query_from(source, QueryDict(f"q={text}"), want_map=True)
        cases[f"page {text}"] = partial(client.get, path, {"q": text})
        cases[f"answer {text}"] = partial(domain.search, source, query)
    times = rounds.run(cases, rounds=turns * 2)
    for text in texts:
        pairs = zip(times[f"page {text}"], times[f"answer {text}"], strict=True)
        times[f"around {text}"] = [page - answer for page, answer in pairs]
    ratios = {text or "no words": rounds.ratio(times, [f"around {text}"], ["stock"]) for text in texts}
    for name, value in ratios.items():
        print(f"{engine} {size} page around {name:20} {value} of a stock page of {len(long)} bytes")
    result = {"engine": engine, "size": size, "bytes": len(long), "ratios": ratios, "median_ms": rounds.medians(times)}
    rounds.record(f"page-{engine}-{size}", result, times=times)


def _stock_page(size: int) -> str:
    """Make a page whose answer has `size` bytes; return its address."""
    from wagtail.models import Page, Site

    from benchmarks.offers import offers

    root = Site.objects.get(is_default_site=True).root_page
    body = ""
    for one in offers(1000):
        if len(body.encode()) >= size - 120:
            break
        body += f"<p>{one.description} <b>{one.title}</b></p>"
    Page.objects.child_of(root).filter(slug="stock").delete()
    return root.add_child(instance=Page(title="Stock", slug="stock", search_description=body)).url
