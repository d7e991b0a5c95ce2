"""The page types."""

from portal.editorial.models.content import ContentPage
from portal.editorial.models.event_index import EventIndexPage
from portal.editorial.models.events import EventPage
from portal.editorial.models.forms import FormField, FormPage
from portal.editorial.models.guides import GuideIndexPage, GuidePage
from portal.editorial.models.home import HomePage
from portal.editorial.models.news import NewsIndexPage, NewsPage
from portal.editorial.models.stories import StoryIndexPage, StoryPage

__all__ = [
    "ContentPage",
    "EventIndexPage",
    "EventPage",
    "FormField",
    "FormPage",
    "GuideIndexPage",
    "GuidePage",
    "HomePage",
    "NewsIndexPage",
    "NewsPage",
    "StoryIndexPage",
    "StoryPage",
]
