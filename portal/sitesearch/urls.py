"""The search's addresses."""

from django.urls import path

from portal.sitesearch import views

urlpatterns = [
    path("", views.site_search, name="site_search"),
    path("vorschlaege/", views.suggestions, name="site_suggestions"),
]
