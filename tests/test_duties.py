"""Imprint, privacy, accessibility, contact, and the way a reported barrier takes."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from django.core.checks import run_checks
from django.urls import reverse
from django.utils import timezone

from portal.duties.checks import imprint_is_real
from portal.duties.domain import close_report, erase
from portal.duties.forms import own_path
from portal.duties.models import BarrierReport
from portal.region import profile as profiles
from regiokit import privacy

pytestmark = pytest.mark.django_db


def finished():
    """The profile that has nothing left to fill in."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(profiles, "FOLDER", Path(__file__).parent / "profiles")
        return profiles.load_profile("fertig")


def read(client, name):
    return client.get(reverse(name)).content.decode()


def test_imprint_names_who_the_law_wants(client, settings):
    text = read(client, "imprint")
    contact, imprint = settings.REGION.contact, settings.REGION.imprint
    for part in (
        contact.organisation,
        contact.street,
        contact.email,
        imprint["representative"],
        imprint["responsible"],
    ):
        assert part in text
    assert f"tel:{contact.phone_href}" in text


def deployment_errors():
    return {message.msg for message in imprint_is_real(None)}


def test_the_check_belongs_to_those_of_a_deployment():
    assert "duties.E001" in {message.id for message in run_checks(include_deployment_checks=True)}
    assert "duties.E001" not in {message.id for message in run_checks()}


def test_an_invented_imprint_is_refused():
    said = "\n".join(deployment_errors())
    for name in ("imprint.example", "contact.phone ", "contact.phone_href", "contact.email", "imprint.representative"):
        assert name in said


def test_a_finished_imprint_is_taken(settings):
    settings.REGION = finished()
    assert deployment_errors() == set()


@pytest.mark.parametrize(
    ("part", "field", "value"),
    [
        ("contact", "organisation", ""),
        ("contact", "street", "  "),
        ("contact", "city", "AUSFÜLLEN"),
        ("contact", "email", "portal@kreis.example"),
        ("contact", "email", "portal@example.org"),
        ("contact", "phone", "030 23125 123"),
        ("contact", "phone_href", "+492214710110"),
        ("coordinator", "phone", "+49 (0)152 28817386"),
        ("imprint", "example", True),
        ("imprint", "representative", "bitte ausfüllen"),
        ("imprint", "responsible", "Max Mustermann"),
        ("law", "accessibility_body", ""),
    ],
)
def test_each_placeholder_is_refused_by_its_name(settings, part, field, value):
    profile = finished()
    old = getattr(profile, part)
    new = {**old, field: value} if isinstance(old, dict) else replace(old, **{field: value})
    settings.REGION = replace(profile, **{part: new})
    (said,) = deployment_errors()
    assert f"{part}.{field} " in said


def test_privacy_lists_every_rule_the_worker_keeps(client, settings):
    text = read(client, "privacy")
    rules = privacy.rules()
    assert any(rule.erase == "portal.duties.domain.reports.erase" for rule in rules)
    for rule in rules:
        assert rule.what in text
        assert rule.begins in text
    for part in (
        settings.REGION.law["data_protection_authority"],
        settings.REGION.law["data_protection_law"],
        settings.REGION.imprint["data_protection_officer"],
        settings.SESSION_COOKIE_NAME,
        settings.CSRF_COOKIE_NAME,
    ):
        assert part in text


def test_accessibility_statement_has_all_mandatory_parts(client, settings):
    text = read(client, "accessibility")
    for part in (
        "Wofür diese Erklärung gilt",
        "teilweise vereinbar",
        "Nicht barrierefreie Inhalte",
        "Leichte Sprache",
        "Deutsche Gebärdensprache",
        "Wagtail",
        "Selbstbewertung",
        "23. November 2026",
        reverse("barrier_report"),
        "Durchsetzung",
        settings.REGION.law["accessibility_body"],
        settings.REGION.law["accessibility_law"],
    ):
        assert part in text


def test_contact_page_begins_with_the_telephone(client, settings):
    text = read(client, "contact")
    main = text[text.index("<main") :]
    assert main.index(settings.REGION.contact.phone) < main.index(settings.REGION.contact.email)
    assert settings.REGION.coordinator["phone"] in main


def test_footer_of_every_page_leads_to_the_duties(client):
    text = client.get("/aktuelles/").content.decode()
    footer = text[text.index("<footer") :]
    for name in ("imprint", "privacy", "accessibility", "barrier_report", "contact"):
        assert f'href="{reverse(name)}' in footer


@pytest.mark.parametrize(
    ("typed", "path"),
    [
        ("/kontakt/", "/kontakt/"),
        ("/suche/?q=x", "/suche/?q=x"),
        ("http://127.0.0.1:8000/kontakt/", "/kontakt/"),
        ("https://evil.example/kontakt/", ""),
        ("//evil.example/", ""),
        ("http://127.0.0.1:8000//evil.example/", ""),
        ("/\\evil.example", ""),
        ("javascript:alert(1)", ""),
        ("http://[", ""),
        ("kontakt", ""),
        ("", ""),
        ("/" + "a" * 600, ""),
    ],
)
def test_only_own_addresses_are_taken_over(settings, typed, path):
    settings.BASE_URL = "http://127.0.0.1:8000"
    assert own_path(typed) == path


