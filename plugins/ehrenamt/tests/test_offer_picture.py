"""The one picture of an offer; the page itself is tried in the library's and the spaces' tests."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from ehrenamt.domain import offers
from regiokit.testing.pictures import PLACE, picture_bytes

pytestmark = pytest.mark.django_db


def test_an_offer_shows_its_picture_once_it_is_approved(
    client, member, draft, settings, tmp_path, django_capture_on_commit_callbacks
):
    settings.MEDIA_ROOT = tmp_path
    offer = offers.save_offer_draft(draft(), by=member)
    client.force_login(member)
    address = f"/ehrenamt/mein-verein/angebote/{offer.pk}/bild/"
    assert "Bild hinzufügen" in client.get(address).content.decode()
    new = {
        "action": "add",
        "seen": offer.latest_revision_id,
        "new-file": SimpleUploadedFile("verein.jpg", picture_bytes(size=(640, 480))),
        "new-alt": "Zwei Kinder lesen.",
        "new-allowed": "on",
    }
    assert client.post(address, new).status_code == 302
    text = client.get(address).content.decode()
    assert "Zwei Kinder lesen." in text
    assert "entfernen Sie bitte zuerst dieses" in text
    assert (
        'alt="Zwei Kinder lesen."'
        in client.get(f"/ehrenamt/mein-verein/angebote/{offer.pk}/vorschau/").content.decode()
    )
    offer.refresh_from_db()
    with django_capture_on_commit_callbacks(execute=True):
        offer.latest_revision.publish(skip_permission_checks=True)
    client.logout()
    offer.refresh_from_db()
    page = client.get(offer.get_absolute_url()).content.decode()
    assert 'alt="Zwei Kinder lesen."' in page
    assert "image/avif" in page
    assert "rk-card__picture--photo" in client.get("/ehrenamt/?q=").content.decode()
    assert all(PLACE not in path.read_bytes() for path in tmp_path.rglob("*") if path.is_file())
