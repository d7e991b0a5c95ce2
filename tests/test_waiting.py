"""The first page of the admin: what waits for whom, in few questions to the database, decided with one click."""

import uuid
from datetime import timedelta

import pytest
from bs4 import BeautifulSoup
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group, Permission
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Page, TaskState

from coworking.domain import publishing
from coworking.models import Space, SpaceState, TrialDay
from ehrenamt.domain import offers
from ehrenamt.models import Enquiry, Offer, OfferState
from portal.accounts.domain.towns import towns_of
from portal.duties import statement
from portal.duties.models import BarrierReport
from portal.editorial.models import GuideIndexPage, GuidePage
from regiokit import conf
from regiokit.mail.models import OutboxMail
from regiokit.organisations.models import Organisation
from regiokit.places.models import Municipality
from regiokit.templatetags.regiokit_words import due, since
from regiokit.waiting import board_for
from regiokit.worker.models import WorkerBeat
from regiokit.worker.running import AT_WORK

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("county")]

MOST_QUERIES = 15
LONG_AGO = timedelta(days=400)
HOME = "/admin/"


def person(email: str, *groups: str, towns=(), **fields):
    user = get_user_model().objects.create_user(email, **fields)
    user.groups.set(Group.objects.filter(name__in=groups))
    user.towns.set(towns)
    return user


@pytest.fixture
def moderator():
    return person("moderation@kreis.example", conf.moderators())


@pytest.fixture
def administrator():
    return person("admin@kreis.example", is_superuser=True, is_staff=True)


def signed_in(user) -> Client:
    client = Client(headers={"Accept-Language": "de"})
    client.force_login(user, backend="portal.accounts.backends.CodeOnlyBackend")
    return client


def town(number: int = 0) -> Municipality:
    return Municipality.objects.order_by("ags")[number]


def organisation(name="Lesebrücke e. V.", *, at=None, **fields) -> Organisation:
    return Organisation.objects.create(
        name=name, municipality=at or town(), **{"verified_at": timezone.now(), **fields}
    )


def submit(title="Kindern vorlesen", *, at=None, **fields) -> Offer:
    values = {"description": "Sie lesen vor.", "causes": ["school"], "time": "weekly", "municipality": at or town()}
    return offers.submit_offer(Offer(title=title, organisation=organisation(at=at), **{**values, **fields}), by=None)


def waits(number: int) -> None:
    """Make so many of everything that can wait."""
    now = timezone.now()
    owner, home = organisation(), Page.objects.get(depth=2)
    index = GuideIndexPage.objects.first() or home.add_child(
        instance=GuideIndexPage(title="Ratgeber", slug=uuid.uuid4().hex)
    )
    place = {"municipality": town(), "organisation": owner}
    for turn in range(number):
        submit(f"Angebot {turn}")
        space = Space(name=f"Raum {turn}", summary="Ruhig.", street="Weg 1", opening_hours="24/7", live=False, **place)
        publishing.submit_space(publishing.save_space(space, by=None), by=None)
        old = Offer.objects.create(
            title="Alt", live=True, description="Text", causes=["school"], time="weekly", **place
        )
        OfferState.objects.create(listing=old, confirmed_at=now - LONG_AGO)
        past = Space.objects.create(
            name="Alt", summary="Ruhig.", street="Weg", opening_hours="24/7", live=True, **place
        )
        SpaceState.objects.create(listing=past, confirmed_at=now - LONG_AGO)
        enquiry = {"organisation": owner, "offer_title": "Vorlesen", "name": "Petra", "message": "Ja"}
        Enquiry.objects.create(**enquiry, key=uuid.uuid4().hex, phone="0251 1", state="phone")
        Enquiry.objects.create(
            **enquiry,
            key=uuid.uuid4().hex,
            email="p@person.example",
            state="waiting",
            confirmed_at=now - timedelta(days=9),
        )
        TrialDay.objects.create(
            space=past,
            key=uuid.uuid4(),
            day=timezone.localdate(),
            name="Mia",
            email="m@person.example",
            state="requested",
            respond_by=now + timedelta(hours=5),
        )
        OutboxMail.objects.create(to="a@person.example", subject="Guten Tag", text="Text", state="failed")
        organisation(f"Neu {turn}", verified_at=None)
        BarrierReport.objects.create(text="Kein Text am Bild", due_on=timezone.localdate() + timedelta(days=3))
        WorkerBeat.objects.create(name=f"task.{uuid.uuid4().hex}", ran_at=now, error="Error: x")
        index.add_child(
            instance=GuidePage(
                title="Leitfaden",
                slug=uuid.uuid4().hex,
                audience="employer",
                checked_on=timezone.localdate() - LONG_AGO,
            )
        )
    OutboxMail.objects.exclude(state="failed").delete()


def labels(user) -> dict[str, int]:
    board = board_for(get_user_model().objects.get(pk=user.pk))
    return {entry.label: entry.count for _urgency, entries in board.groups for entry in entries}


