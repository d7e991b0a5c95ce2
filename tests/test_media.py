"""The portal's own image and document models: rights, accessibility, names."""

import pytest
from django.core.exceptions import ValidationError
from django.urls import NoReverseMatch, reverse
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.images.tests.utils import get_test_image_file

from portal.editorial.models import NewsIndexPage, NewsPage
from portal.media.checks import uploads_have_limits
from portal.media.enums import Accessible, Licence
from portal.media.models import Download, Picture

pytestmark = pytest.mark.django_db


def test_wagtail_uses_the_portals_models():
    assert get_image_model() is Picture
    assert get_document_model() is Download


def test_an_image_tells_nothing_of_the_name_of_its_file(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    picture = Picture.objects.create(title="Feld", file=get_test_image_file(filename="Erika Mustermann.png"))
    assert "rika" not in picture.file.name
    assert picture.file.name.endswith(".png")


@pytest.mark.parametrize(
    ("rights", "field"),
    [
        ({"licence": Licence.CC_BY}, "author"),
        ({"licence": Licence.DL_BY, "author": " "}, "author"),
        ({"licence": Licence.PERMISSION}, "permission_note"),
        ({"licence": Licence.OWN, "accessible": Accessible.NO}, "alternative"),
    ],
)
def test_rights_and_accessibility_are_asked_for(rights, field):
    with pytest.raises(ValidationError) as caught:
        Download(title="Antrag", file="antrag.pdf", **rights).clean()
    assert list(caught.value.message_dict) == [field]


def test_own_works_need_no_further_word():
    Download(title="Antrag", file="antrag.pdf", licence=Licence.OWN).clean()
    assert not Picture(licence=Licence.OWN).credit_due
    assert Picture(licence=Licence.CC_BY_SA).credit_due
    assert Picture(licence=Licence.CC_BY_SA).deed.startswith("https://creativecommons.org/")


@pytest.mark.parametrize(
    ("alt", "decorative", "says"),
    [
        ("", False, "beschreiben Sie das Bild"),
        ("Ein Feld.", True, "nicht beides"),
        ("Ein Feld.", False, ""),
        ("", True, ""),
    ],
)
def test_a_picture_of_a_page_is_described_or_decorative(settings, tmp_path, alt, decorative, says):
    settings.MEDIA_ROOT = tmp_path
    picture = Picture.objects.create(title="Feld", file=get_test_image_file())
    page = NewsPage(
        title="Nachricht", slug="nachricht", picture=picture, picture_alt=alt, picture_decorative=decorative
    )
    if not says:
        page.clean()
        return
    with pytest.raises(ValidationError, match=says) as caught:
        page.clean()
    assert list(caught.value.message_dict) == ["picture_alt"]


def test_the_author_and_the_licence_stand_below_the_picture(client, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    rights = {"author": "Erika <b>Muster</b>", "licence": Licence.CC_BY_SA}
    picture = Picture.objects.create(title="Feld", file=get_test_image_file(size=(1300, 700)), **rights)
    page = NewsPage(title="Mit Bild", picture=picture, picture_alt="Ein Feld.")
    text = client.get(NewsIndexPage.objects.get().add_child(instance=page).url).content.decode()
    assert "Bild: Erika &lt;b&gt;Muster&lt;/b&gt;" in text
    assert f'href="{Licence.CC_BY_SA.deed}"' in text
    assert "image/avif" in text
    assert 'width="600"' in text
    assert 'height="262"' in text


def test_a_deployment_without_limits_is_refused(settings):
    assert uploads_have_limits(None) == []
    settings.WAGTAILDOCS_MAX_UPLOAD_SIZE = None
    assert [error.id for error in uploads_have_limits(None)] == ["media.E003"]


def test_nobody_orders_sizes_by_address(client):
    for address in ("/images/abc/1/width-100/", "/admin/images/1/generate_url/width-5000/"):
        assert client.get(address).status_code in {302, 404}
    with pytest.raises(NoReverseMatch):
        reverse("wagtailimages_serve", args=["abc", 1, "width-100"])


def test_a_huge_request_is_answered_before_it_is_read(client):
    for address, length, status in (
        ("/", 100_000_000, 413),
        ("/kontakt/", 13 * 1024 * 1024, 413),
        ("/admin/documents/multiple/add/", 26 * 1024 * 1024, 413),
    ):
        answer = client.generic("POST", address, content_type="multipart/form-data", CONTENT_LENGTH=str(length))
        assert answer.status_code == status
        assert "zu groß" in answer.content.decode()
        assert "default-src 'none'" in answer["Content-Security-Policy"]
