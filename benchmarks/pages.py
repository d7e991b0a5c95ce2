"""How long the portal's pages take, compared with the smallest page Wagtail can serve.

All pages are asked in turn, round after round, in one process on the demo's data, so that whatever slows the machine
slows all of them alike: the ratio is the result, milliseconds belong to the machine. Network, gunicorn and browsers are
left out; middleware, templates, queries and compression are in. Writes `benchmarks/results/pages.json`.
"""

import os
import tempfile
from functools import partial
from pathlib import Path

from benchmarks import rounds

ROOT = Path(__file__).resolve().parents[1]
ROUNDS, WARM_UP = 40, 5
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings.test")
# The demo gets its own database, unless somebody wants to measure another one.
os.environ.setdefault("PORTAL_VAR", tempfile.mkdtemp(prefix="portal-bench-"))


def main() -> None:
    """Prepare the demo, measure, print and write the result."""
    import django
    from django.conf import settings

    settings.TEMPLATES[0]["DIRS"].insert(0, ROOT / "benchmarks" / "templates")
    django.setup()
    from portal.serving.preparation import prepare

    prepare(demo=True, say=print)
    pages = {"smallest Wagtail page": smallest_page(), **portal_pages()}
    # A long question is never kept: this is what a view costs that draws nothing.
    bare = {
        "bare Django view": "/robots.txt?" + "x" * 300,
        "home, kept": "/",
        "list, kept": list(portal_pages().values())[1],
    }
    result = {
        "database": settings.DATABASES["default"]["ENGINE"].rpartition(".")[2],
        "rounds": ROUNDS,
        "pages": measure(pages),
    }
    settings.PAGE_CACHE_SECONDS = 3600
    result["kept_pages"] = measure(bare)
    rounds.record("pages", result)
    for name, page in [*result["pages"].items(), *result["kept_pages"].items()]:
        figures = f"{page['median_ms']:7.1f} ms  {page['ratio']!s:24}  {page['queries']:3} queries"
        print(f"{name:24} {figures}  {page['path']}")


def smallest_page() -> str:
    """Make a page of Wagtail's own type, with a template of one line, and return its address."""
    from wagtail.models import Page, Site

    root = Site.objects.get(is_default_site=True).root_page
    page = Page.objects.child_of(root).filter(slug="benchmark").first()
    return (page or root.add_child(instance=Page(title="Benchmark", slug="benchmark"))).url


def portal_pages() -> dict[str, str]:
    """Return the addresses of the home page, and of the list and the first entry of each plugin."""
    from django.conf import settings
    from django.urls import reverse

    from regiokit.plugin import load

    found = {"home": "/"}
    for plugin in settings.PLUGINS:
        found[f"{plugin.app} list"] = reverse(next(entry.url_name for entry in plugin.menu if entry.area == "public"))
        if plugin.sitemap:
            sitemap = load(plugin.sitemap)()
            found[f"{plugin.app} entry"] = sitemap.location(next(iter(sitemap.items())))
    return found


def measure(pages: dict[str, str]) -> dict:
    """Ask every page once a round; return median milliseconds, the ratio to the first page, and the queries."""
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    client = Client(headers={"accept-encoding": "gzip"}, HTTP_HOST="localhost")
    queries = {}
    for name, path in pages.items():
        client.get(path)
        with CaptureQueriesContext(connection) as captured:
            answer = client.get(path)
        assert answer.status_code == 200, (path, answer.status_code)
        queries[name] = len(captured)
    cases = {name: partial(client.get, path) for name, path in pages.items()}
    times = rounds.run(cases, rounds=ROUNDS, warm_up=WARM_UP)
    smallest, medians = next(iter(pages)), rounds.medians(times)
    return {
        name: {
            "path": path,
            "median_ms": medians[name],
            "ratio": rounds.ratio(times, [name], [smallest]),
            "queries": queries[name],
        }
        for name, path in pages.items()
    }


if __name__ == "__main__":
    main()
