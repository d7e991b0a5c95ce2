"""Files for tests of uploads: honest pictures that say where they were taken, and files that only look like pictures."""

from io import BytesIO
from zlib import crc32

from PIL import Image
from PIL.ExifTags import GPS, IFD, Base

PLACE = b"51.9453N7.1678E-Geheimnis"
"""Stands in the EXIF data, in the XMP packet and in the comment of every picture made here."""
NAMES = {"JPEG": "garten.jpg", "PNG": "garten.png", "WEBP": "garten.webp", "AVIF": "garten.avif"}


def picture_bytes(kind="JPEG", *, size=(60, 40), turned=False, **options) -> bytes:
    """Return a picture, red left and blue right, full of what a telephone writes into it; `turned` needs a turn to the right."""
    picture = Image.new("RGB", size, "red")
    picture.paste("blue", (size[0] // 2, 0, size[0], size[1]))
    exif = Image.Exif()
    exif[Base.ImageDescription] = PLACE.decode()
    exif[Base.Artist] = PLACE.decode()
    if turned:
        exif[Base.Orientation] = 6
    exif.get_ifd(IFD.GPSInfo)[GPS.GPSAreaInformation] = PLACE
    xmp = b'<x:xmpmeta xmlns:x="adobe:ns:meta/"><exif:GPSLatitude>' + PLACE + b"</exif:GPSLatitude></x:xmpmeta>"
    extra = {"comment": PLACE} if kind == "JPEG" else {}
    if kind != "PNG":
        extra["xmp"] = xmp
    target = BytesIO()
    picture.save(target, kind, exif=exif, **extra, **options)
    data = target.getvalue()
    if kind == "PNG":
        data = with_chunk(data, b"iTXt", b"XML:com.adobe.xmp\0\0\0\0\0" + xmp)
    assert data.count(PLACE) >= 2
    return data


def with_chunk(data: bytes, name: bytes, body: bytes) -> bytes:
    """Return a PNG file with one more chunk behind its header."""
    return data[:33] + _chunk(name, body) + data[33:]


def claiming(kind: str, width: int, height: int) -> bytes:
    """Return less than 200 bytes that announce a picture of that size."""
    if kind == "PNG":
        body = width.to_bytes(4, "big") + height.to_bytes(4, "big") + b"\x08\x06\0\0\0"
        return b"\x89PNG\r\n\x1a\n" + _chunk(b"IHDR", body)
    if kind == "WEBP":
        body = b"\0\0\0\0" + (width - 1).to_bytes(3, "little") + (height - 1).to_bytes(3, "little")
        return b"RIFF" + (22).to_bytes(4, "little") + b"WEBPVP8X" + (10).to_bytes(4, "little") + body
    return (
        b"\xff\xd8\xff\xc0\0\x11\x08" + height.to_bytes(2, "big") + width.to_bytes(2, "big")
        + b"\x03\x01\x22\0\x02\x11\x01\x03\x11\x01\xff\xda\0\x0c\x03\x01\0\x02\x11\x03\x11\0\x3f\0" + b"\0" * 40
    )  # fmt: skip


def _chunk(name: bytes, body: bytes) -> bytes:
    return len(body).to_bytes(4, "big") + name + body + crc32(name + body).to_bytes(4, "big")
