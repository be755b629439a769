"""ISO weeks, and the week of an instant in a journal's zone."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.week import IsoWeek, weeks_in

_SHANGHAI = ZoneInfo("Asia/Shanghai")
_NEW_YORK = ZoneInfo("America/New_York")
_DAYS = st.dates(date(1910, 1, 1), date(2180, 1, 1))


@pytest.mark.parametrize(
    ("local", "week"),
    [
        ("2023-10-02T00:00", "2023-W40"),
        ("2023-10-02T00:30", "2023-W40"),
        ("2023-10-08T23:59", "2023-W40"),
        ("2023-10-09T00:00", "2023-W41"),
        ("2026-12-31T12:00", "2026-W53"),
        ("2027-01-01T12:00", "2026-W53"),
        ("2027-01-03T23:59", "2026-W53"),
        ("2027-01-04T00:00", "2027-W01"),
        ("2024-12-30T00:00", "2025-W01"),
    ],
)
def test_the_zone_decides(local: str, week: str) -> None:
    """An instant belongs to the week that a calendar on the wall shows where the person is."""
    instant = datetime.fromisoformat(local).replace(tzinfo=_SHANGHAI).astimezone(UTC)
    assert str(IsoWeek.of(instant, _SHANGHAI)) == week


def test_monday_morning_in_shanghai_is_sunday_in_utc() -> None:
    """Monday 00:30 in Shanghai is the new week there while it is still Sunday in UTC."""
    instant = datetime(2023, 10, 1, 16, 30, tzinfo=UTC)
    assert str(IsoWeek.of(instant, _SHANGHAI)) == "2023-W40"
    assert str(IsoWeek.of(instant, ZoneInfo("UTC"))) == "2023-W39"


@pytest.mark.parametrize(
    ("local", "week"),
    [
        ("2023-10-02T02:30", "2023-W39"),
        ("2023-10-02T03:59", "2023-W39"),
        ("2023-10-02T04:00", "2023-W40"),
        ("2023-10-08T23:59", "2023-W40"),
        ("2023-10-03T02:30", "2023-W40"),
    ],
)
def test_a_day_may_end_late(local: str, week: str) -> None:
    """Until the day's end Monday is still Sunday."""
    instant = datetime.fromisoformat(local).replace(tzinfo=_SHANGHAI)
    assert str(IsoWeek.of(instant, _SHANGHAI, time(4))) == week


@pytest.mark.parametrize(
    ("utc", "week"),
    [
        # 2026-03-08 is 23 hours long: midnight moves from 05:00 to 04:00 UTC.
        ("2026-03-08T04:59", "2026-W10"),
        ("2026-03-09T03:59", "2026-W10"),
        ("2026-03-09T04:00", "2026-W11"),
        # 2026-11-01 is 25 hours long: midnight moves back to 05:00 UTC.
        ("2026-11-02T04:59", "2026-W44"),
        ("2026-11-02T05:00", "2026-W45"),
    ],
)
def test_clock_changes(utc: str, week: str) -> None:
    """A Sunday on which the clocks change ends at its own midnight."""
    instant = datetime.fromisoformat(utc).replace(tzinfo=UTC)
    assert str(IsoWeek.of(instant, _NEW_YORK)) == week


@pytest.mark.parametrize(
    ("utc", "day_ends_at", "week"),
    [
        # 2020-09-21, a Monday: at midnight the clocks went back to Sunday 23:00.
        ("2020-09-20T19:29", time.min, "2020-W38"),
        ("2020-09-20T19:30", time.min, "2020-W38"),
        ("2020-09-20T20:29", time.min, "2020-W38"),
        ("2020-09-20T20:30", time.min, "2020-W39"),
        ("2020-09-20T22:29", time(2), "2020-W38"),
        ("2020-09-20T22:30", time(2), "2020-W39"),
        # 2021-03-22, a Monday: at midnight the clocks went forward to 01:00.
        ("2021-03-21T20:29", time.min, "2021-W11"),
        ("2021-03-21T20:30", time.min, "2021-W12"),
        ("2021-03-21T20:30", time(0, 30), "2021-W12"),
        ("2021-03-21T21:29", time(2), "2021-W11"),
        ("2021-03-21T21:30", time(2), "2021-W12"),
    ],
)
def test_clock_changes_between_two_weeks(utc: str, day_ends_at: time, week: str) -> None:
    """In Tehran's long and short Monday nights the clock on the wall decides."""
    instant = datetime.fromisoformat(utc).replace(tzinfo=UTC)
    assert str(IsoWeek.of(instant, ZoneInfo("Asia/Tehran"), day_ends_at)) == week


@pytest.mark.parametrize(("year", "weeks"), [(2020, 53), (2023, 52), (2025, 52), (2026, 53)])
def test_long_years(year: int, weeks: int) -> None:
    """A year has 52 weeks or 53, and no week beyond them."""
    assert weeks_in(year) == weeks
    assert IsoWeek(year, weeks).shifted(1) == IsoWeek(year + 1, 1)
    with pytest.raises(ValueError, match="week"):
        IsoWeek(year, weeks + 1)


@pytest.mark.parametrize("key", ["", "2023", "2023-W", "2023-W54", "2025-W53", "W40", "2023-W40x"])
def test_no_week(key: str) -> None:
    """A key that names no week is refused."""
    with pytest.raises(ValueError, match=r"week|not"):
        IsoWeek.parse(key)


@given(_DAYS)
def test_a_week_and_its_days(day: date) -> None:
    """A week begins on Monday, ends on Sunday, holds its days and is read back from its key."""
    week = IsoWeek.of_date(day)
    assert week.first_day <= day <= week.last_day
    assert (week.first_day.isoweekday(), week.last_day.isoweekday()) == (1, 7)
    assert IsoWeek.parse(str(week)) == week == IsoWeek.parse(str(week).lower())


@given(_DAYS, st.integers(-500, 500))
def test_shifting(day: date, weeks: int) -> None:
    """Shifting moves by whole weeks, keeps the order, and is taken back by its opposite."""
    week = IsoWeek.of_date(day)
    shifted = week.shifted(weeks)
    assert (shifted.first_day - week.first_day).days == 7 * weeks
    assert (shifted > week) == (weeks > 0)
    assert shifted.shifted(-weeks) == week
