"""What pictures of statistics are made of: numbers, heat, bars, and what the colours mean."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from bot.adapters.drawing.canvas import Canvas
from bot.adapters.drawing.themes import SECTIONS, UNFILED
from bot.domain.stats import Series, YearStats, level_of, levels
from bot.domain.week import IsoWeek, weeks_in
from bot.i18n.stats_phrases import StatsPhrases

WIDTH: Final = 1080
MARGIN: Final = 64
INNER: Final = WIDTH - 2 * MARGIN

_SMALL: Final = 28
_CELL, _GAP = 29, 4
_LABELS: Final = 56
_DAYS: Final = 7
_WIDEST: Final = 120.0


@dataclass(frozen=True, slots=True)
class Key:
    """How a section is shown: its colour, and its name or the letter for a name without signs."""

    colour: str
    name: str


def keys_of(canvas: Canvas, series: Sequence[Series]) -> tuple[list[Key], dict[str, str]]:
    """The key of each section, and the names that letters stand for."""
    keys: list[Key] = []
    letters: dict[str, str] = {}
    for number, one in enumerate(series):
        colour = UNFILED if one.section is None else SECTIONS[number % len(SECTIONS)]
        name = canvas.fonts.showable(one.name)
        if not name or (not canvas.fonts.shows(one.name) and len(name) * 2 < len(one.name)):
            name = chr(ord("A") + number % 26)
            letters[name] = one.name
        keys.append(Key(colour, name))
    return keys, letters


def numbers(canvas: Canvas, top: float, told: Sequence[tuple[int, str]]) -> float:
    """Large numbers beside each other with what they count; where what follows may begin."""
    width = INNER / len(told)
    for index, (number, words) in enumerate(told):
        x = MARGIN + index * width
        canvas.text(x, top + 58, f"{number:,}", 64, bold=True)
        canvas.text(x, top + 104, words, _SMALL, canvas.theme.faint)
    return top + 128


def heading(canvas: Canvas, top: float, words: str) -> float:
    """A line above a drawing; where that may begin."""
    canvas.text(MARGIN, top + 34, words, 32, bold=True)
    return top + 62


def calendar(canvas: Canvas, top: float, stats: YearStats, words: StatsPhrases) -> float:
    """The year's days in two bands of weeks, darker where there is more; where it ends."""
    whole = {week: count / _DAYS for week, count in stats.dayless.items()}
    bounds = levels([*stats.by_day.values(), *whole.values()])
    last = weeks_in(stats.year)
    half = (last + 1) // 2
    for first in (1, half + 1):
        weeks = [IsoWeek(stats.year, n) for n in range(first, min(first + half, last + 1))]
        top = _band(canvas, top, stats, weeks, bounds, whole, words) + 22
    return _legend(canvas, top, words, has_dayless=bool(whole))


def _band(
    canvas: Canvas,
    top: float,
    stats: YearStats,
    weeks: Sequence[IsoWeek],
    bounds: Sequence[float],
    whole: Mapping[IsoWeek, float],
    words: StatsPhrases,
) -> float:
    step = _CELL + _GAP
    grid = top + 42
    for row in (0, 2, 4, 6):
        base = grid + row * step + _CELL - 6
        canvas.text(MARGIN, base, words.days[row], 22, canvas.theme.faint)
    month = 0
    left = MARGIN + _LABELS
    for column, week in enumerate(weeks):
        x = left + column * step
        # A month begins with the week of its first Thursday, which is the week's own month.
        own = (week.first_day + timedelta(days=3)).month
        if own != month and column < len(weeks) - 1:
            canvas.text(x, top + 30, words.month[own - 1], 24, canvas.theme.faint)
        month = own
        days = [week.first_day + timedelta(days=day) for day in range(_DAYS)]
        if week in whole and not any(day in stats.by_day for day in days):
            level = level_of(whole[week], bounds)
            canvas.box(x, grid, _CELL, _DAYS * step - _GAP, canvas.theme.heat[level], 6)
            continue
        for row, day in enumerate(days):
            colour = _colour_of(canvas, stats, day, whole.get(week, 0), bounds)
            canvas.box(x, grid + row * step, _CELL, _CELL, colour, 6)
    return grid + _DAYS * step


