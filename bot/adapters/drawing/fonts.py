"""Fonts that this machine has, found by their usual names and places."""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from PIL.ImageFont import FreeTypeFont

PLACES: Final = tuple(
    Path(os.path.expandvars(place)).expanduser()
    for place in (
        "~/.local/share/fonts",
        "~/.fonts",
        "/usr/local/share/fonts",
        "/usr/share/fonts",
        "/usr/share/fonts/opentype/noto",
        "/usr/share/fonts/truetype/noto",
        "/usr/share/fonts/noto-cjk",
        "/usr/share/fonts/google-noto-cjk",
        "/usr/share/fonts/truetype/wqy",
        "/usr/share/fonts/truetype/arphic",
        "/usr/share/fonts/adobe-source-han-sans",
        "/System/Library/Fonts",
        "/Library/Fonts",
        "C:/Windows/Fonts",
    )
)

# Regular and bold, and which face of a collection speaks simplified Chinese.
_KNOWN: Final = (
    ("NotoSansCJK-Regular.ttc", "NotoSansCJK-Bold.ttc", 2),
    ("NotoSansCJKsc-Regular.otf", "NotoSansCJKsc-Bold.otf", 0),
    ("NotoSansSC-Regular.otf", "NotoSansSC-Bold.otf", 0),
    ("SourceHanSansSC-Regular.otf", "SourceHanSansSC-Bold.otf", 0),
    ("SourceHanSansCN-Regular.otf", "SourceHanSansCN-Bold.otf", 0),
    ("wqy-microhei.ttc", "wqy-microhei.ttc", 0),
    ("wqy-zenhei.ttc", "wqy-zenhei.ttc", 0),
    ("PingFang.ttc", "PingFang.ttc", 0),
    ("msyh.ttc", "msyhbd.ttc", 0),
    ("uming.ttc", "uming.ttc", 0),
)
# No font has a sign for it.
_NOTHING: Final = "\U0010fffe"


@dataclass(slots=True)
class Fonts:
    """Text in the fonts of this machine; without one for Chinese, in the drawing library's own."""

    places: Sequence[Path] = PLACES
    _files: tuple[Path, Path, int] | None = field(init=False, default=None)
    _made: dict[tuple[int, bool], FreeTypeFont] = field(init=False, default_factory=dict)
    _known: dict[str, bool] = field(init=False, default_factory=dict)

    def __post_init__(self) -> None:
        self._files = chinese(self.places)

    def at(self, size: int, *, bold: bool = False) -> FreeTypeFont:
        """The font at that size in pixels."""
        if (size, bold) not in self._made:
            self._made[size, bold] = self._load(size, bold=bold)
        return self._made[size, bold]

    def forget(self) -> None:
        """The fonts at their sizes are loaded again when needed: each takes megabytes."""
        self._made.clear()

    def shows(self, text: str) -> bool:
        """Whether there is a sign for each character."""
        return all(map(self._has, text))

    def showable(self, text: str) -> str:
        """The text without the characters for which there is no sign."""
        return " ".join("".join(c for c in text if self._has(c)).split())

    def _has(self, character: str) -> bool:
        if character not in self._known:
            font = self.at(20)
            lacking = bytes(font.getmask(_NOTHING))
            self._known[character] = character == " " or (
                character.isprintable() and bytes(font.getmask(character)) not in {lacking, b""}
            )
        return self._known[character]

    def _load(self, size: int, *, bold: bool) -> FreeTypeFont:
        from PIL import ImageFont

        if self._files is not None:
            regular, heavy, face = self._files
            return ImageFont.truetype(heavy if bold else regular, size, index=face)
        font = ImageFont.load_default(size)
        if not isinstance(font, ImageFont.FreeTypeFont):
            raise RuntimeError("Pillow was built without FreeType")
        return font


def chinese(places: Iterable[Path]) -> tuple[Path, Path, int] | None:
    """A regular and a bold font for Chinese, and the number of their face; None: there is none."""
    folders = list(places)
    for regular, bold, face in _KNOWN:
        for folder in folders:
            if (folder / regular).is_file():
                heavy = folder / bold
                return folder / regular, heavy if heavy.is_file() else folder / regular, face
    return None
