"""Writes an uploaded picture anew, so that nothing of the file remains but what is seen.

Place, time, device, names and previews (EXIF, XMP, IPTC, comments), whatever hangs behind the picture, and everything
that is not a picture go; turning and colours are applied. Pillow does it: it is the library under Wagtail's pictures.
"""

import threading
from io import BytesIO

from PIL import Image, ImageCms, ImageOps

from regiokit.pictures.checking import PictureRefused, broken, check_picture

LONGEST = 2560
"""Longest side of what is kept, in pixels; pages show at most half of it, twice as dense."""

SAVING = {
    "JPEG": {"quality": 88, "progressive": True, "optimize": True},
    "PNG": {"optimize": True},
    "WEBP": {"quality": 88, "method": 4},
    "AVIF": {"quality": 80, "speed": 8},
}

# A decoded picture takes up to 200 MB: one at a time in each process.
_one_at_a_time = threading.BoundedSemaphore(1)


def clean_upload(upload) -> str:
    """Check a Django `UploadedFile` and replace its content by the cleaned picture; return the format.

    The same object is changed, so that whoever stores it stores the cleaned one. Raises `PictureRefused`.
    """
    kind = check_picture(upload)
    upload.seek(0)
    cleaned = clean_picture(upload.read(), kind)
    file = upload.file
    file.seek(0)
    file.truncate()
    file.write(cleaned)
    file.flush()
    file.seek(0)
    upload.size = len(cleaned)
    return kind


def clean_picture(data: bytes, kind: str) -> bytes:
    """Return the picture alone, turned as it is meant to be seen, in sRGB, at most `LONGEST` pixels long.

    `kind` is what `check_picture` said. Raises `PictureRefused` when the file is broken.
    """
    with _one_at_a_time:
        try:
            with Image.open(BytesIO(data), formats=[kind]) as picture:
                # JPEG alone can be read at half or a quarter of its size, which saves most of the memory.
                picture.draft(None, (LONGEST, LONGEST))
                seen = _in_srgb(ImageOps.exif_transpose(picture))
            seen.thumbnail((LONGEST, LONGEST), Image.Resampling.LANCZOS)
            # Pillow's writers copy comments, profiles and EXIF from here.
            seen.info.clear()
            target = BytesIO()
            seen.save(target, kind, **SAVING[kind])
        except Exception as error:
            # Decoders raise whatever comes to them; whatever it is, the picture cannot be shown.
            raise PictureRefused(broken(), code="invalid_image") from error
    return target.getvalue()


def _in_srgb(picture: Image.Image) -> Image.Image:
    """Return the picture with 8 bits of red, green, blue, and of transparency where it has some."""
    profile = picture.info.get("icc_profile")
    mode = "RGBA" if picture.has_transparency_data else "RGB"
    if picture.mode.startswith("I"):
        # 16 bits of grey: Pillow would cut off instead of scaling.
        return picture.convert("I").point(lambda value: value / 256).convert("L").convert(mode)
    if profile and picture.mode in {"RGB", "CMYK", "L"} and mode == "RGB":
        return _by_profile(picture, profile) or picture.convert(mode)
    return picture.convert(mode)


def _by_profile(picture: Image.Image, profile: bytes) -> Image.Image | None:
    """Return the picture in sRGB by its own profile, or None when the profile says nothing about this picture."""
    try:
        return ImageCms.profileToProfile(
            picture, ImageCms.ImageCmsProfile(BytesIO(profile)), ImageCms.createProfile("sRGB"), outputMode="RGB"
        )
    except (ImageCms.PyCMSError, OSError):
        return None
