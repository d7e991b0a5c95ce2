"""Addresses of the duties. They stay as they are: laws, statements and letters name them."""

from django.urls import path

from portal.duties import views

urlpatterns = [
    path("impressum/", views.imprint, name="imprint"),
    path("datenschutz/", views.privacy, name="privacy"),
    path("barrierefreiheit/", views.accessibility, name="accessibility"),
    path("barrierefreiheit/melden/", views.barrier_report, name="barrier_report"),
    path("barrierefreiheit/melden/<slug:reference>/", views.barrier_report_done, name="barrier_report_done"),
    path("kontakt/", views.contact, name="contact"),
]
