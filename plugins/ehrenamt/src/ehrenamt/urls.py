"""Addresses of the plugin; the host mounts them with one `include`."""

from django.urls import path

from ehrenamt.search import source
from ehrenamt.views import answers, enquiries, offers, public
from regiokit.search.alerts.urls import alert_urls

app_name = "ehrenamt"

urlpatterns = [
    path("", public.offers, name="offers"),
    *alert_urls(source),
    path("vorschlaege/", public.suggestions, name="suggestions"),
    path("angebote/<int:pk>-<slug:slug>/", public.offer, name="offer"),
    path("angebote/<int:pk>/anfrage/", enquiries.enquiry_new, name="enquiry_new"),
    path("anfrage/gesendet/<str:token>/", enquiries.enquiry_sent, name="enquiry_sent"),
    path("anfrage/bestaetigen/<str:token>/", enquiries.enquiry_confirm, name="enquiry_confirm"),
    path("anfrage/antworten/<str:token>/", answers.enquiry_answer, name="enquiry_answer"),
    path("anfrage/<str:token>/", enquiries.enquiry_status, name="enquiry_status"),
    path("mein-verein/", offers.my_offers, name="my_offers"),
    path("mein-verein/anfragen/<int:pk>/", answers.my_enquiry, name="my_enquiry"),
    path("mein-verein/angebote/neu/", offers.offer_new, name="offer_new"),
    path("mein-verein/angebote/<int:pk>/", offers.offer_edit, name="offer_edit"),
    path("mein-verein/angebote/<int:pk>/bild/", offers.offer_picture, name="offer_picture"),
    path("mein-verein/angebote/<int:pk>/vorschau/", offers.offer_preview, name="offer_preview"),
    path("mein-verein/angebote/<int:pk>/senden/", offers.offer_submit, name="offer_submit"),
    path("mein-verein/angebote/<int:pk>/pausieren/", offers.offer_pause, name="offer_pause"),
    path("mein-verein/angebote/<int:pk>/fortsetzen/", offers.offer_resume, name="offer_resume"),
    path("mein-verein/angebote/<int:pk>/bestaetigen/", offers.offer_confirm, name="offer_confirm"),
    path("mein-verein/angebote/<int:pk>/zurueckziehen/", offers.offer_withdraw, name="offer_withdraw"),
]
