"""Uploaded pictures: what is refused before anything decodes it, and that nothing remains but what is seen."""

import resource
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile, TemporaryUploadedFile
from PIL import Image, ImageCms

from regiokit.pictures import PictureRefused, clean_upload
from regiokit.pictures.cleaning import LONGEST
from regiokit.testing.pictures import NAMES, PLACE, claiming, picture_bytes

KINDS = list(NAMES)


def _upload(data: bytes, name: str = "garten.jpg") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, data)


def _gif() -> bytes:
    target = BytesIO()
    Image.new("P", (8, 8)).save(target, "GIF")
    return target.getvalue()


def _moving(kind: str) -> bytes:
    frames = [Image.new("RGB", (32, 32), colour) for colour in ("red", "blue")]
    target = BytesIO()
    frames[0].save(target, kind, save_all=True, append_images=frames[1:], duration=100)
    return target.getvalue()


@pytest.mark.parametrize(
    ("data", "name", "says"),
    [
        (b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>', "bild.svg", "SVG"),
        (b'<?xml version="1.0"?>\n<svg xmlns="http://www.w3.org/2000/svg"/>', "bild.png", "SVG"),
        (b"<!doctype html><script>alert(1)</script>", "bild.jpg", "kein Bild"),
        (b"<?php system($_GET['c']); ?>", "bild.php.jpg", "kein Bild"),
        (b"GIF89a/*" + b"\0" * 20 + b"*/=alert(1);", "bild.jpg", "GIF"),
        (_gif(), "bild.gif", "GIF"),
        (b"\0\0\0\x18ftypheic" + b"\0" * 40, "IMG_1.heic", "HEIC"),
        (b"%PDF-1.7", "bild.jpg", "kein Bild"),
        (b"", "bild.jpg", "leer"),
        (picture_bytes("PNG"), "bild.jpg", "enthält aber ein PNG-Bild"),
        (picture_bytes("JPEG"), "bild", "keine Endung"),
        (picture_bytes("JPEG"), "bild.jpg.php", "heißt .php"),
        (_moving("PNG"), "bild.png", "Standbild"),
        (_moving("WEBP"), "bild.webp", "Standbild"),
        (_moving("AVIF"), "bild.avif", "Standbild"),
        (claiming("PNG", 0, 10), "bild.png", "beschädigt"),
    ],
)
def test_what_is_no_still_picture_is_refused_with_a_way_out(data, name, says):
    with pytest.raises(PictureRefused) as refused:
        clean_upload(_upload(data, name))
    assert says in refused.value.message


@pytest.mark.parametrize("kind", KINDS)
def test_half_a_file_is_refused(kind):
    whole = picture_bytes(kind, size=(400, 300))
    for length in (20, 40, len(whole) // 2):
        with pytest.raises(PictureRefused) as refused:
            clean_upload(_upload(whole[:length], NAMES[kind]))
        assert "beschädigt" in refused.value.message or "kein Bild" in refused.value.message


@pytest.mark.parametrize(
    ("kind", "width", "height"), [("PNG", 60_000, 60_000), ("WEBP", 60_000, 60_000), ("JPEG", 60_000, 60_000)]
)
def test_a_tiny_file_that_claims_to_be_huge_costs_no_memory(kind, width, height):
    data = claiming(kind, width, height)
    assert len(data) < 200
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    with pytest.raises(PictureRefused) as refused:
        clean_upload(_upload(data, NAMES[kind]))
    assert "Millionen Bildpunkte" in refused.value.message
    # Kilobytes; the picture would take 10 GB.
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 50_000


def test_limits_are_the_sites_own(settings):
    settings.WAGTAILIMAGES_MAX_UPLOAD_SIZE = 1000
    with pytest.raises(PictureRefused, match="zu groß"):
        clean_upload(_upload(picture_bytes(size=(800, 600))))
    settings.WAGTAILIMAGES_MAX_UPLOAD_SIZE = None
    settings.WAGTAILIMAGES_MAX_IMAGE_PIXELS = 60 * 39
    with pytest.raises(PictureRefused, match="Bildpunkte"):
        clean_upload(_upload(picture_bytes(size=(60, 40))))


@pytest.mark.parametrize("kind", KINDS)
def test_nothing_of_the_file_remains_but_what_is_seen(kind):
    upload = _upload(picture_bytes(kind) + PLACE + b"<script>alert(1)</script>", NAMES[kind])
    assert clean_upload(upload) == kind
    data = upload.read()
    assert upload.size == len(data)
    for trace in (PLACE, b"Exif", b"eXIf", b"xmpmeta", b"<script"):
        assert trace not in data
    with Image.open(BytesIO(data)) as picture:
        assert not picture.getexif()
        assert picture.size == (60, 40)
        assert picture.getpixel((5, 20))[0] > 200
        assert picture.getpixel((55, 20))[2] > 200


@pytest.mark.parametrize("kind", KINDS)
def test_the_picture_is_turned_as_it_is_meant(kind):
    upload = _upload(picture_bytes(kind, turned=True), NAMES[kind])
    clean_upload(upload)
    with Image.open(upload) as picture:
        assert picture.size == (40, 60)
        red, blue = picture.convert("RGB").getpixel((20, 5)), picture.convert("RGB").getpixel((20, 55))
    assert red[0] > 200 > red[2]
    assert blue[2] > 200 > blue[0]


def test_large_pictures_become_smaller_and_keep_their_shape():
    upload = _upload(picture_bytes(size=(5200, 2600)))
    clean_upload(upload)
    with Image.open(upload) as picture:
        assert picture.size == (LONGEST, LONGEST // 2)


def test_colours_are_kept_without_their_profile():
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("LAB")).tobytes()
    srgb = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    for icc_profile in (srgb, profile, b"no profile at all"):
        upload = _upload(picture_bytes(icc_profile=icc_profile))
        clean_upload(upload)
        with Image.open(upload) as picture:
            assert "icc_profile" not in picture.info
            assert picture.getpixel((5, 20))[0] > 200


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "I;16", "RGBA"])
def test_every_kind_of_png_can_be_taken(mode):
    target = BytesIO()
    Image.new(mode, (40, 30)).save(target, "PNG")
    upload = _upload(target.getvalue(), "bild.png")
    clean_upload(upload)
    with Image.open(upload) as picture:
        assert picture.size == (40, 30)


def test_a_file_on_disk_is_cleaned_in_its_place():
    data = picture_bytes(size=(400, 300))
    with TemporaryUploadedFile("garten.jpg", "image/jpeg", len(data), None) as upload:
        upload.write(data)
        clean_upload(upload)
        with open(upload.temporary_file_path(), "rb") as stored:
            assert stored.read() == upload.read()
            stored.seek(0)
            assert PLACE not in stored.read()
