"""Counts, and nothing but counts."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.stats import (
    MOST_SERIES,
    AllStats,
    Series,
    Streak,
    Tally,
    YearStats,
    days_of,
    level_of,
    levels,
    series_of,
    streak_of,
    weeks_so_far,
    years_shown,
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
    series = series_of(tallies, {"life": "生活", "tech": "技术"}, "未归类", "其余 {count} 栏")
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


def test_the_best_year_is_the_first_of_the_fullest() -> None:
    """With its count, of all sections."""
    one = Series("a", {IsoWeek(2024, 1): 2, IsoWeek(2025, 1): 1}, 0)
    other = Series("b", {IsoWeek(2025, 9): 2, IsoWeek(2026, 1): 3}, 1)
    stats = AllStats((2024, 2025, 2026), date(2026, 3, 1), (one, other))
    assert stats.best_year == (2025, 3)
    assert AllStats((2026,), date(2026, 3, 1), ()).best_year is None


@given(st.lists(st.tuples(st.integers(0, 15), st.integers(1, 9)), max_size=40), st.booleans())
def test_few_sections_are_told_apart(found: list[tuple[int, int]], has_unfiled: bool) -> None:
    """The largest in their places, of many the others together; nothing is lost."""
    names = {f"s{place}": f"Section {place}" for place in range(16)}
    tallies = [Tally(_NOW, f"s{place}", items) for place, items in found]
    if has_unfiled:
        tallies.append(Tally(_NOW, None, 5))
    series = series_of(tallies, names, "-", "{count} others")
    assert sum(one.total for one in series) == sum(tally.items for tally in tallies)
    filed = [one for one in series if one.place is not None]
    places = [one.place for one in filed if one.place is not None]
    assert places == sorted(set(places))
    assert all(one.name == f"Section {one.place}" for one in filed)
    many = len({place for place, _ in found})
    others = [one for one in series if one.together]
    if many <= MOST_SERIES:
        assert (len(filed), others) == (many, [])
    else:
        [other] = others
        assert len(filed) == MOST_SERIES - 1
        assert other.name == f"{many - len(filed)} others"
        assert min(one.total for one in filed) * other.together >= other.total
    assert (series[-1].name == "-") is has_unfiled if series else not has_unfiled


@pytest.mark.parametrize(
    ("filled", "shown"),
    [
        ([], [2026]),
        ([2026], [2026]),
        ([2022], [2022, 2023, 2024, 2025, 2026]),
        ([2024, 2027], [2024, 2025, 2026, 2027]),
        ([2025, 2199], [2025, 2026, 2199]),
        ([1999, 2025], [1999, 2025, 2026]),
    ],
)
def test_a_stray_week_hides_no_years(filled: list[int], shown: list[int]) -> None:
    """Short gaps are shown as empty years, long ones are left out."""
    assert years_shown([IsoWeek(year, 7) for year in filled], 2026) == tuple(shown)


@pytest.mark.parametrize(
    ("filled", "year", "weeks"),
    [
        ([], None, 0),
        (["2026-W10"], None, 1),
        (["2026-W09"], None, 1),
        (["2026-W06"], None, 4),
        (["2026-W10", "2026-W06"], None, 5),
        (["2199-W01", "2026-W06"], None, 5),
        (["2199-W01"], None, 1),
        (["2026-W10", "2020-W50"], 2020, 4),
        (["2026-W10", "2020-W50"], 2021, 52),
        (["2026-W10", "2019-W50"], 2020, 53),
        (["2026-W10", "2020-W50"], 2026, 10),
        (["2026-W12", "2026-W09", "2020-W50"], 2026, 10),
        (["2026-W10", "2020-W50"], 2019, 0),
        (["2027-W10", "2020-W50"], 2027, 0),
    ],
)
def test_weeks_so_far(filled: list[str], year: int | None, weeks: int) -> None:
    """From the first one on; this week once it holds something."""
    assert weeks_so_far([IsoWeek.parse(week) for week in filled], _NOW, year) == weeks
