"""Pictures of statistics."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image, ImageColor, ImageFont

from bot.adapters.drawing.canvas import Canvas
from bot.adapters.drawing.fonts import PLACES, FontFiles, Fonts, chinese, own_places
from bot.adapters.drawing.painting import PillowPainter
from bot.adapters.drawing.parts import INNER, MARGIN, WIDTH, keys_of, numbers
from bot.adapters.drawing.themes import DARK, LIGHT, OTHERS, SECTIONS, UNFILED
from bot.domain.stats import AllStats, Series, Streak, YearStats
from bot.domain.week import IsoWeek

_TODAY = date(2026, 11, 26)
_EMPTY = YearStats(2026, _TODAY, {}, {}, ())
_SERIES = tuple(
    Series(name, {IsoWeek(2026, 10 + number): 5 + number}, number)
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
_ALL = {
    "empty": _EMPTY,
    "a year": _YEAR,
    "a year of 53 weeks": replace(_YEAR, year=2020),
    "a year to come": replace(_YEAR, year=2027, dayless={IsoWeek(2027, 9): 3}),
    "ten years": AllStats(tuple(range(2017, 2027)), _TODAY, _SERIES, 15, 40, Streak(1, 4)),
    "forty years": AllStats(tuple(range(1987, 2027)), _TODAY, _SERIES, 15, 40, Streak(1, 4)),
    "one year of all": AllStats((2026,), _TODAY, _SERIES[:1]),
    "no year of all": AllStats((2026,), _TODAY, ()),
}


async def _drawn(
    stats: YearStats | AllStats, painter: PillowPainter, language: str = "zh", *, dark: bool = False
) -> Image.Image:
    drawing = await painter.paint(stats, language=language, dark=dark)
    image = Image.open(BytesIO(drawing.png))
    image.load()
    return image.convert("RGB")


@pytest.mark.parametrize("places", [PLACES, ()], ids=["fonts of the machine", "no fonts"])
@pytest.mark.parametrize("stats", _ALL.values(), ids=_ALL.keys())
async def test_pictures_fit_a_phone(stats: YearStats | AllStats, places: tuple[Path, ...]) -> None:
    """As wide as all others, no taller than Telegram takes, with paper around what is drawn."""
    for language in ("zh", "en"):
        for dark in (False, True):
            image = await _drawn(stats, PillowPainter(places), language, dark=dark)
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
    image = await _drawn(_YEAR, PillowPainter(()))
    seen = {colour for _, colour in image.getcolors(image.width * image.height) or []}
    assert {ImageColor.getrgb(LIGHT.heat[n]) for n in (0, 1, 4)} <= seen
    shades = {ImageColor.getrgb(shade) for shade in LIGHT.heat[1:]}
    columns = [
        sum(image.getpixel((x, y)) in shades for y in range(300, 900)) for x in range(120, 1010)
    ]
    assert max(columns) > 6 * 29


async def test_a_stray_week_is_shown_with_all_years() -> None:
    """In a row of its own below them, among weeks that are still to come."""
    weeks = {IsoWeek(2026, 40): 5, IsoWeek(2199, 4): 3}
    stats = AllStats((2025, 2026, 2199), _TODAY, (Series("Life", weeks, 0),), 2, 9)
    image = await _drawn(stats, PillowPainter(()))
    rows = [
        {image.getpixel((x, y)) for x in range(150, 1020)} for y in range(0, image.height - 500, 5)
    ]
    future, nothing = (ImageColor.getrgb(c) for c in (LIGHT.future, LIGHT.heat[0]))
    shades = {ImageColor.getrgb(shade) for shade in LIGHT.heat[1:]}
    assert any(nothing in row and future not in row for row in rows)
    assert any(nothing in row and future in row and row & shades for row in rows)
    assert any(nothing not in row and future in row and row & shades for row in rows)


async def test_names_without_signs_become_letters() -> None:
    """Which are told with the picture; no box is drawn for what no font has."""
    drawing = await PillowPainter(()).paint(_YEAR, language="zh", dark=False)
    assert list(drawing.letters.items())[:3] == [
        ("A", "生活"),
        ("B", "很长很长很长的一个栏目名字"),
        ("C", "🎮"),
    ]
    series = [Series("A", {}, 0), Series("🎮", {}, 1)]
    assert keys_of(_canvas(), series)[1] == {"B": "🎮"}


def _canvas() -> Canvas:
    return Canvas(WIDTH, 200, LIGHT, Fonts(()))


def test_a_section_keeps_its_colour_whatever_the_others_hold() -> None:
    """It goes by its place among the journal's; what stands for several, or none, has its own."""
    work, late = Series("Work", {}, 1), Series("Late", {}, 13)
    rest = [Series("2 others", {}, together=2), Series("Not filed", {})]
    alone = keys_of(_canvas(), [work, *rest])[0]
    assert [key.colour for key in alone] == [SECTIONS[1], OTHERS, UNFILED]
    together = [Series(name, {}, place) for place, name in enumerate(("Life", "Work"))]
    assert keys_of(_canvas(), together)[0][1].colour == alone[0].colour
    colours = [key.colour for key in keys_of(_canvas(), [*together, late])[0]]
    assert len(set(colours)) == 3


