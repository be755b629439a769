"""Pictures of statistics."""

from __future__ import annotations

from datetime import date
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image, ImageColor

from bot.adapters.drawing.fonts import PLACES, Fonts, chinese
from bot.adapters.drawing.painting import PillowPainter
from bot.adapters.drawing.themes import DARK, LIGHT
from bot.domain.stats import AllStats, Series, Streak, YearStats
from bot.domain.week import IsoWeek

_TODAY = date(2026, 11, 26)
_EMPTY = YearStats(2026, _TODAY, {}, {}, ())
_SERIES = tuple(
    Series(str(number), name, {IsoWeek(2026, 10 + number): 5 + number})
    for number, name in enumerate(
        (
            "生活",
            "Work",
            "很长很长很长的一个栏目名字",
            "🎮",
            "العربية",
            *"abcdefghij",
        )
    )
)
_YEAR = YearStats(
    2026, _TODAY, {date(2026, 3, 4): 7, date(2026, 11, 25): 1}, {IsoWeek(2026, 20): 30}, _SERIES, 3
)
_DECADE = AllStats(tuple(range(2017, 2027)), _SERIES, 15, Streak(1, 4))
_ALL = (_EMPTY, _YEAR, _DECADE, AllStats((2026,), _SERIES[:1]), AllStats((2026,), ()))


async def _drawn(
    stats: YearStats | AllStats, painter: PillowPainter, language: str = "zh", *, dark: bool = False
) -> Image.Image:
    drawing = await painter.paint(stats, language=language, dark=dark)
    image = Image.open(BytesIO(drawing.png))
    image.load()
    return image.convert("RGB")


@pytest.mark.parametrize("places", [PLACES, ()], ids=["fonts of the machine", "no fonts"])
@pytest.mark.parametrize("stats", _ALL)
async def test_pictures_fit_a_phone(stats: YearStats | AllStats, places: tuple[Path, ...]) -> None:
    """As wide as all others, no taller than Telegram takes, with paper around what is drawn."""
    for language in ("zh", "en"):
        for dark in (False, True):
            image = await _drawn(stats, PillowPainter(Fonts(places)), language, dark=dark)
            paper = ImageColor.getrgb((DARK if dark else LIGHT).paper)
            assert image.width == 1080
            assert 500 < image.height < 3000
            colours = image.getcolors(image.width * image.height) or []
            assert len(colours) > 20
            for edge in ((0, 0, 1080, 40), (0, 0, 40, image.height), (1050, 0, 1080, image.height)):
                assert image.crop(edge).getcolors() == [
                    ((edge[2] - edge[0]) * (edge[3] - edge[1]), paper)
                ]
            bottom = image.crop((0, image.height - 30, 1080, image.height))
            assert bottom.getcolors() == [(1080 * 30, paper)]


async def test_equal_counts_make_equal_pictures() -> None:
    """Nothing but the counts is in it."""
    one, other = PillowPainter(), PillowPainter()
    drawn = [await one.paint(_YEAR, language="zh", dark=False)]
    drawn.append(await other.paint(_YEAR, language="zh", dark=False))
    assert drawn[0].png == drawn[1].png


async def test_days_and_weeks_are_shaded_by_what_they_hold() -> None:
    """A day has its cell; a week of which no day is known is one tall cell."""
    image = await _drawn(_YEAR, PillowPainter(Fonts(())))
    seen = {colour for _, colour in image.getcolors(image.width * image.height) or []}
    assert {ImageColor.getrgb(LIGHT.heat[n]) for n in (0, 1, 4)} <= seen
    shades = {ImageColor.getrgb(shade) for shade in LIGHT.heat[1:]}
    columns = [
        sum(image.getpixel((x, y)) in shades for y in range(300, 900)) for x in range(120, 1010)
    ]
    assert max(columns) > 6 * 29


async def test_names_without_signs_become_letters() -> None:
    """Which are told with the picture; no box is drawn for what no font has."""
    drawing = await PillowPainter(Fonts(())).paint(_YEAR, language="zh", dark=False)
    assert drawing.letters["A"] == "生活"
    assert "B" not in drawing.letters
    assert drawing.letters["D"] == "🎮"


def test_characters_without_signs_are_left_out() -> None:
    """By what the font has, not by what it would draw instead."""
    fonts = Fonts(())
    assert fonts.shows("Items 12")
    assert not fonts.shows("项")
    assert fonts.showable("12 项 items\u0007\U0010fffd") == "12 items"


def test_fonts_are_found_by_their_names(tmp_path: Path) -> None:
    """In the first place that has one; a bold one that is missing is the regular one."""
    assert chinese([tmp_path]) is None
    (tmp_path / "wqy-zenhei.ttc").touch()
    (tmp_path / "NotoSansCJK-Regular.ttc").touch()
    regular = tmp_path / "NotoSansCJK-Regular.ttc"
    assert chinese([tmp_path / "none", tmp_path]) == (regular, regular, 2)


@pytest.mark.parametrize("places", [PLACES])
async def test_chinese_is_drawn_where_there_is_a_font(places: tuple[Path, ...]) -> None:
    """Where there is none, the picture is in English."""
    fonts = Fonts(places)
    has_chinese = chinese(places) is not None
    assert fonts.shows("每天几项，连续") is has_chinese
    drawing = await PillowPainter(fonts).paint(_YEAR, language="zh", dark=False)
    assert ("生活" not in drawing.letters.values()) is has_chinese