def test_everything_that_waits_is_there_with_its_number(administrator):
    assert labels(administrator) == {}
    waits(3)
    found = labels(administrator)
    assert len(found) == 12

    assert set(found.values()) == {3}


def test_the_order_is_urgency_then_age_and_the_lines_are_few(administrator):
    waits(7)
    board = board_for(administrator)
    assert [str(label) for label, _entries in board.groups] == ["Dringend", "Bald", "Bei Gelegenheit"]
    for _label, entries in board.groups:
        for entry in entries:
            assert entry.count == 7
            assert entry.more
            assert len(entry.found.lines) == 5
            ages = [line.until or line.since for line in entry.found.lines]
            assert ages == sorted(ages)


def test_board_and_page_ask_the_same_few_questions_at_any_size(moderator, administrator, django_assert_max_num_queries):
    everything = person("alles@kreis.example", towns=[town(1)])
    everything.user_permissions.set(Permission.objects.all())
    everything.groups.set(Group.objects.all())
    people = (moderator, administrator, everything)
    clients = [signed_in(user) for user in people]

    def of_board(who) -> int:
        fresh = get_user_model().objects.get(pk=who.pk)
        # The door of the admin has asked for the rights before any panel does.
        fresh.has_perm("wagtailadmin.access_admin")
        with django_assert_max_num_queries(MOST_QUERIES) as queries:
            board_for(fresh, towns=towns_of(fresh))
        return len(queries)

    def of_page(client) -> int:
        client.get(HOME)
        with CaptureQueriesContext(connection) as queries:
            assert client.get(HOME).status_code == 200
        return len(queries)

    def count() -> tuple[list[int], list[int]]:
        return [of_board(user) for user in people], [of_page(client) for client in clients]

    count()
    boards, _pages = count()
    waits(3)
    few = count()
    assert few[0] == boards
    waits(57)
    assert count() == few


def test_rights_decide_what_is_shown(moderator):
    waits(1)
    assert "E-Mails, die nicht ankamen" not in labels(moderator)
    assert "Angebote zu prüfen" in labels(moderator)
    nobody = person("niemand@kreis.example")
    nobody.user_permissions.add(Permission.objects.get(codename="access_admin"))
    assert labels(nobody) == {}
    assert "Nichts wartet. Gut gemacht" in signed_in(nobody).get(HOME).content.decode()


def test_own_towns_come_first_and_the_others_are_folded():
    near, far = town(0), town(1)
    submit("Hier", at=near)
    submit("Dort", at=far)
    page = BeautifulSoup(
        signed_in(person("nah@kreis.example", conf.moderators(), towns=[near])).get(HOME).content, "html.parser"
    )
    folded = page.select_one(".waiting .waiting__entry > details")
    assert "Übrige Orte (1)" in folded.summary.get_text()
    assert "Dort" in folded.get_text()
    assert "Hier" not in folded.get_text()
    assert "Hier" in page.select_one(".waiting").get_text()
    whole = BeautifulSoup(signed_in(person("alle@kreis.example", conf.moderators())).get(HOME).content, "html.parser")
    assert "Übrige Orte" not in whole.select_one(".waiting").get_text()


def forms(client) -> list:
    page = BeautifulSoup(client.get(HOME).content, "html.parser")
    return [form["action"] for form in page.select(".waiting form")]


def test_one_click_approves_exactly_what_was_seen(moderator):
    offer = submit()
    client = signed_in(moderator)
    text = BeautifulSoup(client.get(HOME).content, "html.parser").select_one(".waiting").get_text()
    for words in ("Kindern vorlesen", "Lesebrücke", town().name, "Sie lesen vor.", "seit eben"):
        assert words in text
    approve, _return = forms(client)
    answer = client.post(approve, {"next": HOME}, follow=True)
    assert answer.redirect_chain == [(HOME, 302)]
    assert "„Kindern vorlesen“ ist freigegeben." in answer.content.decode()
    assert Offer.objects.get(pk=offer.pk).live


def test_one_click_never_approves_what_came_meanwhile(moderator):
    offer = submit()
    client = signed_in(moderator)
    approve, _return = forms(client)
    newer = offer.get_latest_revision_as_object()
    newer.title = "Das hat niemand gesehen"
    offers.save_offer_draft(newer, by=None)
    answer = client.post(approve, {"next": HOME}, follow=True)
    assert "neuere Fassung" in answer.content.decode()
    assert not Offer.objects.get(pk=offer.pk).live
    assert client.post(approve, {"next": HOME}).status_code == 302
    assert not Offer.objects.get(pk=offer.pk).live
    assert "Das hat niemand gesehen" in client.get(HOME).content.decode()


