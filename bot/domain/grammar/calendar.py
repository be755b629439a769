"""Weeks by their numbers and days; None where the calendar has no such week."""

from __future__ import annotations

from datetime import date, timedelta

from bot.domain.week import IsoWeek

# No report is from outside these years, and inside them every week has its neighbours: `date`
# cannot hold the Sunday of 9999-W52.
YEARS = range(1900, 2200)

_DIGITS = {digit: value for value, digit in enumerate("一二三四五六七八九", 1)} | {"两": 2}

NUMBER = r"(?:\d{1,2}|[一二三四五]?十[一二三四五六七八九]?|[一二两三四五六七八九])"
"""Decimal or Chinese digits, as a pattern."""


def week_of_year(year: int, number: int) -> IsoWeek | None:
    """That week, or None where the year has no such week."""
    if year not in YEARS:
        return None
    try:
        return IsoWeek(year, number)
    except ValueError:
        return None


def week_of_key(key: str) -> IsoWeek:
    """The week of a key like `2026-W53`. Raises ValueError where no report is from that week."""
    week = IsoWeek.parse(key)
    if week.year not in YEARS:
        raise ValueError(key)
    return week


def week_of_day(year: int, month: int, day: int) -> IsoWeek | None:
    """The week that holds the day, or None where there is no such day."""
    if year not in YEARS:
        return None
    try:
        return IsoWeek.of_date(date(year, month, day))
    except ValueError:
        return None


def week_of_month(year: int, month: int, number: int) -> IsoWeek | None:
    """The week whose Sunday is the `number`-th Sunday of the month, or None.

    A fifth one where the month has four is the week after; none has a sixth.
    """
    if year not in YEARS or not 1 <= month <= 12 or not 1 <= number <= 5:
        return None
    first = date(year, month, 1)
    sunday = first + timedelta(days=6 - first.weekday(), weeks=number - 1)
    return IsoWeek.of_date(sunday)


def weeks_ago(weeks: int, today: date) -> IsoWeek | None:
    """The week so many weeks before that of `today`, or None where that is before all reports."""
    try:
        week = IsoWeek.of_date(today).shifted(-weeks)
    except OverflowError:
        return None
    return week if week.year in YEARS else None


def days_ago(days: int, today: date) -> IsoWeek | None:
    """The week of the day so many days before `today`, or None where that is before all reports."""
    try:
        week = IsoWeek.of_date(today - timedelta(days=days))
    except OverflowError:
        return None
    return week if week.year in YEARS else None


def latest_numbered(number: int, today: date) -> IsoWeek | None:
    """The latest week of that number that is not after the week of `today`, or None."""
    present = IsoWeek.of_date(today)
    # A century year that is no leap year leaves at most seven years without a week 53.
    for year in range(present.year, present.year - 8, -1):
        week = week_of_year(year, number)
        if week is not None and week <= present:
            return week
    return None


def written_number(words: str) -> int:
    """The number that the decimal or Chinese digits (一 to 九十九) write."""
    if words.isdecimal():
        return int(words)
    tens, ten, ones = words.rpartition("十")
    return (10 * _DIGITS.get(tens, 1) if ten else 0) + _DIGITS.get(ones, 0)
