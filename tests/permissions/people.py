"""The kinds of people that the permission matrix knows, and what each of them needs to knock at a door."""

import hashlib
from dataclasses import dataclass, field
from pathlib import Path

from django.conf import settings
from django.contrib.auth import get_user_model
from django.test import Client
from django.utils import timezone

from regiokit.organisations.domain import of_member
from regiokit.organisations.models import Organisation

KINDS = ("visitor", "citizen", "stranger", "member", "editor", "moderator", "administrator")
"""`citizen` is somebody without account who holds a private link; `stranger` a member of other organisations."""

FIXTURES = Path(settings.ROOT) / "fixtures" / "coesfeld"


@dataclass
class Cast:
    """One client for each kind of person, and the things the addresses name: all belong to `member`."""

    clients: dict[str, Client]
    things: dict = field(default_factory=dict)


def load_examples() -> None:
    """Load the whole demo, as the portal itself does."""
    from django.core.management import call_command

    from portal.serving.demo import load_demo

    call_command("load_places", "coesfeld", verbosity=0)
    load_demo(say=lambda line: None)


def cast() -> Cast:
    """Return the people and things of the matrix; everything `member` owns is foreign to `stranger`."""
    users = get_user_model().objects
    member = users.get(email="verein@demo.example")
    member.memberships.create(organisation=of_member(users.get(email="space@demo.example")).get())
    stranger = (
        users.exclude(pk__in=[member.pk]).filter(memberships__organisation__kind=Organisation.Kind.ASSOCIATION).first()
    )
    other = Organisation.objects.filter(kind=Organisation.Kind.OPERATOR).exclude(memberships__user=member).first()
    stranger.memberships.create(organisation=other)
    people = {
        "visitor": None,
        "citizen": None,
        "stranger": stranger,
        "member": member,
        "editor": users.get(email="redaktion@demo.example"),
        "moderator": users.get(email="moderation@demo.example"),
        "administrator": users.get(email="admin@demo.example"),
    }
    clients = {}
    for kind, person in people.items():
        clients[kind] = Client(headers={"Accept-Language": "de"})
        if person:
            clients[kind].force_login(person, backend=settings.AUTHENTICATION_BACKENDS[0])
    return Cast(clients, _things(member))


def _things(member) -> dict:
    from coworking.domain import trial_day_links
    from coworking.models import Space, TrialDay
    from ehrenamt.domain import letters
    from ehrenamt.models import Enquiry, Offer
    from ehrenamt.views.enquiries import SENT
    from portal.duties.models import BarrierReport
    from regiokit import links

    organisations = of_member(member)
    offer = Offer.objects.published().filter(organisation__in=organisations).first()
    space = Space.objects.published().filter(organisation__in=organisations, trial_day=True).first()
    enquiry = Enquiry.objects.filter(organisation__in=organisations, state="waiting").first()
    trial_day = TrialDay.objects.filter(space__organisation__in=organisations, state="requested").first()
    assert offer
    assert space
    assert enquiry
    assert trial_day
    organisation = organisations.first()
    colleague, _new = get_user_model().objects.get_or_create(email="kollegin@verein.example")
    invitation = organisation.invitations.create(
        email="neu@verein.example", token_hash=hashlib.sha256(b"secret").hexdigest()
    )
    return {
        "colleague": organisation.memberships.create(user=colleague, role="editor"),
        "invitation": invitation,
        "invitation_token": "secret",
        "offer": offer,
        "space": space,
        "enquiry": enquiry,
        "trial_day": trial_day,
        "organisation": organisation,
        "report": BarrierReport.objects.create(text="Das Bild hat keinen Text.", due_on=timezone.localdate()),
        **_saved_searches(),
        "enquiry_sent": links.sign(SENT, enquiry.pk),
        "enquiry_confirm": links.sign(letters.CONFIRM, enquiry.pk),
        "enquiry_answer": links.sign(letters.ANSWER, enquiry.pk),
        "enquiry_status": links.sign(letters.STATUS, enquiry.pk),
        **{
            f"trial_{purpose.rpartition('.')[2]}": links.sign(purpose, trial_day.pk)
            for purpose in (
                trial_day_links.SENT,
                trial_day_links.CONFIRM,
                trial_day_links.ANSWER,
                trial_day_links.STATE,
            )
        },
    }


def _saved_searches() -> dict:
    """Return the links to one saved search of each plugin; each holder of a link has it."""
    from regiokit import links
    from regiokit.search.alerts import addresses
    from regiokit.search.alerts.models import SavedSearch

    things, now = {}, timezone.now()
    for app, source in (("ehrenamt", "ehrenamt.offer"), ("coworking", "coworking.space")):
        saved = SavedSearch.objects.create(
            source=source, email="anna@demo.example", words="Vorlesen", confirmed_at=now, renewed_at=now
        )
        things[f"{app}_alert_confirm"] = links.sign(addresses.CONFIRM, [saved.pk, "daily"])
        things[f"{app}_alert"] = links.sign(addresses.MANAGE, saved.pk)
        things[f"{app}_alert_stop"] = links.sign(addresses.STOP, saved.pk)
    return things
