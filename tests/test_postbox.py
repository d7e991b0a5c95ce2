"""The demo's post box, and that it does not exist outside the demo."""

import os
import subprocess
import sys

import pytest
from django.urls import reverse

from portal.settings.environment import ROOT
from regiokit.mail.models import OutboxMail

pytestmark = pytest.mark.django_db

ASK = """
import django; django.setup()
from django.urls import resolve
match = resolve("/postfach/")
print(match.url_name, match.route)
"""


@pytest.fixture
def write():
    def write_mail(to="kim@mail.example", **fields):
        values = {"subject": "Ihr Code", "text": "Code: 123\nhttp://127.0.0.1:8000/konto/", "html": "<p>Code</p>"}
        return OutboxMail.objects.create(to=to, **{**values, **fields})

    return write_mail


def test_mails_stand_newest_first_and_can_be_narrowed(client, write):
    write(subject="Erste")
    write(subject="Zweite", to="robin@mail.example")
    text = client.get(reverse("postbox")).content.decode()
    assert text.index("Zweite") < text.index("Erste")
    narrowed = client.get(reverse("postbox"), {"an": "ROBIN"}).content.decode()
    assert "Zweite" in narrowed
    assert "Erste" not in narrowed
    assert "noindex" in text


def test_letter_shows_text_with_links_and_never_runs_its_html(client, write):
    mail = write(text="Hier: http://127.0.0.1:8000/konto/ <script>alert(1)</script>", html="<script>alert(2)</script>")
    text = client.get(reverse("postbox_letter", args=[mail.key])).content.decode()
    assert 'href="http://127.0.0.1:8000/konto/"' in text
    assert "<script>alert" not in text
    assert "&lt;script&gt;alert(2)" in text


def test_pages_of_the_box(client, write):
    for number in range(25):
        write(subject=f"Brief {number}")
    assert "?page=2" in client.get(reverse("postbox")).content.decode()
    assert client.get(reverse("postbox"), {"page": "2"}).status_code == 200
    for page in ("3", "0", "x"):
        assert client.get(reverse("postbox"), {"page": page}).status_code == 404


def test_box_is_empty_in_words(client):
    assert "noch keine E-Mail" in client.get(reverse("postbox"), {"an": "niemand"}).content.decode()


def test_views_refuse_outside_the_demo_even_when_mounted(client, settings, write):
    mail = write()
    settings.MODE = "production"
    assert client.get(reverse("postbox")).status_code == 404
    assert client.get(reverse("postbox_letter", args=[mail.key])).status_code == 404


def test_address_does_not_exist_in_production(tmp_path):
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "portal.settings.base",
        "PORTAL_MODE": "production",
        "PORTAL_VAR": str(tmp_path),
        "SECRET_KEY": "only-for-tests-" + "0123456789" * 5,
        "BASE_URL": "https://portal.county.example",
        "ALLOWED_HOSTS": "portal.county.example",
        "EMAIL_URL": "smtp://mail.example:25",
        "MAIL_FROM": "portal@county.example",
        "DATABASE_URL": f"sqlite:///{tmp_path / 'production.sqlite3'}",
    }
    answer = subprocess.run(
        [sys.executable, "-c", ASK], env=environment, cwd=ROOT, capture_output=True, text=True, check=False
    )
    # Only Wagtail's own catch-all takes the address, and it has no such page.
    assert answer.stdout.startswith("wagtail_serve"), answer.stderr
