"""Pages with a date as RSS 2.0."""

from datetime import datetime, time
from urllib.parse import urljoin

from django.conf import settings
from django.utils import timezone
from django.utils.feedgenerator import Rss201rev2Feed


def page_feed(index_page, items) -> str:
    """Return the feed of `items` (pages with a date) under the title of their index page."""
    address = _whole(index_page)
    feed = Rss201rev2Feed(
        title=f"{index_page.title} – {settings.REGION.portal_name}",
        link=address,
        description=index_page.description or index_page.title,
        language="de",
        feed_url=address + index_page.reverse_subpage("feed"),
    )
    for page in items:
        link = _whole(page)
        # A day without a time: noon in the region is that day in every time zone of Europe.
        moment = timezone.make_aware(datetime.combine(page.date, time(12)))
        feed.add_item(title=page.title, link=link, description=page.lead, pubdate=moment, unique_id=link)
    return feed.writeString("utf-8")


def _whole(page) -> str:
    # With more than one site Wagtail's address is a whole one already.
    return urljoin(settings.BASE_URL, page.get_url())
