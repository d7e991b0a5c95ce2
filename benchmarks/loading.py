"""Throw-away databases filled with made offers, kept in the temporary folder so that the next run finds them loaded."""

import gc
import os
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from itertools import islice
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import manage

CACHE = Path(tempfile.gettempdir()) / "landportal-bench"
BATCH = 2_000
# The portal's processes look through memory so often, and not as Python does by itself.
gc.set_threshold(manage.OBJECTS)
ELASTICSEARCH = os.environ.get("ELASTICSEARCH_TEST_URL", "http://127.0.0.1:9200")


def set_up(engine: str, size: int, *, postgres: str = "") -> None:
    """Start Django on the database for `engine` and `size`. `postgres` is the address of any database of the server.

    With it Elasticsearch stands beside PostgreSQL, without beside SQLite.
    """
    folder = CACHE / f"{engine}-{size}"
    folder.mkdir(parents=True, exist_ok=True)
    os.environ["DJANGO_SETTINGS_MODULE"] = "portal.settings.test"
    os.environ["PORTAL_VAR"] = str(folder)
    # The offers' dates are counted from the day they were loaded: none passes within the month.
    name = f"bench_{size}_{date.today():%Y%m}"
    if engine == "postgresql" or (engine == "elasticsearch" and postgres):
        os.environ["DATABASE_URL"] = _postgres(postgres, name)
    else:
        os.environ["DATABASE_URL"] = f"sqlite:///{CACHE / name}.sqlite3"
    import django
    from django.conf import settings

    if engine == "elasticsearch":
        settings.REGIOKIT_SEARCH_ENGINE = engine
        settings.REGIOKIT_ELASTICSEARCH = {"urls": [ELASTICSEARCH], "prefix": f"bench-{size}"}
    # The stock page of `search/page.py`: without its own template Wagtail would draw the title alone.
    settings.TEMPLATES[0]["DIRS"].insert(0, Path(__file__).parent / "templates")
    django.setup()


def fill(size: int) -> None:
    """Migrate, load the region's places and `size` offers; does nothing when they are there."""
    from django.core.management import call_command

    from benchmarks.offers import REGION
    from ehrenamt.models import Offer

    with said("migrating"):
        call_command("migrate", interactive=False, verbosity=0)
    call_command("load_places", REGION, verbosity=0)
    there = Offer.objects.count()
    if there < size:
        with said(f"loading {size - there} offers"):
            _insert(size, first=there)


def build_index(engine: str, *, anew: bool = False) -> None:
    """Build the index of `engine` when it lacks entries, was written by another analyser, or when asked to."""
    from ehrenamt.models import Offer
    from ehrenamt.search import source
    from regiokit.search.engines import database
    from regiokit.search.models import SearchEntry

    complete = SearchEntry.objects.filter(source=source.key).count() == Offer.objects.published().count()
    if anew or not complete or not database.up_to_date(source):
        with said("building the index in the database"):
            database.rebuild(source)
    if engine == "elasticsearch":
        from regiokit.search.engines import elastic

        if anew or not elastic.up_to_date(source):
            with said("building the index in Elasticsearch"):
                elastic.rebuild(source)


@contextmanager
def said(what: str) -> Iterator[None]:
    """Say on stderr how long something took when that was more than a second."""
    began = time.monotonic()
    yield
    if (seconds := time.monotonic() - began) > 1:
        print(f"{what}: {seconds:.0f} s", file=sys.stderr)


def _insert(size: int, *, first: int) -> None:
    """Insert the offers `first` to `size`, batch by batch: one transaction each, so that a break-off can go on."""
    from django.db import transaction

    from benchmarks import offers
    from ehrenamt.models import Offer, OfferState
    from regiokit.organisations.models import Organisation

    now, stream = _noon(), offers.offers(size - first, first=first)
    while made := list(islice(stream, BATCH)):
        with transaction.atomic():
            Organisation.objects.bulk_create(
                [_organisation(number) for number in sorted({one.organisation for one in made})], ignore_conflicts=True
            )
            Offer.objects.bulk_create([_offer(one, now) for one in made])
            OfferState.objects.bulk_create(
                [OfferState(listing_id=one.number + 1, confirmed_at=now - timedelta(one.confirmed_ago)) for one in made]
            )


def _organisation(number: int):
    from benchmarks import offers
    from regiokit.organisations.models import Organisation

    name, ags = offers.organisation_name(number)
    return Organisation(pk=number + 1, name=name, municipality_id=ags)


def _offer(made, now):
    from benchmarks.offers import day
    from ehrenamt.models import Offer

    published = now - timedelta(made.published_ago)
    return Offer(
        pk=made.number + 1,
        organisation_id=made.organisation + 1,
        title=made.title,
        summary=made.summary,
        description=made.description,
        needs=made.needs,
        gives=made.gives,
        schedule=made.schedule,
        causes=list(made.causes),
        time=made.time,
        mode=made.mode,
        suitable_for=list(made.suitable_for),
        municipality_id=made.ags,
        lat=made.lat,
        lon=made.lon,
        place_name=made.place_name,
        street=made.street,
        starts_on=day(now.date(), made.starts_in),
        ends_on=day(now.date(), made.ends_in),
        created_at=published,
        first_published_at=published,
        last_published_at=published,
        live=True,
        **made.access,
    )


def _noon():
    from django.utils import timezone

    return timezone.localtime().replace(hour=12, minute=0, second=0, microsecond=0)


def _postgres(url: str, name: str) -> str:
    """Return the address of the database `name` on the server of `url`, made when it is missing."""
    import psycopg

    if not url:
        sys.exit("PostgreSQL needs --postgres postgresql://user@host:port/database, or DATABASE_URL.")
    with psycopg.connect(url, autocommit=True) as connection:
        if not connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone():
            connection.execute(f'CREATE DATABASE "{name}"')
    return urlunsplit(urlsplit(url)._replace(path=f"/{name}"))
