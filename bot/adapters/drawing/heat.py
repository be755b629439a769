"""Heat maps: the days of a year, and the weeks of several."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from bot.adapters.drawing.canvas import Canvas
from bot.adapters.drawing.parts import LINE, MARGIN, SMALL, WIDTH
from bot.domain.stats import AllStats, YearStats, level_of, levels
from bot.domain.week import IsoWeek, weeks_in
from bot.i18n.stats_phrases import StatsPhrases

ROW: Final = 36
"""The height of a year among several."""

_CELL, _STEP = 30.0, 33.5
_ROUND: Final = 6
_DAYS: Final = 7


@dataclass(frozen=True, slots=True)
class _Days:
    """What the days of a year hold, also the share that each has of what only its week is known."""

    stats: YearStats
    whole: Mapping[IsoWeek, float]
    bounds: Sequence[float]

    def is_whole(self, week: IsoWeek) -> bool:
        """Whether no day of the week is known, but something of it is."""
        return week in self.whole and not any(day in self.stats.by_day for day in _days(week))

    def colour(self, canvas: Canvas, day: date) -> str:
        """The shade of the day's cell."""
        if day > self.stats.today:
            return canvas.theme.future
        count = self.stats.by_day.get(day, 0) + self.whole.get(IsoWeek.of_date(day), 0)
        return canvas.theme.heat[level_of(count, self.bounds)]


def calendar(canvas: Canvas, top: float, stats: YearStats, words: StatsPhrases) -> float:
    """The year's days in two bands of weeks, darker where there is more; where it ends."""
    whole = {week: count / _DAYS for week, count in stats.dayless.items()}
    days = _Days(stats, whole, levels([*stats.by_day.values(), *whole.values()]))
    weeks = [IsoWeek(stats.year, number + 1) for number in range(weeks_in(stats.year))]
    half = (len(weeks) + 1) // 2
    for band in (weeks[:half], weeks[half:]):
        top = _band(canvas, top, days, band, words) + 20
    return _legend(canvas, top + 4, words, has_whole=any(map(days.is_whole, whole)))


def strips(
    canvas: Canvas, top: float, stats: AllStats, years: Sequence[int], words: StatsPhrases
) -> float:
    """A row of weeks for each of the years, darker where there is more; where it ends."""
    by_week = stats.by_week
    bounds = levels(by_week.values())
    left = MARGIN + canvas.width_of("2000", SMALL) + 18
    step = (WIDTH - MARGIN - left) / 53
    present = IsoWeek.of_date(stats.today)
    for row, year in enumerate(years):
        y = top + row * ROW
        canvas.text(MARGIN, y + ROW - 9, str(year), SMALL, canvas.theme.faint)
        for number in range(1, weeks_in(year) + 1):
            week = IsoWeek(year, number)
            count = by_week.get(week, 0)
            colour = canvas.theme.heat[level_of(count, bounds)]
            if not count and week > present:
                colour = canvas.theme.future
            canvas.box(left + (number - 1) * step, y, step - 3, ROW - 5, colour, 4)
    return _legend(canvas, top + len(years) * ROW + 10, words, has_whole=False)


def _band(
    canvas: Canvas, top: float, days: _Days, weeks: Sequence[IsoWeek], words: StatsPhrases
) -> float:
    grid, left = top + 42, WIDTH - MARGIN - 27 * _STEP + _STEP - _CELL
    for row in (0, 2, 4, 6):
        base = grid + row * _STEP + _CELL - 5
        canvas.text(MARGIN, base, words.days[row], SMALL, canvas.theme.faint)
    month = 0
    for column, week in enumerate(weeks):
        x = left + column * _STEP
        # A month begins with the week of its first Thursday, which is the week's own month.
        own = (week.first_day + timedelta(days=3)).month
        if own != month and column < len(weeks) - 1:
            canvas.text(x, top + 30, words.month[own - 1], SMALL, canvas.theme.faint)
        month = own
        if days.is_whole(week):
            shade = canvas.theme.heat[level_of(days.whole[week], days.bounds)]
            canvas.box(x, grid, _CELL, 6 * _STEP + _CELL, shade, _ROUND)
            continue
        for row, day in enumerate(_days(week)):
            canvas.box(x, grid + row * _STEP, _CELL, _CELL, days.colour(canvas, day), _ROUND)
    return grid + _DAYS * _STEP


def _legend(canvas: Canvas, top: float, words: StatsPhrases, *, has_whole: bool) -> float:
    """From less to more at the right, and what a whole column is at the left; where it ends."""
    base, right = top + _CELL - 5, WIDTH - MARGIN
    if has_whole:
        canvas.text(MARGIN, base, words.dayless, SMALL, canvas.theme.faint)
    canvas.text(right, base, words.more, SMALL, canvas.theme.faint, anchor="rs")
    shades = canvas.theme.heat
    x = right - canvas.width_of(words.more, SMALL) - 12 - len(shades) * _STEP + _STEP - _CELL
    for index, colour in enumerate(shades):
        canvas.box(x + index * _STEP, top, _CELL, _CELL, colour, _ROUND)
    canvas.text(x - 12, base, words.less, SMALL, canvas.theme.faint, anchor="rs")
    return top + LINE


def _days(week: IsoWeek) -> list[date]:
    return [week.first_day + timedelta(days=day) for day in range(_DAYS)]
