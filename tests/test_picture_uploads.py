"""Every way by which editors upload pictures: single, several at once, in the chooser, as a replacement."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from wagtail.images.forms import get_image_form
from wagtail.models import Collection, UploadedFile

from portal.accounts.domain.staff import EDITORS, make_staff
from portal.media.enums import Licence, Persons
from portal.media.models import Picture
from regiokit.testing.pictures import NAMES, PLACE, claiming, picture_bytes

pytestmark = pytest.mark.django_db

RIGHTS = {"licence": Licence.OWN, "persons": Persons.NONE, "description": "Ein Garten."}
AJAX = {"HTTP_X_REQUESTED_WITH": "XMLHttpRequest"}


@pytest.fixture
def editor(client, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    client.force_login(make_staff("redaktion@kreis.example", group=EDITORS))
    return client


def _file(kind="JPEG", data=None):
    return SimpleUploadedFile(NAMES[kind], data or picture_bytes(kind, size=(400, 300)), f"image/{kind.lower()}")


def _form(prefix="", **fields):
    values = {"title": "Garten", "collection": Collection.get_first_root_node().pk, **RIGHTS, **fields}
    return {f"{prefix}{name}": value for name, value in values.items()}


def _single(client, file):
    return client.post("/admin/images/add/", _form(file=file))


def _several(client, file):
    sent = {"title": "Garten", "collection": Collection.get_first_root_node().pk, "files[]": file}
    answer = client.post("/admin/images/multiple/add/", sent, **AJAX)
    if not answer.json()["success"]:
        return answer
    # The rights are asked for in a second step; the file waits meanwhile, and must be clean there too.
    waiting = UploadedFile.objects.get()
    assert PLACE not in waiting.file.read()
    waiting.file.close()
    return client.post(
        f"/admin/images/multiple/create_from_uploaded_image/{waiting.pk}/",
        _form(f"uploaded-image-{waiting.pk}-"),
        **AJAX,
    )


def _chooser(client, file):
    return client.post("/admin/images/chooser/create/", _form("image-chooser-upload-", file=file))


WAYS = [_single, _several, _chooser]


def test_nobody_uploads_a_picture_of_oneself_past_the_cleaning(editor, tmp_path):
    page = editor.get("/admin/account/")
    sent = {"name_email-first_name": "Kim", "name_email-last_name": "Beispiel", "avatar-avatar": _file()}
    assert "avatar-avatar" not in page.content.decode()
    editor.post("/admin/account/", sent)
    assert not [path for path in tmp_path.rglob("*") if path.is_file()]


@pytest.mark.parametrize("kind", list(NAMES))
@pytest.mark.parametrize("way", WAYS)
def test_no_stored_file_says_where_the_picture_was_taken(editor, tmp_path, way, kind):
    assert way(editor, _file(kind)).status_code in {200, 302}
    picture = Picture.objects.get()
    picture.get_renditions("width-200|format-avif", "width-100|format-webp", "fill-50x50")
    files = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert len(files) >= 4
    for path in files:
        data = path.read_bytes()
        assert PLACE not in data
        assert b"xmpmeta" not in data
        assert "garten" not in path.name or path.parent.name == "wagtail_uploads"


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "SVG-Dateien"),
        (b"<html><script>alert(1)</script>", "kein Bild"),
        (claiming("JPEG", 60_000, 60_000), "Millionen Bildpunkte"),
        (picture_bytes()[:300], "beschädigt"),
    ],
)
@pytest.mark.parametrize("way", WAYS)
def test_a_bad_file_is_refused_with_a_message_and_nothing_is_stored(editor, tmp_path, way, data, says):
    answer = way(editor, _file(data=data))
    text = (
        answer.json().get("html") or str(answer.json()) if "json" in answer["Content-Type"] else answer.content.decode()
    )
    assert says in text
    assert not Picture.objects.exists()
    assert not [path for path in tmp_path.rglob("*") if path.is_file()]


def test_a_replacement_is_cleaned_and_the_old_file_goes(editor, tmp_path, django_capture_on_commit_callbacks):
    _single(editor, _file())
    picture = Picture.objects.get()
    before = picture.file.name
    with django_capture_on_commit_callbacks(execute=True):
        answer = editor.post(f"/admin/images/{picture.pk}/", _form(file=_file("PNG")))
    assert answer.status_code == 302
    picture.refresh_from_db()
    assert picture.file.name != before
    assert not (tmp_path / before).exists()
    assert PLACE not in (tmp_path / picture.file.name).read_bytes()


def test_the_form_of_the_interface_cleans_too(editor):
    form = get_image_form(Picture, fields=["title", "file"])(
        {"title": "Garten", "collection": Collection.get_first_root_node().pk},
        {"file": _file()},
        instance=Picture(),
    )
    assert form.is_valid(), form.errors
    assert PLACE not in form.cleaned_data["file"].read()


def test_rights_and_persons_must_be_named(editor):
    answer = editor.post("/admin/images/add/", _form(file=_file(), licence="", persons=""))
    assert set(answer.context["form"].errors) == {"licence", "persons"}
    assert not Picture.objects.exists()
