"""The outbox: nothing is lost, nothing goes out of a transaction that failed."""

from datetime import timedelta

import pytest
from django.core import mail
from django.db import transaction
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
