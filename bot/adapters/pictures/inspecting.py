"""What a picture file really is, and what it is without the place where it was taken."""

from __future__ import annotations

import asyncio
import contextlib
import importlib
import re
import struct
import threading
import warnings
from collections.abc import Callable
from io import BytesIO
from typing import TYPE_CHECKING

from bot.adapters.pictures.containers import NO_PIXELS, PNG_HEADER, cut_location, without_pixels
from bot.adapters.pictures.heif import declared_sides, heif_suffix
from bot.adapters.pictures.location import StuckError, xmp_tells_place
from bot.services.ports import InspectedPicture, Location

if TYPE_CHECKING:
    from PIL.ImageFile import ImageFile

Sides = tuple[int, int]

_GPS_DIRECTORY = 0x8825
_PNG_EXIF = frozenset({"exif", "Raw profile type exif"})
# Pixels. The readers of some types claim memory for them or refuse; then the header must do.
_MOST_READ = 100_000_000


class PillowInspector:
    """Looks into picture files with Pillow and pi-heif, one file at a time."""

    def __init__(self) -> None:
        # What Python warns of is silenced for the whole process, so for one reading at a time.
        self._reading = threading.Lock()

    async def inspect(self, content: bytes, *, keep_location: bool) -> InspectedPicture | None:
        """The picture, without its place unless that is kept; None: it is no picture."""
        return await asyncio.to_thread(self._inspect, content, keep_location)

    def _inspect(self, content: bytes, keep_location: bool) -> InspectedPicture | None:
        with self._reading, warnings.catch_warnings():
            warnings.simplefilter("ignore")
            suffix = suffix_of(content)
            found = _read(content, suffix) if suffix else None
            if suffix is None or found is None:
                return None
            sides, told = found
            content, location = _treat(content, suffix, told=told, keep=keep_location)
            return InspectedPicture(content, suffix, *sides, location)


def _treat(content: bytes, suffix: str, *, told: bool, keep: bool) -> tuple[bytes, Location]:
    """The file as it is to be kept; `told`: the reader has found a place in it."""
    try:
        cut = cut_location(content, suffix)
    except StuckError:
        cut = None
    if cut is content and not told:
        return content, Location.NONE
    if keep:
        return content, Location.KEPT
    # Whether it is gone, the reader tells and not the one who has cut.
    if cut is None or cut is content or (_read(cut, suffix) or (None, True))[1]:
        return content, Location.STUCK
    return cut, Location.CUT


def suffix_of(content: bytes) -> str | None:
    """The suffix by which the file begins to be a picture (`.jpg`); None: it is none."""
    known = (suffix for suffix, start in _STARTS.items() if start.match(content))
    return next(known, None) or heif_suffix(content)


_STARTS = {
    ".jpg": re.compile(rb"\xff\xd8\xff"),
    ".png": re.compile(rb"\x89PNG\r\n\x1a\n"),
    ".webp": re.compile(rb"RIFF.{4}WEBPVP8", re.DOTALL),
    ".gif": re.compile(rb"GIF8[79]a"),
    ".bmp": re.compile(rb"BM"),
    ".tiff": re.compile(rb"II[*+]\0|MM\0[*+]"),
}
# Where each type's reader is. They are used one by one and not by Image.open, which tries every
# type it knows and refuses pictures too large to decode; so nothing is registered for HEIC either.
_READERS = {
    ".jpg": ("PIL.JpegImagePlugin", "JpegImageFile"),
    ".png": ("PIL.PngImagePlugin", "PngImageFile"),
    ".webp": ("PIL.WebPImagePlugin", "WebPImageFile"),
    ".gif": ("PIL.GifImagePlugin", "GifImageFile"),
    ".bmp": ("PIL.BmpImagePlugin", "BmpImageFile"),
    ".tiff": ("PIL.TiffImagePlugin", "TiffImageFile"),
    ".avif": ("PIL.AvifImagePlugin", "AvifImageFile"),
    ".heic": ("pi_heif.as_plugin", "HeifImageFile"),
}


def reader_of(suffix: str) -> Callable[[BytesIO], ImageFile]:
    """What opens pictures of that type, and of no other."""
    module, name = _READERS[suffix]
    # Imported when the first picture comes: many weeks have none.
    reader: Callable[[BytesIO], ImageFile] = getattr(importlib.import_module(module), name)
    return reader


def _read(content: bytes, suffix: str) -> tuple[Sides, bool] | None:
    """The sides, and whether the reader finds a place; None: no such picture."""
    sides = declared(content, suffix)
    if sides and sides[0] * sides[1] > _MOST_READ:
        return sides, False
    try:
        return _read_by_pillow(content, suffix)
    except Exception:  # noqa: BLE001 -- the readers raise whatever made-up bytes provoke
        return None


def declared(content: bytes, suffix: str) -> Sides | None:
    """The sides by the header alone, of the types whose readers do more than read it."""
    if suffix == ".avif":
        return declared_sides(content)
    if suffix == ".gif" and len(content) >= 10:
        width, height = struct.unpack_from("<HH", content, 6)
        return width, height
    if suffix == ".webp" and len(content) >= 30:
        if content[12:16] == b"VP8X":
            return (
                int.from_bytes(content[24:27], "little") + 1,
                int.from_bytes(content[27:30], "little") + 1,
            )
        if content[12:16] == b"VP8L":
            bits = int.from_bytes(content[21:25], "little")
            return (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1
        width, height = struct.unpack_from("<HH", content, 26)
        return width & 0x3FFF, height & 0x3FFF
    return None


def _read_by_pillow(content: bytes, suffix: str) -> tuple[Sides, bool]:
    """Raises whatever the readers raise."""
    if suffix == ".png":
        return _read_png(content)
    image = reader_of(suffix)(BytesIO(content))
    return image.size, _tells_place(image)


def _read_png(content: bytes) -> tuple[Sides, bool]:
    """The same of a PNG, whose reader would decode all pixels to look for EXIF behind them."""
    open_image = reader_of(".png")
    try:
        image = open_image(BytesIO(without_pixels(content)))
    except ValueError:
        # Pillow refuses long texts, the picture may be sound: then its first chunk must do.
        image = open_image(BytesIO(content[:PNG_HEADER] + NO_PIXELS))
    return image.size, _tells_place(image)


def _tells_place(image: ImageFile) -> bool:
    """Raises whatever the readers raise."""
    xmp = image.info.get("xmp") or image.info.get("XML:com.adobe.xmp") or b""
    told = xmp_tells_place(xmp.encode() if isinstance(xmp, str) else xmp)
    if image.format == "PNG" and not _PNG_EXIF & image.info.keys():
        return told
    with contextlib.suppress(Exception):  # EXIF that cannot be read tells nothing
        told = told or any(image.getexif().get_ifd(_GPS_DIRECTORY))  # tag 0 is but a version
    return told
