"""Looks at the first bytes of an uploaded file, before anything decodes it."""

from io import BytesIO
from pathlib import PurePath

from django.conf import settings
from django.core.exceptions import ValidationError
from django.template.defaultfilters import filesizeformat
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from PIL import Image

EXTENSIONS = {"JPEG": ("jpg", "jpeg"), "PNG": ("png",), "WEBP": ("webp",), "AVIF": ("avif",)}
"""What is accepted: Pillow's name of the format, and how such a file may be called."""

HEAD = 512
MOST_BYTES = 10 * 1024 * 1024
MOST_PIXELS = 50_000_000
"""A telephone's largest picture; decoded it takes 150 MB for a moment."""

_BOMB = (Image.DecompressionBombError, Image.DecompressionBombWarning)


class PictureRefused(ValidationError):
    """The file cannot be taken; the message says in German why and what to do."""


def check_picture(upload) -> str:
    """Return the format of an uploaded file, a key of `EXTENSIONS`; its size, its first bytes and its name decide.

    `upload` is a Django `UploadedFile`. Nothing is decoded: also a file that claims to be huge costs no memory.
    Raises `PictureRefused`.
    """
    most = getattr(settings, "WAGTAILIMAGES_MAX_UPLOAD_SIZE", None) or MOST_BYTES
    if upload.size > most:
        raise PictureRefused(
            _("Die Datei ist zu groß: %(size)s. Erlaubt sind %(most)s. Bitte verkleinern Sie das Bild.")
            % {"size": filesizeformat(upload.size), "most": filesizeformat(most)},
            code="file_too_large",
        )
    upload.seek(0)
    head = upload.read(HEAD)
    kind = _kind(head)
    _check_name(upload.name, kind)
    width, height = _measure(upload, kind, head)
    pixels = getattr(settings, "WAGTAILIMAGES_MAX_IMAGE_PIXELS", None) or MOST_PIXELS
    if width * height > pixels:
        _refuse_pixels(width, height, pixels)
    return kind


def _kind(head: bytes) -> str:
    """Return the format that the first bytes announce."""
    brand = head[8:12]
    if head.startswith(b"\xff\xd8\xff"):
        return "JPEG"
    if head.startswith(b"\x89PNG\r\n\x1a\n"):
        return "PNG"
    if head.startswith(b"RIFF") and brand == b"WEBP":
        return "WEBP"
    if head[4:8] == b"ftyp" and brand == b"avif":
        return "AVIF"
    raise PictureRefused(_why_not(head), code="invalid_image")


def _why_not(head: bytes) -> str:
    """Say what the file is instead, as far as one can tell, and what to do."""
    start = head.lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if head[4:8] == b"ftyp" and head[8:12] == b"avis":
        return _moving()
    if head[4:8] == b"ftyp":
        return _("HEIC-Bilder können viele Geräte nicht zeigen. Bitte speichern Sie das Bild als JPEG.")
    if head.startswith(b"GIF8"):
        return _("GIF-Bilder nehmen wir nicht an. Bitte speichern Sie das Bild als PNG.")
    if start.startswith(b"<svg") or (start.startswith((b"<?xml", b"<!doctype svg", b"<!--")) and b"<svg" in start):
        return _("SVG-Dateien können Programme enthalten. Bitte speichern Sie das Bild als PNG.")
    if not head:
        return _("Die Datei ist leer. Bitte wählen Sie das Bild noch einmal.")
    return _("Das ist kein Bild, das wir zeigen können. Bitte wählen Sie eine Datei in JPEG, PNG, WebP oder AVIF.")


def _moving() -> str:
    return _("Bewegte Bilder lenken beim Lesen ab. Bitte wählen Sie ein Standbild.")


def _check_name(name: str, kind: str) -> None:
    """Refuse a name that promises something else than the content."""
    extension = PurePath(name).suffix.lower().lstrip(".")
    if extension in EXTENSIONS[kind]:
        return
    values = {"extension": extension or "?", "kind": kind, "right": EXTENSIONS[kind][0]}
    if not extension:
        text = _("Der Dateiname hat keine Endung. Bitte nennen Sie die Datei „name.%(right)s“.")
    else:
        text = _(
            "Die Datei heißt .%(extension)s, enthält aber ein %(kind)s-Bild. "
            "Bitte ändern Sie die Endung in .%(right)s oder speichern Sie das Bild neu."
        )
    raise PictureRefused(text % values, code="invalid_image_known_format")


def _measure(upload, kind: str, head: bytes) -> tuple[int, int]:
    """Return width and height as the header names them; refuse pictures that move and files without a header."""
    try:
        if kind == "PNG":
            size, moves = _png(head)
        elif kind == "WEBP":
            # Pillow would ask for the memory of two whole pictures only to open the file.
            size, moves = _webp(head)
        else:
            size, moves = _opened(upload, kind)
    except _BOMB:
        # Pillow names no sizes with its refusal.
        _refuse_pixels(0, 0, getattr(settings, "WAGTAILIMAGES_MAX_IMAGE_PIXELS", None) or MOST_PIXELS)
    except Exception as error:
        # The readers of broken files raise whatever comes to them.
        raise PictureRefused(broken(), code="invalid_image") from error
    if moves:
        raise PictureRefused(_moving(), code="moving")
    if min(size) < 1:
        raise PictureRefused(broken(), code="invalid_image")
    return size


def _png(head: bytes) -> tuple[tuple[int, int], bool]:
    if head[12:16] != b"IHDR":
        raise ValueError("no header")
    size = int.from_bytes(head[16:20], "big"), int.from_bytes(head[20:24], "big")
    return size, b"acTL" in head[24:]


def _webp(head: bytes) -> tuple[tuple[int, int], bool]:
    """Read the first chunk (RFC 9649): extended, lossless or lossy."""
    chunk, body = head[12:16], head[20:]
    if chunk == b"VP8X":
        width, height = (int.from_bytes(body[at : at + 3], "little") + 1 for at in (4, 7))
        return (width, height), bool(body[0] & 2)
    if chunk == b"VP8L":
        bits = int.from_bytes(body[1:5], "little")
        return ((bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1), False
    if chunk == b"VP8 " and body[3:6] == b"\x9d\x01\x2a":
        return tuple(int.from_bytes(body[at : at + 2], "little") & 0x3FFF for at in (6, 8)), False
    raise ValueError("no header")


def _opened(upload, kind: str) -> tuple[tuple[int, int], bool]:
    upload.seek(0)
    with Image.open(BytesIO(upload.read()), formats=[kind]) as picture:
        # Telephones put a small preview behind the picture (MPO); that does not move.
        return picture.size, picture.format == "AVIF" and getattr(picture, "n_frames", 1) > 1


def broken() -> str:
    """Return what to say about a file that begins like a picture and is none."""
    return _(
        "Die Datei ist beschädigt oder unvollständig. Bitte speichern Sie das Bild neu, und versuchen Sie es noch einmal."
    )


def _refuse_pixels(width: int, height: int, most: int) -> None:
    measured = _("%(width)s mal %(height)s Bildpunkte") % {"width": width, "height": height}
    million = number_format(most / 1_000_000, 0)
    text = _("Das Bild ist zu groß (%(size)s). Erlaubt sind %(most)s Millionen Bildpunkte. Bitte verkleinern Sie es.")
    if not width:
        text = _("Das Bild ist zu groß. Erlaubt sind %(most)s Millionen Bildpunkte. Bitte verkleinern Sie es.")
    raise PictureRefused(text % {"size": measured, "most": million}, code="file_too_many_pixels")
