"""Small real pictures."""

from __future__ import annotations

from io import BytesIO

from PIL import Image

_GPS_IFD = 0x8825
_MAKE = 0x010F


def jpeg(color: str = "#3b6ea5") -> bytes:
    """A JPEG of one colour."""
    return picture("JPEG", color)


def picture(
    kind: str,
    color: str = "#3b6ea5",
    *,
    place: bool = False,
    size: tuple[int, int] = (320, 240),
) -> bytes:
    """A picture in one of Pillow's formats; with `place` its EXIF tells where it was taken."""
    buffer = BytesIO()
    exif = Image.Exif()
    exif[_MAKE] = "Weeknotes"
    if place:
        exif[_GPS_IFD] = {1: "N", 2: (31.0, 13.0, 49.0), 3: "E", 4: (121.0, 28.0, 25.0)}
    Image.new("RGB", size, color).save(buffer, kind, exif=exif)
    return buffer.getvalue()


def tells_a_place(content: bytes) -> bool:
    """Whether the picture's EXIF tells where it was taken."""
    with Image.open(BytesIO(content)) as image:
        return bool(image.getexif().get_ifd(_GPS_IFD))
