"""Small real pictures."""

from __future__ import annotations

from io import BytesIO

from PIL import Image


def jpeg(color: str = "#3b6ea5") -> bytes:
    """A JPEG of one colour."""
    buffer = BytesIO()
    Image.new("RGB", (320, 240), color).save(buffer, "JPEG")
    return buffer.getvalue()
