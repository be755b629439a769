"""Fonts that this machine has, found by their usual names and places."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from PIL.ImageFont import FreeTypeFont


def own_places() -> tuple[Path, ...]:
    """Where a user keeps fonts; a service's user may have no home, so none."""
    try:
        home = Path.home()
    except RuntimeError:
        return ()
    return home / ".local/share/fonts", home / ".fonts"


PLACES: Final = (
    *own_places(),
    *map(
        Path,
        (
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
        ),
    ),
)

# Regular and bold, and which face of a collection speaks simplified Chinese.
_KNOWN: Final = (
    ("NotoSansCJK-Regular.ttc", "NotoSansCJK-Bold.ttc", 2),
    ("NotoSansCJKsc-Regular.otf", "NotoSansCJKsc-Bold.otf", 0),
    ("NotoSansSC-Regular.otf", "NotoSansSC-Bold.otf", 0),
    ("NotoSansSC-Regular.ttf", "NotoSansSC-Bold.ttf", 0),
    ("SourceHanSansSC-Regular.otf", "SourceHanSansSC-Bold.otf", 0),
    ("SourceHanSansCN-Regular.otf", "SourceHanSansCN-Bold.otf", 0),
    ("wqy-microhei.ttc", "wqy-microhei.ttc", 0),
    ("wqy-zenhei.ttc", "wqy-zenhei.ttc", 0),
    ("PingFang.ttc", "PingFang.ttc", 0),
    ("Hiragino Sans GB.ttc", "Hiragino Sans GB.ttc", 0),
    ("msyh.ttc", "msyhbd.ttc", 0),
    ("uming.ttc", "uming.ttc", 0),
)
# Every font for Chinese has a sign for it, and no font one for the other.
_CHINESE: Final = "周"
_NOTHING: Final = "\U0010fffe"


@dataclass(frozen=True, slots=True)
class FontFiles:
    """A regular and a bold font, which may be the same, and the number of their face."""

    regular: Path
    bold: Path
    face: int


@dataclass(slots=True)
class Fonts:
    """Text in the fonts of this machine; without one for Chinese, in the drawing library's own.

    Each size takes megabytes, so this is made for one picture and let go.
    """

    places: Sequence[Path] = PLACES
    _files: FontFiles | None = field(init=False, default=None)
    _made: dict[tuple[int, bool], FreeTypeFont] = field(init=False, default_factory=dict)
    _known: dict[str, bool] = field(init=False, default_factory=dict)

    def __post_init__(self) -> None:
        self._files = chinese(self.places)

    def at(self, size: int, *, bold: bool = False) -> FreeTypeFont:
        """The font at that size in pixels."""
        if (size, bold) not in self._made:
            self._made[size, bold] = self._load(size, bold=bold)
        return self._made[size, bold]

    def shows(self, text: str) -> bool:
        """Whether there is a sign for each character."""
        return all(map(self._has, text))

    def showable(self, text: str) -> str:
        """The text without the characters for which there is no sign."""
        return " ".join("".join(c for c in text if self._has(c)).split())

    def _has(self, character: str) -> bool:
        if character not in self._known:
            self._known[character] = character == " " or _draws(self.at(20), character)
        return self._known[character]

    def _load(self, size: int, *, bold: bool) -> FreeTypeFont:
        from PIL import ImageFont

        if self._files is not None:
            path = self._files.bold if bold else self._files.regular
            return _opened(path, size, self._files.face)
        font = ImageFont.load_default(size)
        if not isinstance(font, ImageFont.FreeTypeFont):
            raise RuntimeError("Pillow was built without FreeType")
        return font


def chinese(places: Iterable[Path]) -> FontFiles | None:
    """Fonts that have signs for Chinese, of the best family in these places; None: there are none.

    A file that is no font, whatever its name says, is passed over.
    """
    folders = list(places)
    for regular, bold, face in _KNOWN:
        for folder in folders:
            if _is_chinese(folder / regular, face):
                heavy = folder / bold if _is_chinese(folder / bold, face) else folder / regular
                return FontFiles(folder / regular, heavy, face)
    return None


def _is_chinese(path: Path, face: int) -> bool:
    try:
        return path.is_file() and _draws(_opened(path, 20, face), _CHINESE)
    except OSError:
        return False


def _opened(path: Path, size: int, face: int) -> FreeTypeFont:
    """That very file. Raises OSError where it is no font.

    Pillow's `truetype` would look for one of the same name elsewhere then.
    """
    from PIL import ImageFont

    return ImageFont.FreeTypeFont(path, size, face, layout_engine=ImageFont.Layout.BASIC)


def _draws(font: FreeTypeFont, character: str) -> bool:
    """Whether it has a sign for the character, not only one for what it does not have."""
    lacking = bytes(font.getmask(_NOTHING))
    return character.isprintable() and bytes(font.getmask(character)) not in {lacking, b""}
