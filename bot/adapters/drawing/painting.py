"""Pictures of statistics: of a year, and of all years."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Final

from bot.adapters.drawing import parts
from bot.adapters.drawing.canvas import Canvas
from bot.adapters.drawing.fonts import Fonts
from bot.adapters.drawing.parts import INNER, MARGIN, WIDTH
from bot.adapters.drawing.releasing import release
from bot.adapters.drawing.themes import DARK, LIGHT
from bot.domain.stats import AllStats, Series, YearStats, level_of, levels
from bot.domain.week import IsoWeek, weeks_in
from bot.i18n import phrases_for
from bot.i18n.stats_phrases import StatsPhrases
from bot.services.ports import Drawing

_MOST_YEARS: Final = 30
_ROW: Final = 26


class PillowPainter:
    """Draws statistics, one picture at a time."""

    def __init__(self, fonts: Fonts | None = None) -> None:
        self._fonts = fonts
        # Always the same one: each thread that ever drew keeps some megabytes.
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="painter")

    async def paint(self, stats: YearStats | AllStats, *, language: str, dark: bool) -> Drawing:
        """The picture (PNG), 1080 pixels wide."""
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self._thread, self._paint, stats, language, dark)

    def _paint(self, stats: YearStats | AllStats, language: str, dark: bool) -> Drawing:
        try:
            return self._painted(stats, language, dark=dark)
        finally:
            if self._fonts is not None:
                self._fonts.forget()
            release()

    def _painted(self, stats: YearStats | AllStats, language: str, *, dark: bool) -> Drawing:
        if self._fonts is None:
            self._fonts = Fonts()
        words = phrases_for(language).stats
        if not self._fonts.shows("".join((*words.days, *words.items, words.present))):
            words = phrases_for("en").stats
        canvas = Canvas(WIDTH, _height(stats), DARK if dark else LIGHT, self._fonts)
        keys, letters = parts.keys_of(canvas, stats.series)
        if isinstance(stats, YearStats):
            bottom = _year(canvas, stats, keys, words)
        else:
            bottom = _all(canvas, stats, keys, words)
        return Drawing(canvas.png(bottom + MARGIN), letters)


def _height(stats: YearStats | AllStats) -> int:
    """More than enough; what is not used is cut off."""
    sections = sum(60 + 2 * len(one.name) for one in stats.series)
    return (
        1500
        + sections
        + _ROW * min(_MOST_YEARS, len(stats.years if isinstance(stats, AllStats) else ()))
    )


def _told(words: StatsPhrases, stats: YearStats | AllStats) -> Sequence[tuple[int, str]]:
    def one_or_many(count: int, said: tuple[str, str]) -> tuple[int, str]:
        return count, said[count != 1]

    return (
        one_or_many(stats.items, words.items),
        one_or_many(stats.weeks, words.weeks),
        (stats.streak.present, words.present),
        (stats.streak.longest, words.longest),
    )


def _year(
    canvas: Canvas, stats: YearStats, keys: Sequence[parts.Key], words: StatsPhrases
) -> float:
    canvas.text(MARGIN, 116, words.year.format(year=stats.year), 60, bold=True)
    top = parts.numbers(canvas, 170, _told(words, stats))
    top = parts.heading(canvas, top + 16, words.by_day)
    top = parts.calendar(canvas, top, stats, words)
    top = parts.heading(canvas, top + 16, words.by_week)
    if not stats.items:
        canvas.text(WIDTH / 2, top + 70, words.empty, 32, canvas.theme.faint, anchor="ms")
        return top + 100
    columns = []
    month = 0
    for number in range(1, weeks_in(stats.year) + 1):
        week = IsoWeek(stats.year, number)
        own = week.first_day.month if number > 1 else 1
        label = words.month[own - 1] if own != month and own % 2 else ""
        month = own
        columns.append((label, _stack(stats.series, keys, week)))
    top = parts.bars(canvas, top + 8, 220, columns)
    told = [(key, one.total) for key, one in zip(keys, stats.series, strict=True)]
    return parts.colours(canvas, top + 8, told)


def _all(canvas: Canvas, stats: AllStats, keys: Sequence[parts.Key], words: StatsPhrases) -> float:
    years = stats.years[-_MOST_YEARS:]
    title = words.all_years if len(years) > 1 else words.year
    named = title.format(first=years[0], last=years[-1], year=years[-1])
    canvas.text(MARGIN, 116, named, 60, bold=True)
    top = parts.numbers(canvas, 170, _told(words, stats))
    top = parts.heading(canvas, top + 16, words.by_week)
    top = _strips(canvas, top, stats, years)
    top = parts.heading(canvas, top + 24, words.by_year)
    if not stats.items:
        canvas.text(WIDTH / 2, top + 70, words.empty, 32, canvas.theme.faint, anchor="ms")
        return top + 100
    columns = []
    for year in years:
        label = str(year) if len(years) <= 12 else f"{year % 100:02d}"
        counts = [
            (key.colour, sum(n for week, n in one.by_week.items() if week.year == year))
            for key, one in zip(keys, stats.series, strict=True)
        ]
        columns.append((label, counts))
    top = parts.bars(canvas, top + 8, 260, columns)
    told = [(key, one.total) for key, one in zip(keys, stats.series, strict=True)]
    return parts.colours(canvas, top + 8, told)


def _strips(canvas: Canvas, top: float, stats: AllStats, years: Sequence[int]) -> float:
    """A row of weeks for each year."""
    by_week = stats.by_week
    bounds = levels(by_week.values())
    left = MARGIN + 76
    width = (INNER - 76) / 53
    for row, year in enumerate(years):
        y = top + row * _ROW
        canvas.text(MARGIN, y + 19, str(year), 24, canvas.theme.faint)
        for number in range(1, weeks_in(year) + 1):
            level = level_of(by_week.get(IsoWeek(year, number), 0), bounds)
            colour = canvas.theme.heat[level]
            canvas.box(left + (number - 1) * width, y, width - 3, _ROW - 4, colour, 4)
    return top + len(years) * _ROW


def _stack(
    series: Sequence[Series], keys: Sequence[parts.Key], week: IsoWeek
) -> list[tuple[str, int]]:
    return [(key.colour, one.by_week.get(week, 0)) for key, one in zip(keys, series, strict=True)]
