"""What pictures of statistics are made of: numbers, bars, and what the colours mean."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from string import ascii_uppercase
from typing import Final

from bot.adapters.drawing.canvas import Canvas
from bot.adapters.drawing.themes import OTHERS, SECTIONS, UNFILED
from bot.domain.stats import Series

WIDTH: Final = 1080
MARGIN: Final = 56
INNER: Final = WIDTH - 2 * MARGIN
SMALL: Final = 28
LINE: Final = 50
"""The height of a line of small text with the room around it."""

_ROOM: Final = 36
_MOST_STEPS: Final = 5
_WIDEST: Final = 120.0
_LARGE: Final = (64, 56, 48, 40)


@dataclass(frozen=True, slots=True)
class Key:
    """How a section is shown: its colour, and its name or the letter for a name without signs."""

    colour: str
    name: str


@dataclass(frozen=True, slots=True)
class Bar:
    """What stands below a bar, and the counts from its foot up, in the order of the keys."""

    label: str
    counts: Sequence[int]


def keys_of(canvas: Canvas, series: Sequence[Series]) -> tuple[list[Key], dict[str, str]]:
    """The key of each section, and the names that letters stand for."""
    keys: list[Key] = []
    letters: dict[str, str] = {}
    used: set[str] = set()
    names = {one.name for one in series}
    free = (letter for letter in ascii_uppercase if letter not in names)
    for one in series:
        colour = _colour_of(one, used)
        used.add(colour)
        name = canvas.fonts.showable(one.name)
        if not name or (name != one.name and len(name) * 2 < len(one.name)):
            name = next(free)
            letters[name] = one.name
        keys.append(Key(colour, name))
    return keys, letters


def _colour_of(one: Series, used: set[str]) -> str:
    """That of its place; the next one that is free where there are more places than colours."""
    if one.place is None:
        return OTHERS if one.together else UNFILED
    start = one.place % len(SECTIONS)
    turned = (*SECTIONS[start:], *SECTIONS[:start])
    return next((colour for colour in turned if colour not in used), turned[0])


def numbers(canvas: Canvas, top: float, told: Sequence[tuple[int, str]]) -> float:
    """Large numbers beside each other with what they count; where what follows may begin.

    They are as large as leaves room between them.
    """
    size = next((size for size in _LARGE if _is_roomy(_widths(canvas, size, told))), _LARGE[-1])
    widths = _widths(canvas, size, told)
    column, room = INNER / len(told), 0.0
    if max(widths) + _ROOM <= column:
        widths = [column] * len(told)
    else:
        room = (INNER - sum(widths)) / len(told)
    x = float(MARGIN)
    for (number, words), width in zip(told, widths, strict=True):
        canvas.text(x, top + 58, f"{number:,}", size, bold=True)
        canvas.text(x, top + 104, words, SMALL, canvas.theme.faint)
        x += width + room
    return top + 128


def _widths(canvas: Canvas, size: int, told: Sequence[tuple[int, str]]) -> list[float]:
    return [
        max(canvas.width_of(f"{number:,}", size, bold=True), canvas.width_of(words, SMALL))
        for number, words in told
    ]


def _is_roomy(widths: Sequence[float]) -> bool:
    return sum(widths) + _ROOM * (len(widths) - 1) <= INNER


def heading(canvas: Canvas, top: float, words: str, beside: str = "") -> float:
    """A line above a drawing; where that may begin."""
    canvas.text(MARGIN, top + 34, words, 32, bold=True)
    if beside:
        canvas.text(WIDTH - MARGIN, top + 34, beside, SMALL, canvas.theme.faint, anchor="rs")
    return top + 60


def bars(
    canvas: Canvas, top: float, height: float, keys: Sequence[Key], columns: Sequence[Bar]
) -> float:
    """A bar for each column, stacked of the keys' colours, named below; where it ends."""
    most = max(sum(bar.counts) for bar in columns)
    step = _round_step(most)
    roof = max(1, -(-most // step)) * step
    scale = range(0, roof + 1, step)
    left = MARGIN + 16 + max(canvas.width_of(f"{line:,}", SMALL) for line in scale)
    for line in scale:
        y = top + height - height * line / roof
        canvas.box(left, y - 1, WIDTH - MARGIN - left, 1.5, canvas.theme.line)
        canvas.text(left - 16, y + 10, f"{line:,}", SMALL, canvas.theme.faint, anchor="rs")
    width = (WIDTH - MARGIN - left) / len(columns)
    gap = max(min(16.0, width * 0.22), width - _WIDEST)
    for index, bar in enumerate(columns):
        base = top + height
        for key, count in zip(keys, bar.counts, strict=True):
            part = height * count / roof
            canvas.box(left + index * width + gap / 2, base - part, width - gap, part, key.colour)
            base -= part
    _labels(canvas, top + height + 38, left, width, [bar.label for bar in columns])
    return top + height + 60


def _labels(canvas: Canvas, base: float, left: float, width: float, labels: Sequence[str]) -> None:
    """Those that do not touch the one before."""
    end = 0.0
    for index, label in enumerate(labels):
        half = canvas.width_of(label, SMALL) / 2
        x = min(left + (index + 0.5) * width, WIDTH - MARGIN - half)
        if label and x - half > end:
            canvas.text(x, base, label, SMALL, canvas.theme.faint, anchor="ms")
            end = x + half + 16


def _round_step(most: int) -> int:
    """1, 2 or 5 times a power of ten, of which few make up the most."""
    step = 1
    for factor in (2, 2.5, 2) * 9:
        if step * _MOST_STEPS >= most:
            break
        step = round(step * factor)
    return step


def colours(canvas: Canvas, top: float, told: Sequence[tuple[Key, int]]) -> float:
    """What the colours mean, with the counts, in as many lines as it takes; where it ends."""
    x, y = float(MARGIN), top
    for key, count in told:
        number = f"{count:,}"
        after = canvas.width_of(number, SMALL)
        name = _fitting(canvas, key.name, INNER - 40 - 12 - after)
        before = 40 + canvas.width_of(name, SMALL) + 12
        if x + before + after > WIDTH - MARGIN and x > MARGIN:
            x, y = float(MARGIN), y + LINE
        canvas.box(x, y + 4, 26, 26, key.colour, 7)
        canvas.text(x + 40, y + 27, name, SMALL)
        canvas.text(x + before, y + 27, number, SMALL, canvas.theme.faint)
        x += before + after + _ROOM
    return y + LINE


def _fitting(canvas: Canvas, words: str, width: float) -> str:
    shown = words
    while canvas.width_of(shown, SMALL) > width:
        shown = shown.removesuffix("…")[:-1].rstrip() + "…"
    return shown
