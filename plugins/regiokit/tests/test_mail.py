"""The outbox: nothing is lost, nothing goes out of a transaction that failed."""

import smtplib
from datetime import timedelta

import pytest
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend as LocmemBackend
from django.db import transaction
from django.db.models import F
from django.utils import timezone

from regiokit.mail import sending
from regiokit.mail.models import OutboxMail

pytestmark = pytest.mark.django_db


@pytest.fixture
def _server(settings):
    settings.REGIOKIT_MAIL_TRANSPORT = {"backend": "django.core.mail.backends.locmem.EmailBackend"}


@pytest.fixture
def _no_server(settings):
    settings.REGIOKIT_MAIL_TRANSPORT = {
        "backend": "django.core.mail.backends.smtp.EmailBackend",
        "host": "127.0.0.1",
        "port": 9,
        "timeout": 1,
    }


def _mail(**fields):
    return OutboxMail.objects.create(
        **{"to": "a@example.org", "subject": "Hallo", "text": "Text", "html": "<p>Text</p>", **fields}
    )


def test_a_rolled_back_change_sends_nothing():
    def change_that_fails():
        with transaction.atomic():
            _mail()
            raise RuntimeError

    with pytest.raises(RuntimeError):
        change_that_fails()
    assert OutboxMail.objects.count() == 0


@pytest.mark.usefixtures("_server")
def test_a_mail_is_sent_once_with_both_parts_and_its_own_id():
    row = _mail()
    assert sending.send_due() == 1
    assert sending.send_due() == 0
    row.refresh_from_db()
    assert row.state == OutboxMail.State.SENT
    (message,) = mail.outbox
    assert message.extra_headers["Message-ID"] == row.message_id
    assert message.alternatives[0][1] == "text/html"


@pytest.mark.usefixtures("_no_server")
def test_a_dead_server_keeps_the_mail_and_waits_longer_each_time():
    row = _mail()
    waits = []
    for _turn in sending.BACK_OFF:
        OutboxMail.objects.update(due_at=timezone.now())
        assert sending.send_due() == 0
        row.refresh_from_db()
        waits.append(row.due_at - timezone.now())
    assert waits == sorted(waits)
    assert row.state == OutboxMail.State.WAITING
    assert row.last_error
    assert "a@example.org" not in row.last_error
    OutboxMail.objects.update(due_at=timezone.now())
    sending.send_due()
    row.refresh_from_db()
    assert row.state == OutboxMail.State.FAILED


@pytest.mark.usefixtures("_server")
def test_one_impossible_mail_does_not_stop_the_next():
    _mail(subject="böse\nBcc: b@example.org")
    good = _mail(to="b@example.org")
    assert sending.send_due() == 1
    good.refresh_from_db()
    assert good.state == OutboxMail.State.SENT


def test_mails_of_the_host_go_through_the_outbox(settings):
    settings.EMAIL_BACKEND = "regiokit.mail.backend.OutboxBackend"
    mail.send_mail("Code", "123", "portal@example.org", ["a@example.org", "b@example.org"])
    assert list(OutboxMail.objects.order_by("to").values_list("to", "subject")) == [
        ("a@example.org", "Code"),
        ("b@example.org", "Code"),
    ]


@pytest.mark.usefixtures("_no_server")
def test_a_dead_server_is_asked_once_in_a_turn_and_the_other_mails_stay_due():
    tried, other = _mail(), _mail()
    assert sending.send_due() == 0
    due = other.due_at
    tried.refresh_from_db()
    other.refresh_from_db()
    assert (tried.attempts, other.attempts) == (1, 0)
    assert other.due_at == due


class CountingServer(LocmemBackend):
    """Counts how often it is opened; refuses the address `refused@example.org` as a server does."""

    opened = 0

    def open(self):
        CountingServer.opened += 1

    def send_messages(self, messages):
        if messages[0].to == ["refused@example.org"]:
            raise smtplib.SMTPRecipientsRefused({"refused@example.org": (550, b"no such user")})
        return super().send_messages(messages)


@pytest.fixture
def _counting_server(settings):
    CountingServer.opened = 0
    settings.REGIOKIT_MAIL_TRANSPORT = {"backend": f"{__name__}.CountingServer"}


@pytest.mark.usefixtures("_counting_server")
def test_a_turn_needs_one_connection_and_a_refused_address_stops_nobody():
    for name in ("a", "b", "refused", "c"):
        _mail(to=f"{name}@example.org")
    seen = []
    assert sending.send_due(between=lambda: seen.append(1)) == 3
    assert len(seen) == 4
    assert CountingServer.opened == 2


@pytest.mark.usefixtures("_server")
def test_the_address_for_answers_is_kept_and_left_out_attachments_are_named(settings, caplog):
    settings.EMAIL_BACKEND = "regiokit.mail.backend.OutboxBackend"
    message = mail.EmailMessage("Frage", "Text", to=["a@example.org"], reply_to=["frage@example.org"])
    message.attach("plan.txt", "Plan", "text/plain")
    message.send()
    assert "attachments" in caplog.text
    assert sending.send_due() == 1
    assert mail.outbox[0].message()["Reply-To"] == "frage@example.org"


def test_the_id_of_a_mail_belongs_to_the_domain_of_the_sender(settings):
    settings.DEFAULT_FROM_EMAIL = "Landportal <portal@kreis.example>"
    assert _mail().message_id.endswith("@kreis.example>")


def test_retention_keeps_what_still_waits():
    old = timezone.now() - timedelta(days=40)
    _mail(created_at=old, state=OutboxMail.State.SENT)
    _mail(created_at=old)
    assert sending.erase(before=timezone.now() - timedelta(days=30)) == 1
    assert OutboxMail.objects.get().state == OutboxMail.State.WAITING


def test_health_knows_the_oldest_due_mail():
    assert sending.oldest_waiting_seconds() == 0
    _mail(due_at=timezone.now() - timedelta(minutes=20))
    assert 1190 < sending.oldest_waiting_seconds() < 1300


@pytest.mark.usefixtures("_server")
def test_a_mail_whose_worker_died_is_sent_again_later_with_the_same_id():
    row = _mail()
    sending._claim()
    assert sending.send_due() == 0
    OutboxMail.objects.update(due_at=F("due_at") - sending.LEASE)
    assert sending.send_due() == 1
    assert mail.outbox[0].extra_headers["Message-ID"] == row.message_id