@pytest.mark.parametrize("largest", [0, 7, 470, 18_304, 1_234_567, 987_654_321])
def test_large_numbers_do_not_touch(largest: int) -> None:
    """Between any two is as much paper as between words."""
    canvas = _canvas()
    numbers(canvas, 0, [(largest, "items"), (470, "of 517 weeks"), (12, "in a row"), (99, "run")])
    image = Image.open(BytesIO(canvas.png(66)))
    paper = ImageColor.getrgb(LIGHT.paper)
    blank = [
        image.crop((x, 0, x + 1, image.height)).getcolors() == [(image.height, paper)]
        for x in range(WIDTH)
    ]
    assert all(blank[: MARGIN - 4])
    assert all(blank[MARGIN + INNER :])
    gaps = "".join(" " if is_blank else "#" for is_blank in blank).strip().split(" " * 20)
    assert len([gap for gap in gaps if gap.strip()]) == 4


def test_characters_without_signs_are_left_out() -> None:
    """By what the font has, not by what it would draw instead."""
    fonts = Fonts(())
    assert fonts.shows("Items 12")
    assert not fonts.shows("项")
    assert fonts.showable("12 项 items\u0007\U0010fffd") == "12 items"


def _font(path: Path) -> None:
    """A font without Chinese stands there."""
    font = ImageFont.load_default(20)
    assert isinstance(font, ImageFont.FreeTypeFont)
    path.write_bytes(font.font_bytes)


@pytest.mark.parametrize("content", [None, b"", b"no font", b"OTTO" + bytes(400), "Latin only"])
async def test_what_is_no_font_for_chinese_is_passed_over(
    tmp_path: Path, content: bytes | str | None
) -> None:
    """Also where the system has one of the same name: only the given places count."""
    for name in ("NotoSansCJK-Regular.ttc", "NotoSansCJKsc-Regular.otf", "wqy-zenhei.ttc"):
        if isinstance(content, bytes):
            (tmp_path / name).write_bytes(content)
        elif content is not None:
            _font(tmp_path / name)
    assert chinese([tmp_path / "none", tmp_path]) is None
    fonts = Fonts([tmp_path])
    assert not fonts.shows("项")
    assert fonts.shows("Items 12")
    drawing = await PillowPainter([tmp_path]).paint(_YEAR, language="zh", dark=False)
    without = await PillowPainter(()).paint(_YEAR, language="zh", dark=False)
    assert drawing == without


def test_a_user_without_a_home_has_no_fonts_of_his_own(monkeypatch: pytest.MonkeyPatch) -> None:
    """As that of the systemd unit, whom no list of users knows: the bot starts all the same."""

    def unknown(uid: int) -> None:
        raise KeyError(uid)

    monkeypatch.setenv("HOME", "/home/someone")
    assert own_places() == (Path("/home/someone/.local/share/fonts"), Path("/home/someone/.fonts"))
    monkeypatch.delenv("HOME")
    monkeypatch.setattr("pwd.getpwuid", unknown)
    assert own_places() == ()


@pytest.mark.parametrize("bold", [None, b"no font"])
def test_the_regular_font_stands_in_for_a_bold_one(tmp_path: Path, bold: bytes | None) -> None:
    """Where that is missing or broken; and the first place that has one counts."""
    found = chinese(PLACES)
    if found is None:
        assert not Fonts().shows("项")
        return
    regular = tmp_path / found.regular.name
    regular.symlink_to(found.regular)
    if bold is not None and found.bold != found.regular:
        (tmp_path / found.bold.name).write_bytes(bold)
    assert chinese([tmp_path / "none", tmp_path, *PLACES]) == FontFiles(
        regular, regular, found.face
    )
    assert Fonts([tmp_path]).at(20, bold=True).getlength("项") == 20


async def test_chinese_is_drawn_where_there_is_a_font() -> None:
    """Where there is none, the picture is in English."""
    has_chinese = chinese(PLACES) is not None
    assert Fonts().shows("每天几项，连续") is has_chinese
    drawing = await PillowPainter().paint(_YEAR, language="zh", dark=False)
    assert ("生活" not in drawing.letters.values()) is has_chinese
    english = await PillowPainter().paint(_YEAR, language="en", dark=False)
    assert (drawing.png == english.png) is not has_chinese