def test_returning_needs_a_reason_and_carries_it(moderator):
    offer = submit()
    client = signed_in(moderator)
    _approve, give_back = forms(client)
    for empty in ({}, {"comment": "   "}):
        answer = client.post(give_back, {"next": HOME, **empty}, follow=True)
        assert "Bitte schreiben Sie, was zu ändern ist." in answer.content.decode()
    assert TaskState.objects.get().status == TaskState.STATUS_IN_PROGRESS
    answer = client.post(give_back, {"next": HOME, "comment": "Bitte die Uhrzeit."}, follow=True)
    assert "ist zurückgegeben" in answer.content.decode()
    assert Offer.objects.get(pk=offer.pk).return_reason == "Bitte die Uhrzeit."
    assert forms(client) == []


def test_who_may_not_decide_sees_and_sends_nothing(moderator):
    offer = submit()
    approve, _return = forms(signed_in(moderator))
    outsider = person("redaktion@kreis.example")
    outsider.user_permissions.set(
        Permission.objects.filter(codename__in=["access_admin", "change_offer", "view_offer"])
    )
    client = signed_in(outsider)
    assert forms(client) == []
    client.post(approve, {"next": HOME})
    assert not Offer.objects.get(pk=offer.pk).live


def test_a_foreign_address_is_no_way_back(moderator):
    submit()
    client = signed_in(moderator)
    answer = client.post(forms(client)[0], {"next": "https://evil.example/"})
    assert "evil" not in answer["Location"]


def test_failed_mails_are_sent_again_after_a_question(administrator):
    mail = OutboxMail.objects.create(
        to="a@person.example", subject="Ihr Code: ABCD-EFGH", text="x", state="failed", attempts=8
    )
    client = signed_in(administrator)
    url = reverse("regiokit_resend", args=[mail.pk])
    page = client.get(HOME).content.decode()
    assert url in page
    asked = client.get(url)
    assert "ABCD" not in page + asked.content.decode()
    mail.refresh_from_db()
    assert mail.state == "failed"
    assert "noch einmal versandt" in client.post(url, follow=True).content.decode()
    mail.refresh_from_db()
    assert (mail.state, mail.attempts) == ("waiting", 0)
    assert mail.due_at <= timezone.now()
    assert "schon versandt oder wartet" in client.post(url, follow=True).content.decode()
    assert client.get(reverse("regiokit_resend", args=[10**30])).status_code == 404


def test_whoever_only_views_mails_sends_none_again():
    mail = OutboxMail.objects.create(to="a@person.example", subject="Tag", text="x", state="failed")
    viewer = person("sieht@kreis.example")
    viewer.user_permissions.set(Permission.objects.filter(codename__in=["access_admin", "view_outboxmail"]))
    client = signed_in(viewer)
    url = reverse("regiokit_resend", args=[mail.pk])
    assert "Guten" not in client.get(HOME).content.decode()
    assert url not in client.get(HOME).content.decode()
    assert client.post(url).status_code == 302
    mail.refresh_from_db()
    assert mail.state == "failed"


def test_whole_lists_lead_to_pages_that_exist(administrator):
    waits(1)
    client = signed_in(administrator)
    page = BeautifulSoup(client.get(HOME).content, "html.parser").select_one(".waiting")
    links = {link["href"] for link in page.select("a[href]")}
    assert len(links) > 20
    for link in links:
        assert client.get(link.partition("#")[0]).status_code == 200, link


def test_a_statement_that_is_a_year_old_waits(administrator, monkeypatch):
    label = "Erklärungen, die jedes Jahr zu erneuern sind"
    assert label not in labels(administrator)
    monkeypatch.setattr(statement, "ASSESSED_ON", timezone.localdate() - timedelta(days=366))
    assert labels(administrator)[label] == 1


def test_a_worker_that_rests_is_named(administrator):
    WorkerBeat.objects.create(name="worker", ran_at=timezone.now())
    WorkerBeat.objects.create(name="task.that.runs", ran_at=timezone.now(), error=AT_WORK)
    assert labels(administrator) == {}
    WorkerBeat.objects.filter(name="worker").update(ran_at=timezone.now() - timedelta(hours=2))
    assert "Der Worker läuft nicht" in signed_in(administrator).get(HOME).content.decode()


def test_ages_are_german():
    now = timezone.now()
    ages = [since(now - timedelta(minutes=minutes)) for minutes in (0, 5, 60, 200, 3 * 1440, 90 * 1440, 800 * 1440)]
    assert ages == [
        "seit eben",
        "seit 5 Minuten",
        "seit 1 Stunde",
        "seit 3 Stunden",
        "seit 3 Tagen",
        "seit 2 Monaten",
        "seit 2 Jahren",
    ]
    today = timezone.localdate()
    assert [due(today + timedelta(days=days)) for days in (1, 3, 0, -2)] == [
        "noch 1 Tag",
        "noch 3 Tage",
        "heute fällig",
        "seit 2 Tagen überfällig",
    ]
    assert due(now + timedelta(hours=5, minutes=1)) == "noch 5 Stunden"