def test_form_is_prefilled_with_own_page_only(client):
    address = reverse("barrier_report")
    assert 'value="/kontakt/"' in client.get(address, {"seite": "/kontakt/"}).content.decode()
    assert "evil" not in client.get(address, {"seite": "https://evil.example/"}).content.decode()


def test_report_is_stored_mailed_and_confirmed(client, outbox, stamp, settings):
    address = reverse("barrier_report")
    form = {"text": "Der Knopf hat keinen Namen.", "page": "/kontakt/", "email": "kim@mail.example", **stamp}
    answer = client.post(address, form)
    report = BarrierReport.objects.get()
    assert answer.status_code == 302
    assert answer.url == reverse("barrier_report_done", args=[report.reference])
    assert report.due_on == timezone.localdate(report.created_at) + timedelta(weeks=6)
    done = client.get(answer.url)
    assert report.reference in done.content.decode()
    assert "Der Knopf" not in done.content.decode()
    assert "no-store" in done["Cache-Control"]
    unit, sender = outbox()
    assert unit.to == settings.REGION.contact.email
    assert "Der Knopf hat keinen Namen." in unit.text
    assert f"{settings.BASE_URL}/kontakt/" in unit.text
    assert sender.to == "kim@mail.example"
    assert report.reference in sender.subject
    assert "Der Knopf" not in sender.text


def test_report_needs_no_address_and_is_kept_once_when_sent_twice(client, outbox, stamp):
    form = {"text": "Zu klein.", "page": "", "email": "", **stamp}
    first, second = (client.post(reverse("barrier_report"), form) for _turn in range(2))
    assert first.url == second.url
    assert BarrierReport.objects.count() == 1
    assert len(outbox()) == 1


@pytest.mark.parametrize(
    "change",
    [
        {"text": ""},
        {"text": "\x00"},
        {"text": "x" * 100_000},
        {"email": "keine Adresse"},
        {"email": "a@b.example\nBcc: c@d.example"},
        {"page": "https://evil.example/"},
        {"page": "a" * 9000},
        {"website2": "http://spam.example"},
        {"stamp": ""},
        {"stamp": "gefälscht:1:2"},
    ],
)
def test_nonsense_gets_a_message_and_keeps_what_was_typed(client, outbox, stamp, change):
    form = {"text": "Mein langer Text.", "page": "", "email": "", **stamp, **change}
    answer = client.post(reverse("barrier_report"), form)
    assert answer.status_code == 422
    text = answer.content.decode()
    assert "Bitte prüfen Sie Ihre Angaben" in text
    assert "text" in change or "Mein langer Text." in text
    assert not BarrierReport.objects.exists()
    assert not outbox()


def test_many_reports_from_one_place_are_slowed_down_without_losing_the_text(client, stamp):
    for number in range(6):
        answer = client.post(reverse("barrier_report"), {"text": f"Meldung {number}", "page": "", "email": "", **stamp})
    assert answer.status_code == 429
    assert int(answer["Retry-After"]) > 0
    assert "Meldung 5" in answer.content.decode()
    assert "Minute" in answer.content.decode()
    assert BarrierReport.objects.count() == 5


def test_unknown_reference_is_404(client):
    assert client.get("/barrierefreiheit/melden/B-XXXX-XXXX/").status_code == 404


@pytest.fixture
def report():
    return BarrierReport.objects.create(text="Zu leise.", due_on=timezone.localdate())


def test_retention_runs_from_the_answer(report):
    now = timezone.now()
    year_ago = now - timedelta(days=365)
    assert erase(before=year_ago) == 0
    close_report(report, note="Lauter gestellt.")
    BarrierReport.objects.update(closed_at=year_ago - timedelta(days=1))
    assert erase(before=year_ago) == 1


def test_forgotten_reports_do_not_stay_for_ever(report):
    now = timezone.now()
    BarrierReport.objects.update(created_at=now - timedelta(days=2 * 365 + 1))
    assert erase(before=now - timedelta(days=365)) == 1


def test_closing_twice_keeps_the_first_day(report):
    first = close_report(report, note="a")
    again = close_report(report, note="b")
    assert (again.closed_at, again.note) == (first.closed_at, "b")


def test_staff_read_and_close_reports_but_add_none(admin_client, report):
    listed = admin_client.get("/admin/barrieren/").content.decode()
    assert report.reference in listed
    assert "/admin/barrieren/new/" not in listed
    assert admin_client.get("/admin/barrieren/new/").status_code in {302, 403}
    assert "Zu leise." in admin_client.get(f"/admin/barrieren/edit/{report.pk}/").content.decode()
    answer = admin_client.post(f"/admin/barrieren/edit/{report.pk}/", {"state": "closed", "note": "Behoben."})
    assert answer.status_code == 302
    report.refresh_from_db()
    assert report.state == BarrierReport.State.CLOSED
    assert report.closed_at
    admin_client.post(f"/admin/barrieren/edit/{report.pk}/", {"state": "open", "note": "Doch nicht."})
    report.refresh_from_db()
    assert (report.state, report.closed_at, report.note) == (BarrierReport.State.OPEN, None, "Doch nicht.")
