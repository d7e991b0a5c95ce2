"""Pages on which people look after their organisation. A host mounts them where its signed-in people are: "konto/"."""

from django.urls import path

from regiokit.organisations.views import data, invitation, people

urlpatterns = [
    path("organisation/", data.create, name="organisation_create"),
    path("organisation/<int:pk>/", data.edit, name="organisation_edit"),
    path("organisation/<int:pk>/menschen/", people.people, name="organisation_people"),
    path("organisation/<int:pk>/menschen/<int:member>/rolle/", people.role, name="organisation_role"),
    path("organisation/<int:pk>/menschen/<int:member>/entfernen/", people.remove, name="organisation_remove"),
    path("organisation/<int:pk>/verlassen/", people.leave, name="organisation_leave"),
    path("organisation/<int:pk>/uebernehmen/", people.claim, name="organisation_claim"),
    path("organisation/<int:pk>/einladen/", invitation.invite, name="organisation_invite"),
    path(
        "organisation/<int:pk>/einladung/<int:invitation>/erneut/",
        invitation.send_again,
        name="organisation_invite_again",
    ),
    path(
        "organisation/<int:pk>/einladung/<int:invitation>/zurueckziehen/",
        invitation.withdraw,
        name="organisation_invite_withdraw",
    ),
    path("einladung/<str:token>/", invitation.accept, name="organisation_invitation"),
]
