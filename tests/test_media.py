"""The portal's own image and document models: rights, accessibility, names."""

import pytest
from django.core.exceptions import ValidationError
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.images.tests.utils import get_test_image_file

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
