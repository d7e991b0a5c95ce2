"""The search box for other rooms' templates."""

from django import template

from portal.sitesearch.forms import SiteSearchForm

register = template.Library()


@register.inclusion_tag("sitesearch/form.html")
def search_box() -> dict:
    """Draw the empty search box."""
    return {"form": SiteSearchForm()}