def _colour_of(
    canvas: Canvas, stats: YearStats, day: date, shared: float, bounds: Sequence[float]
) -> str:
    if day > stats.today:
        return canvas.theme.future
    return canvas.theme.heat[level_of(stats.by_day.get(day, 0) + shared, bounds)]


def _legend(canvas: Canvas, top: float, words: StatsPhrases, *, has_dayless: bool) -> float:
    if has_dayless:
        canvas.text(MARGIN + _LABELS, top + 24, words.dayless, 22, canvas.theme.faint)
    right = WIDTH - MARGIN
    width = canvas.width_of(words.more, 24)
    canvas.text(right - width, top + 24, words.more, 24, canvas.theme.faint)
    x = right - width - 12 - len(canvas.theme.heat) * (_CELL + _GAP)
    for index, colour in enumerate(canvas.theme.heat):
        canvas.box(x + index * (_CELL + _GAP), top, _CELL, _CELL, colour, 6)
    canvas.text(x - 12, top + 24, words.less, 24, canvas.theme.faint, anchor="rs")
    return top + 50


def bars(
    canvas: Canvas,
    top: float,
    height: float,
    columns: Sequence[tuple[str, Sequence[tuple[str, int]]]],
) -> float:
    """A bar for each column, stacked of colours with their counts, named below; where it ends."""
    most = max((sum(count for _, count in parts) for _, parts in columns), default=0)
    step = _round_step(most)
    roof = max(step, -(-most // step) * step)
    left = MARGIN + _LABELS
    width = (WIDTH - MARGIN - left) / len(columns)
    for line in range(0, roof + 1, step):
        y = top + height - height * line / roof
        canvas.box(left, y - 1, WIDTH - MARGIN - left, 1.5, canvas.theme.line)
        canvas.text(left - 12, y + 8, str(line), 22, canvas.theme.faint, anchor="rs")
    gap = max(min(12.0, width * 0.22), width - _WIDEST)
    for index, (label, parts) in enumerate(columns):
        base = top + height
        for colour, count in parts:
            part = height * count / roof
            canvas.box(left + index * width + gap / 2, base - part, width - gap, part, colour)
            base -= part
        if label:
            x = left + (index + 0.5) * width
            canvas.text(x, top + height + 32, label, 24, canvas.theme.faint, anchor="ms")
    return top + height + 52


def _round_step(most: int) -> int:
    """Steps of 1, 2 or 5 times a power of ten, at most four of them."""
    step = 1
    for factor in (2, 2.5, 2) * 9:
        if step * 4 >= most:
            break
        step = round(step * factor)
    return step


def colours(canvas: Canvas, top: float, told: Sequence[tuple[Key, int]]) -> float:
    """What the colours mean, with the counts, in as many lines as it takes; where it ends."""
    x, y = float(MARGIN), top
    for key, count in told:
        words = _fitting(canvas, f"{key.name}  ", INNER - 160) + f"{count:,}"
        width = canvas.width_of(words, _SMALL) + 74
        if x + width - 34 > WIDTH - MARGIN and x > MARGIN:
            x, y = float(MARGIN), y + 48
        canvas.box(x, y + 4, 26, 26, key.colour, 7)
        canvas.text(x + 40, y + 27, words, _SMALL)
        x += width
    return y + 48


def _fitting(canvas: Canvas, words: str, width: float) -> str:
    shown = words
    while shown and canvas.width_of(shown, _SMALL) > width:
        shown = shown[:-1]
    return shown if shown == words else f"{shown.rstrip()}…  "
