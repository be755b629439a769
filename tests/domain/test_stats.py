"""Counts, and nothing but counts."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.stats import (
    Streak,
    Tally,
    YearStats,
    days_of,
    level_of,
    levels,
    series_of,
    streak_of,
)
from bot.domain.week import IsoWeek

_NOW = IsoWeek(2026, 10)
_DAYS = st.dates(date(2025, 12, 29), date(2027, 1, 3))
_TALLIES = st.lists(
    st.builds(
        Tally,
        _DAYS.map(IsoWeek.of_date),
        st.sampled_from(["life", "tech", "gone", None]),
        st.integers(1, 9),
        st.none() | _DAYS,
    )
)


@pytest.mark.parametrize(
    ("ago", "present", "longest"),
    [
        ([], 0, 0),
        ([0], 1, 1),
        ([1], 1, 1),
        ([2], 0, 1),
        ([0, 1, 2], 3, 3),
        ([1, 2, 3], 3, 3),
        ([0, 2, 3, 4], 1, 3),
        ([2, 3, 10, 11, 12], 0, 3),
        ([-1, 0, 1], 2, 2),
        ([-3], 0, 0),
        (list(range(60)), 60, 60),
    ],
)
def test_streaks(ago: list[int], present: int, longest: int) -> None:
    """This week breaks none while it lasts; weeks to come do not count."""
    assert streak_of([_NOW.shifted(-n) for n in ago], _NOW) == Streak(present, longest)


@given(_TALLIES)
def test_every_item_is_counted_once(tallies: list[Tally]) -> None:
    """On its day, or in its week; and in its section."""
    by_day, dayless = days_of(tallies)
    series = series_of(tallies, {"life": "生活", "tech": "技术"}, "未归类")
    items = sum(tally.items for tally in tallies)
    assert sum(by_day.values()) + sum(dayless.values()) == items
    assert sum(one.total for one in series) == items
    for day, count in by_day.items():
        assert count <= sum(t.items for t in tallies if t.week == IsoWeek.of_date(day))
    names = [one.name for one in series]
    assert names == [name for name in ("生活", "技术", "gone", "未归类") if name in names]


@given(st.lists(st.integers(0, 1000)))
def test_levels_rise_with_the_counts(counts: list[int]) -> None:
    """Nothing is level 0, anything else 1 to 4, more never less than less."""
    bounds = levels(counts)
    shown = [level_of(count, bounds) for count in sorted(counts)]
    assert shown == sorted(shown)
    assert all(
        (level == 0) == (count == 0) for level, count in zip(shown, sorted(counts), strict=True)
    )
    assert all(level <= 4 for level in shown)


def test_the_best_day_is_the_first_of_the_fullest() -> None:
    """With its count."""
    day = date(2026, 3, 1)
    by_day = {day: 3, day + timedelta(days=1): 7, day + timedelta(days=9): 7}
    stats = YearStats(2026, day, by_day, {}, ())
    assert stats.best_day == (date(2026, 3, 2), 7)
    assert YearStats(2026, day, {}, {}, ()).best_day is None
