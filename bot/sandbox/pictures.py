"""What Telegram does with a photo: checks it, and makes a small size of it.

Source: https://core.telegram.org/bots/api#sendphoto
"""

from __future__ import annotations

import io
from dataclasses import dataclass
from typing import Final

from bot.sandbox.errors import refused
from bot.sandbox.limits import PHOTO_BYTES, PHOTO_SIDES_RATIO, PHOTO_SIDES_SUM

_THUMBNAIL_SIDE: Final = 90
_FORMATS: Final = {"JPEG", "PNG", "GIF", "WEBP", "BMP", "TIFF"}


@dataclass(frozen=True, slots=True)
class Picture:
    """An encoded picture and its sides in pixels."""

    content: bytes
    mime_type: str
    width: int
    height: int


def photo_sizes(content: bytes) -> tuple[Picture | None, Picture]:
    """The thumbnail (None for a photo that is small itself) and the photo as it was sent.

    Raises ApiError (400): no picture, over 10 MB, sides over 10,000 together or 20 to 1.
    """
    from PIL import Image, UnidentifiedImageError  # slow to load, and needed for photos alone

    if len(content) > PHOTO_BYTES:
        raise refused("too big for a photo")
    try:
        with Image.open(io.BytesIO(content)) as image:
            if image.format not in _FORMATS:
                raise refused("IMAGE_PROCESS_FAILED")
            wide, high = image.size
            if wide + high > PHOTO_SIDES_SUM or max(wide, high) > PHOTO_SIDES_RATIO * min(
                wide, high
            ):
                raise refused("PHOTO_INVALID_DIMENSIONS")
            original = Picture(content, Image.MIME[image.format], wide, high)
            if max(wide, high) <= _THUMBNAIL_SIDE:
                image.load()
                return None, original
            small = image.convert("RGB")
            small.thumbnail((_THUMBNAIL_SIDE, _THUMBNAIL_SIDE))
            out = io.BytesIO()
            small.save(out, "JPEG")
            return Picture(out.getvalue(), "image/jpeg", *small.size), original
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError, Image.DecompressionBombError):
        raise refused("IMAGE_PROCESS_FAILED") from None
