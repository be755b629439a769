"""Siblings in another order: which positions have to change for it, and to what."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from itertools import pairwise
from math import floor
from typing import TypeAlias

Order: TypeAlias = tuple[float, int, int, int]
"""What siblings are sorted by, as `Node.order` gives it; the position comes first."""

# What is put behind the last one stays below the next whole second: messages have whole seconds,
# and whatever arrives later goes behind it.
_STEP_AT_THE_END = 2.0**-10


def repositioned(wanted: Sequence[Order | None]) -> dict[int, float]:
    """The new position of each sibling that needs one for the wanted order, by its index there.

    `wanted` has the present order of each, None for one that is new. As many as possible stay as
    they are; only where no number is left between two neighbours do some of these change as well.
    The positions are finite, of the size of a Unix time.
    """
    kept = in_order([order for order in wanted if order is not None])
    indices = [index for index, order in enumerate(wanted) if order is not None]
    staying = {indices[at] for at in kept}
    positions: list[float | None] = [
        order[0] if order is not None and index in staying else None
        for index, order in enumerate(wanted)
    ]
    while None in positions:
        start = positions.index(None)
        _fill(positions, start, _run_end(positions, start))
    changed: dict[int, float] = {}
    for index, (order, position) in enumerate(zip(wanted, positions, strict=True)):
        if position is not None and (order is None or order[0] != position):
            changed[index] = position
    return changed


def in_order(orders: Sequence[Order]) -> list[int]:
    """The indices of a longest selection that is in ascending order already."""
    ends: list[Order] = []
    last_of: list[int] = []
    before: list[int | None] = []
    for index, order in enumerate(orders):
        length = bisect_left(ends, order)
        before.append(last_of[length - 1] if length else None)
        ends[length : length + 1] = [order]
        last_of[length : length + 1] = [index]
    found: list[int] = []
    at = last_of[-1] if last_of else None
    while at is not None:
        found.append(at)
        at = before[at]
    return found[::-1]


def _fill(positions: list[float | None], start: int, end: int) -> None:
    """Gives positions to `start … end - 1`, and to as few around them as there has to be."""
    while True:
        low = positions[start - 1] if start else None
        high = positions[end] if end < len(positions) else None
        spaced = _spaced(low, high, end - start)
        if spaced is not None:
            positions[start:end] = spaced
            return
        # Lines of one message have the same position: they are taken along together.
        wider_start = _first_equal(positions, start - 1) if start else start
        wider_end = _last_equal(positions, end) if high is not None else end
        can_go_left, can_go_right = wider_start < start, wider_end > end
        if can_go_left and (not can_go_right or start - wider_start <= wider_end - end):
            start = wider_start
        else:
            end = _run_end(positions, wider_end)


def _run_end(positions: Sequence[float | None], start: int) -> int:
    """Where the run of those without a position ends that begins here."""
    end = start
    while end < len(positions) and positions[end] is None:
        end += 1
    return end


def _first_equal(positions: Sequence[float | None], index: int) -> int:
    while index and positions[index - 1] == positions[index]:
        index -= 1
    return index


def _last_equal(positions: Sequence[float | None], index: int) -> int:
    """Behind the last one with the same position."""
    end = index
    while end < len(positions) and positions[end] == positions[index]:
        end += 1
    return end


def _spaced(low: float | None, high: float | None, count: int) -> list[float] | None:
    """So many positions, ascending and between both; None where there are not as many numbers."""
    if low is None:
        first = 0.0 if high is None else high - count
        return [first + step for step in range(count)]
    if high is None:
        high = floor(low) + 1.0
        step = min(_STEP_AT_THE_END, (high - low) / (count + 1))
    else:
        step = (high - low) / (count + 1)
    found = [low + step * number for number in range(1, count + 1)]
    is_ascending = all(one < two for one, two in pairwise([low, *found, high]))
    return found if is_ascending else None
