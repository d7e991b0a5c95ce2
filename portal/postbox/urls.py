"""Addresses of the demo's post box; `portal.urls` mounts them in demo mode alone."""

from django.urls import path

from portal.postbox import views

urlpatterns = [
    path("", views.postbox, name="postbox"),
    path("<uuid:key>/", views.letter, name="postbox_letter"),
]
