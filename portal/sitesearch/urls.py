"""The search's address."""

from django.urls import path

from portal.sitesearch import views

urlpatterns = [path("", views.site_search, name="site_search")]
