"""A picture of any type as a small JPEG, as chats show it."""

from __future__ import annotations

import asyncio
import threading
import warnings
from io import BytesIO
from typing import Final

from bot.adapters.pictures.inspecting import declared, reader_of, suffix_of

_LONGEST_SIDE: Final = 1280
_QUALITY: Final = 80
# Pixels; what takes some 400 MB to decode. The reader of WebP keeps several pictures at once.
_MOST_DECODED: Final = 50_000_000
_MOST_DECODED_OF: Final = {".webp": 25_000_000}
# A progressive JPEG goes over all of its pixels in every scan; cameras make about ten.
_SCAN: Final = b"\xff\xda"
_MOST_SCANS: Final = 100


class PillowShrinker:
    """Makes small JPEGs with Pillow, one at a time."""

    def __init__(self) -> None:
        # Pictures decoded side by side would claim their memory side by side.
        self._working = threading.Lock()

    async def shrink(self, content: bytes) -> bytes | None:
        """The picture at 1280 pixels at the most, without its EXIF; None: it cannot be shown."""
        return await asyncio.to_thread(self._shrink, content)

    def _shrink(self, content: bytes) -> bytes | None:
        with self._working, warnings.catch_warnings():
            warnings.simplefilter("ignore")
            try:
                return _shrunk(content)
            except Exception:  # noqa: BLE001 -- the readers raise whatever made-up bytes provoke
                return None


def _shrunk(content: bytes) -> bytes | None:
    """Raises whatever the readers raise."""
    suffix = suffix_of(content)
    sides = declared(content, suffix) if suffix else None
    most = _MOST_DECODED_OF.get(suffix or "", _MOST_DECODED)
    if suffix is None or (sides and sides[0] * sides[1] > most):
        return None
    if suffix == ".jpg" and content.count(_SCAN) > _MOST_SCANS:
        return None
    from PIL import Image, ImageOps

    image: Image.Image = reader_of(suffix)(BytesIO(content))
    if image.width * image.height > most:
        return None
    image.draft("RGB", (_LONGEST_SIDE, _LONGEST_SIDE))
    image = ImageOps.exif_transpose(image)
    image.thumbnail((_LONGEST_SIDE, _LONGEST_SIDE))
    if image.mode not in ("RGB", "L"):
        image = image.convert("RGBA")
        paper = Image.new("RGBA", image.size, "white")
        image = Image.alpha_composite(paper, image).convert("RGB")
    buffer = BytesIO()
    image.save(buffer, "JPEG", quality=_QUALITY)
    return buffer.getvalue()
