"""Pictures of a space: uploaded, described, ordered and removed by its operator, public only after approval."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import Group
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from wagtail.images import get_image_model
from wagtail.models import TaskState

from coworking.models import Space
from regiokit.organisations.models import Membership
from regiokit.pictures.domain import store_picture
from regiokit.pictures.models import OwnedPicture
from regiokit.privacy import erase_expired
from regiokit.testing.pictures import NAMES, PLACE, picture_bytes

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    """Keep files of this test apart."""
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


@pytest.fixture
def signed_in(client, operator):
    client.force_login(operator)
    return client


@pytest.fixture
def mine(make_space, operator):
    return make_space(by=operator)


def _file(kind="JPEG", data=None, **options):
    return SimpleUploadedFile(NAMES[kind], data or picture_bytes(kind, size=(640, 480), **options))


def _latest(space):
    return Space.objects.get(pk=space.pk).get_latest_revision_as_object()


def _post(client, space, action="add", *, seen=None, **new):
    """Send the form as it stands with another button, and with a new picture when one is given."""
    latest = _latest(space)
    data = {"action": action, "seen": seen or Space.objects.get(pk=space.pk).latest_revision_id}
    for row in latest.pictures:
        data |= {f"picture-{row['picture']}-alt": row["alt"], f"picture-{row['picture']}-credit": row["credit"]}
        if not row["alt"]:
            data[f"picture-{row['picture']}-decorative"] = "on"
    changed = new.pop("changed", {})
    data |= {f"new-{name}": value for name, value in new.items()} | changed
    return client.post(f"/coworking/mein-space/{space.pk}/bilder/", data)


def _add(client, space, alt="Ein heller Raum.", **fields):
    fields = {"file": _file(), "alt": alt, "allowed": "on", **fields}
    return _post(client, space, **{name: value for name, value in fields.items() if value is not None})


def _alts(space):
    return [row["alt"] for row in _latest(space).pictures]


def _publish(space, capture):
    with capture(execute=True):
        Space.objects.get(pk=space.pk).latest_revision.publish(skip_permission_checks=True)


@pytest.mark.parametrize("kind", list(NAMES))
def test_a_picture_is_public_after_approval_and_says_nothing_else(
    signed_in, client, mine, media, kind, django_capture_on_commit_callbacks
):
    assert _add(signed_in, mine, file=_file(kind), credit="Erika Muster").status_code == 302
    address = mine.get_absolute_url()
    assert "Ein heller Raum." not in client.get(address).content.decode()
    assert "Ein heller Raum." in client.get(f"/coworking/mein-space/{mine.pk}/vorschau/").content.decode()
    _publish(mine, django_capture_on_commit_callbacks)
    text = client.get(address).content.decode()
    for part in (
        'alt="Ein heller Raum."',
        "Bild: Erika Muster",
        "image/avif",
        ".webp",
        "sizes=",
        'width="',
        'height="',
    ):
        assert part in text
    card = client.get("/coworking/?q=").content.decode()
    assert "rk-card__picture--photo" in card
    assert 'loading="lazy"' in card
    files = [path for path in media.rglob("*") if path.is_file()]
    assert len(files) >= 5
    for path in files:
        assert PLACE not in path.read_bytes()
        assert "garten" not in path.name


def test_pictures_get_the_rights_that_the_host_names_and_a_collection_of_their_own(signed_in, mine, operator):
    _add(signed_in, mine)
    image = get_image_model().objects.get()
    assert image.collection.name == "Bilder von Organisationen"
    assert image.uploaded_by_user == operator
    assert image.licence == "permission"
    assert image.file_size == image.file.size


def test_order_words_and_removal_by_buttons_alone(signed_in, mine):
    for alt in ("eins", "zwei", ""):
        _add(signed_in, mine, alt, **({} if alt else {"decorative": "on"}))
    assert _alts(mine) == ["eins", "zwei", ""]
    first, second, third = (row["picture"] for row in _latest(mine).pictures)
    assert _post(signed_in, mine, f"front-{third}").status_code == 302
    assert _alts(mine) == ["eins", "", "zwei"]
    _post(signed_in, mine, f"back-{first}", changed={f"picture-{second}-alt": "zwo"})
    assert _alts(mine) == ["", "eins", "zwo"]
    _post(signed_in, mine, f"remove-{third}")
    assert _alts(mine) == ["eins", "zwo"]
    for odd in ("front-999999", "remove-x", "back-", "unknown"):
        assert _post(signed_in, mine, odd).status_code == 302
    assert _alts(mine) == ["eins", "zwo"]


def test_text_or_decorative_is_asked_for_and_the_file_is_not_chosen_twice(signed_in, mine):
    answer = _add(signed_in, mine, "", credit="Erika")
    text = answer.content.decode()
    assert answer.status_code == 422
    assert "oder kreuzen Sie „schmückt nur“ an" in text
    assert 'value="Erika"' in text
    # A credit is voluntary; text or decorative is not.
    assert "(freiwillig)" in text[text.index("Wer hat das Bild gemacht?") :][:80]
    assert "(freiwillig)" not in text[text.index("Was ist zu sehen?") :][:80]
    kept = OwnedPicture.objects.get()
    assert f'name="new-kept" value="{kept.pk}"' in text
    assert _add(signed_in, mine, "Nun beschrieben.", file=None, kept=kept.pk).status_code == 302
    assert _alts(mine) == ["Nun beschrieben."]
    assert _add(signed_in, mine, "beides", decorative="on").status_code == 422
    assert "dürfen wir das Bild nicht zeigen" in _add(signed_in, mine, allowed=None).content.decode()
    changed = {f"picture-{kept.pk}-alt": ""}
    assert _post(signed_in, mine, "save", changed=changed).status_code == 422
    assert _alts(mine) == ["Nun beschrieben."]


def test_bad_files_come_back_with_a_message_and_leave_nothing(signed_in, mine, media):
    for data, says in ((b"<svg/>", "SVG"), (picture_bytes()[:200], "beschädigt"), (b"\0" * 10_500_000, "zu groß")):
        answer = _add(signed_in, mine, file=_file(data=data))
        assert answer.status_code == 422
        assert says in answer.content.decode()
        assert "Ein heller Raum." in answer.content.decode()
    assert "Bitte wählen Sie eine Bilddatei" in _add(signed_in, mine, file=None).content.decode()
    assert not [path for path in media.rglob("*") if path.is_file()]


def test_more_than_six_are_refused(signed_in, mine):
    for number in range(7):
        _add(signed_in, mine, f"Bild {number}")
    assert len(_latest(mine).pictures) == 6
    assert "Mehr als 6 Bilder gehen nicht" in signed_in.get(f"/coworking/mein-space/{mine.pk}/bilder/").content.decode()


def test_pictures_of_others_can_neither_be_seen_nor_taken(client, mine, organisation, person, make_space):
    foreign = store_picture(organisation("Fremde GmbH"), upload=_file())
    user = person("fremd@operator.example")
    client.force_login(user)
    address = f"/coworking/mein-space/{mine.pk}/bilder/"
    assert client.get(address).status_code == 404
    assert client.post(address, {"action": "add"}).status_code == 404
    Membership.objects.create(organisation=mine.organisation, user=user)
    client.force_login(user)
    assert _add(client, mine, file=None, kept=foreign.pk).status_code == 422
    mine.pictures = [{"picture": foreign.pk, "alt": "gestohlen", "credit": ""}]
    assert mine.shown_pictures == []


def test_two_windows_do_not_overwrite_each_other(signed_in, mine):
    old = Space.objects.get(pk=mine.pk).latest_revision_id
    _add(signed_in, mine, "aus dem ersten Fenster")
    answer = _post(signed_in, mine, seen=old, file=_file(), alt="aus dem zweiten", allowed="on")
    assert answer.status_code == 409
    assert "neuere Fassung" in answer.content.decode()
    assert _alts(mine) == ["aus dem ersten Fenster"]


def test_uploads_are_counted(signed_in, mine, monkeypatch):
    monkeypatch.setattr("regiokit.listings.pictures.UPLOADS_PER_HOUR", 1)
    assert _add(signed_in, mine).status_code == 302
    answer = _add(signed_in, mine)
    assert answer.status_code == 422
    assert OwnedPicture.objects.count() == 1


def test_moderators_see_what_they_publish(signed_in, client, mine, person, django_capture_on_commit_callbacks):
    _add(signed_in, mine, "zur Prüfung gesendet")
    seen = signed_in.get(f"/coworking/mein-space/{mine.pk}/vorschau/").context["seen"]
    signed_in.post(f"/coworking/mein-space/{mine.pk}/einreichen/", {"seen": seen})
    moderator = person("moderation@kreis.example")
    moderator.groups.add(Group.objects.get(name="Moderation"))
    client.force_login(moderator)
    preview = client.get(f"/admin/snippets/coworking/space/edit/{mine.pk}/")
    assert preview.status_code == 200
    task = TaskState.objects.get(status=TaskState.STATUS_IN_PROGRESS)
    shown = task.revision.as_object().shown_pictures
    with django_capture_on_commit_callbacks(execute=True):
        task.task.specific.on_action(task, moderator, "approve")
    assert [picture.pk for picture in Space.objects.get(pk=mine.pk).shown_pictures] == [picture.pk for picture in shown]
    client.logout()
    assert "zur Prüfung gesendet" in client.get(mine.get_absolute_url()).content.decode()


def test_files_go_with_their_owner(signed_in, mine, media, django_capture_on_commit_callbacks):
    _add(signed_in, mine)
    signed_in.get(f"/coworking/mein-space/{mine.pk}/vorschau/")
    with django_capture_on_commit_callbacks(execute=True):
        mine.organisation.delete()
    assert not get_image_model().objects.exists()
    assert not [path for path in media.rglob("*") if path.is_file()]


def test_pictures_that_no_entry_shows_are_erased_after_a_week(signed_in, mine, django_capture_on_commit_callbacks):
    for alt in ("öffentlich, im Entwurf entfernt", "entfernt"):
        _add(signed_in, mine, alt)
    first, second = (row["picture"] for row in _latest(mine).pictures)
    _post(signed_in, mine, f"remove-{second}")
    _publish(mine, django_capture_on_commit_callbacks)
    _post(signed_in, mine, f"remove-{first}")
    _add(signed_in, mine, "nur im Entwurf")
    kept = OwnedPicture.objects.order_by("pk").last()
    erase_expired()
    assert OwnedPicture.objects.count() == 3
    erase_expired(now=timezone.now() + timedelta(days=8))
    assert set(OwnedPicture.objects.values_list("pk", flat=True)) == {first, kept.pk}


def test_the_list_asks_as_often_with_three_pictures_as_with_many(client, make_space, operator):
    def count():
        client.get("/coworking/?q=")
        with CaptureQueriesContext(
            connection,
        ) as queries:
            assert client.get("/coworking/?q=").status_code == 200
        return len(queries)

    def entry(number):
        picture = store_picture(operator.organisation, upload=_file())
        rows = [{"picture": picture.pk, "alt": "", "credit": ""}]
        make_space(f"Haus {number}", by=operator, pictures=rows)

    for number in range(3):
        entry(number)
    few = count()
    for number in range(3, 12):
        entry(number)
    assert count() == few
