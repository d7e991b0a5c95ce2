"""The page types."""

from portal.editorial.models.content import ContentPage
from portal.editorial.models.guides import GuideIndexPage, GuidePage
from portal.editorial.models.home import HomePage
from portal.editorial.models.news import NewsIndexPage, NewsPage

__all__ = ["ContentPage", "GuideIndexPage", "GuidePage", "HomePage", "NewsIndexPage", "NewsPage"]
