"""Pictures of statistics: of a year, and of all years."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Final

from bot.adapters.drawing import heat, parts
from bot.adapters.drawing.canvas import Canvas
from bot.adapters.drawing.fonts import PLACES, Fonts
from bot.adapters.drawing.parts import MARGIN, WIDTH, Bar
from bot.adapters.drawing.releasing import release, settle
from bot.adapters.drawing.themes import DARK, LIGHT
from bot.domain.stats import AllStats, YearStats
from bot.domain.week import IsoWeek, weeks_in
from bot.i18n import phrases_for
from bot.i18n.stats_phrases import StatsPhrases, counted
from bot.services.ports import Drawing

_MOST_YEARS: Final = 30


class PillowPainter:
    """Draws statistics, one picture at a time."""

    def __init__(self, places: Sequence[Path] = PLACES) -> None:
        self._places = places
        # Always the same one: each thread that ever drew keeps some megabytes.
        self._thread = ThreadPoolExecutor(1, "painter", initializer=settle)

    async def paint(self, stats: YearStats | AllStats, *, language: str, dark: bool) -> Drawing:
        """The picture (PNG), 1080 pixels wide."""
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self._thread, self._paint, stats, language, dark)

    def _paint(self, stats: YearStats | AllStats, language: str, dark: bool) -> Drawing:
        try:
            return self._painted(stats, language, dark=dark)
        finally:
            release()

    def _painted(self, stats: YearStats | AllStats, language: str, *, dark: bool) -> Drawing:
        fonts = Fonts(self._places)
        words = phrases_for(language).stats
        if not fonts.shows("".join((*words.days, *words.items, words.longest))):
            words = phrases_for("en").stats
        canvas = Canvas(WIDTH, _height(stats), DARK if dark else LIGHT, fonts)
        top = _head(canvas, stats, words)
        if isinstance(stats, YearStats):
            top = parts.heading(canvas, top, words.by_day)
            top = heat.calendar(canvas, top, stats, words)
            top, columns = parts.heading(canvas, top + 24, words.by_week), _weeks(stats, words)
        else:
            years = stats.years[-_MOST_YEARS:]
            latest = words.latest.format(count=len(years)) if years != stats.years else ""
            top = parts.heading(canvas, top, words.by_week, latest)
            top = heat.strips(canvas, top, stats, years, words)
            top, columns = parts.heading(canvas, top + 24, words.by_year), _years(stats, years)
        bottom, letters = _foot(canvas, top, stats, columns, words)
        return Drawing(canvas.png(bottom + MARGIN - 16), letters)


def _height(stats: YearStats | AllStats) -> int:
    """More than enough; what is not used is cut off."""
    return 1400 + len(stats.series) * parts.LINE + min(len(stats.years), _MOST_YEARS) * heat.ROW


def _head(canvas: Canvas, stats: YearStats | AllStats, words: StatsPhrases) -> float:
    """The years and the large numbers; where what follows may begin."""
    canvas.text(MARGIN, 112, words.title(stats.years), 60, bold=True)
    weeks = words.of_weeks if stats.of_weeks else words.weeks
    told = [
        (stats.items, counted(stats.items, words.items)),
        (stats.weeks, counted(stats.of_weeks or stats.weeks, weeks)),
    ]
    if stats.is_present:
        told.append((stats.streak.present, counted(stats.streak.present, words.present)))
    told.append((stats.streak.longest, words.longest))
    return parts.numbers(canvas, 164, told) + 24


def _foot(
    canvas: Canvas,
    top: float,
    stats: YearStats | AllStats,
    columns: Sequence[Bar],
    words: StatsPhrases,
) -> tuple[float, dict[str, str]]:
    """The bars and what their colours mean: where that ends, and the names of its letters."""
    if not stats.items:
        said = words.empty if stats.is_present else words.empty_then
        canvas.text(WIDTH / 2, top + 70, said, 32, canvas.theme.faint, anchor="ms")
        return top + 110, {}
    keys, letters = parts.keys_of(canvas, stats.series)
    top = parts.bars(canvas, top + 8, 240, keys, columns)
    told = [(key, one.total) for key, one in zip(keys, stats.series, strict=True)]
    return parts.colours(canvas, top + 8, told), letters


def _weeks(stats: YearStats, words: StatsPhrases) -> list[Bar]:
    """A bar for each week; those with which every second month begins are named."""
    found = []
    before = 0
    for number in range(1, weeks_in(stats.year) + 1):
        week = IsoWeek(stats.year, number)
        month = week.first_day.month if number > 1 else 1
        label = words.month[month - 1] if month != before and month % 2 else ""
        before = month
        found.append(Bar(label, [one.by_week.get(week, 0) for one in stats.series]))
    return found


def _years(stats: AllStats, years: Sequence[int]) -> list[Bar]:
    """A bar for each of the years."""
    by_year = [one.by_year for one in stats.series]
    return [Bar(str(year), [counts[year] for counts in by_year]) for year in years]
