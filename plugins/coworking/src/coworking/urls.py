"""The addresses of the plugin, below its prefix."""

from django.urls import path, re_path

from coworking.search import source
from coworking.views import account, answer, public, trial_day
from regiokit.search.alerts.urls import alert_urls

app_name = "coworking"

urlpatterns = [
    path("", public.spaces, name="spaces"),
    *alert_urls(source),
    path("vorschlaege/", public.suggestions, name="suggestions"),
    path("spaces/<int:pk>-<slug:slug>/", public.space, name="space"),
    path("spaces/<int:pk>-<slug:slug>/probetag/", trial_day.ask, name="ask_trial_day"),
    path("probetag/gesendet/<str:token>/", trial_day.sent, name="trial_day_sent"),
    path("probetag/bestaetigen/<str:token>/", trial_day.confirm, name="trial_day_confirm"),
    path("probetag/antworten/<str:token>/", answer.answer, name="trial_day_answer"),
    path("probetag/stand/<str:token>/", trial_day.state, name="trial_day"),
    path("probetag/stand/<str:token>/zuruecknehmen/", trial_day.withdraw, name="trial_day_withdraw"),
    path("probetag/stand/<str:token>/kalender.ics", trial_day.calendar, name="trial_day_calendar"),
    path("mein-space/", account.my_spaces, name="my_spaces"),
    path("mein-space/neu/", account.new_space, name="new_space"),
    path("mein-space/<int:pk>/", account.edit_space, name="my_space"),
    path("mein-space/<int:pk>/vorschau/", account.preview, name="my_space_preview"),
    path("mein-space/<int:pk>/bilder/", account.pictures, name="my_space_pictures"),
    path("mein-space/<int:pk>/zurueckziehen/", account.withdraw, name="my_space_withdraw"),
    re_path(
        r"^mein-space/(?P<pk>[0-9]{1,18})/(?P<action>einreichen|bestaetigen|pausieren|fortsetzen)/$",
        account.act,
        name="my_space_act",
    ),
    path("mein-space/probetage/<int:pk>/", answer.my_answer, name="my_trial_day"),
]
