"""A sheet to draw on, in pixels of the finished picture; drawn at twice the size and shrunk."""

from __future__ import annotations

from io import BytesIO

from bot.adapters.drawing.fonts import Fonts
from bot.adapters.drawing.themes import Theme

_SCALE = 2


class Canvas:
    """Rectangles and text; what is drawn has smooth edges."""

    def __init__(self, width: int, height: int, theme: Theme, fonts: Fonts) -> None:
        # Only who asks for a picture pays for the library in start and memory.
        from PIL import Image, ImageDraw

        self.width, self.height, self.theme, self.fonts = width, height, theme, fonts
        self._image = Image.new("RGB", (width * _SCALE, height * _SCALE), theme.paper)
        self._draw = ImageDraw.Draw(self._image)

    def box(
        self, x: float, y: float, width: float, height: float, colour: str, radius: float = 0
    ) -> None:
        """A filled rectangle, its corners rounded."""
        left, top = round(x * _SCALE), round(y * _SCALE)
        right, bottom = round((x + width) * _SCALE) - 1, round((y + height) * _SCALE) - 1
        if right < left or bottom < top:
            return
        small = min(radius * _SCALE, (right - left + 1) / 2, (bottom - top + 1) / 2)
        self._draw.rounded_rectangle((left, top, right, bottom), small, fill=colour)

    def text(
        self,
        x: float,
        y: float,
        words: str,
        size: int,
        colour: str | None = None,
        *,
        bold: bool = False,
        anchor: str = "ls",
    ) -> None:
        """The words stand there; the anchor is Pillow's, `ls` left on the line.

        Characters for which there is no sign are left out.
        """
        shown = self.fonts.showable(words)
        font = self.fonts.at(size * _SCALE, bold=bold)
        where = (x * _SCALE, y * _SCALE)
        self._draw.text(where, shown, font=font, fill=colour or self.theme.ink, anchor=anchor)

    def width_of(self, words: str, size: int, *, bold: bool = False) -> float:
        """How wide the words would be."""
        font = self.fonts.at(size * _SCALE, bold=bold)
        return font.getlength(self.fonts.showable(words)) / _SCALE

    def png(self, bottom: float) -> bytes:
        """The finished picture, down to there."""
        from PIL import Image

        height = min(self.height, round(bottom))
        box = (0, 0, self.width * _SCALE, height * _SCALE)
        small = self._image.resize((self.width, height), Image.Resampling.LANCZOS, box)
        buffer = BytesIO()
        small.save(buffer, "PNG", optimize=False, compress_level=6)
        return buffer.getvalue()
