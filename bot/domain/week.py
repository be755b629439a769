"""ISO weeks: Monday to Sunday, 52 or 53 a year (ISO 8601)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

_KEY = re.compile(r"(\d{4})-?[wW](\d{1,2})\Z")


@dataclass(frozen=True, slots=True, order=True)
class IsoWeek:
    """One ISO week. Raises ValueError where that year has no such week."""

    year: int
    number: int

    def __post_init__(self) -> None:
        date.fromisocalendar(self.year, self.number, 1)

    def __str__(self) -> str:
        return f"{self.year:04d}-W{self.number:02d}"

    @classmethod
    def parse(cls, key: str) -> IsoWeek:
        """The week named like `2026-W53`, also `2026-w5`. Raises ValueError."""
        match = _KEY.match(key)
        if match is None:
            raise ValueError(f"{key!r} is not a week like 2026-W53")
        return cls(int(match[1]), int(match[2]))

    @classmethod
    def of_date(cls, day: date) -> IsoWeek:
        """The week that holds the day."""
        year, number, _ = day.isocalendar()
        return cls(year, number)

    @classmethod
    def of(cls, instant: datetime, zone: ZoneInfo, day_ends_at: time = time.min) -> IsoWeek:
        """The week of an instant in a zone, where days end at that time of the night."""
        return cls.of_date(day_of(instant, zone, day_ends_at))

    @property
    def first_day(self) -> date:
        """Its Monday."""
        return date.fromisocalendar(self.year, self.number, 1)

    @property
    def last_day(self) -> date:
        """Its Sunday."""
        return date.fromisocalendar(self.year, self.number, 7)

    def shifted(self, weeks: int) -> IsoWeek:
        """The week that many weeks later; earlier where negative."""
        return self.of_date(self.first_day + timedelta(weeks=weeks))


def day_of(instant: datetime, zone: ZoneInfo, day_ends_at: time = time.min) -> date:
    """The day of an instant in a zone; until `day_ends_at` it is still the day before.

    The comparison is of wall clocks, so a clock change shortens or lengthens the night
    without moving the border.
    """
    local = instant.astimezone(zone)
    return local.date() - timedelta(days=local.time() < day_ends_at)


def weeks_in(year: int) -> int:
    """52 or 53."""
    return date(year, 12, 28).isocalendar().week


def same_weeks(week: IsoWeek, years: int = 30) -> list[IsoWeek]:
    """The week of that number in so many years before, newest first.

    Of a year that has no week 53 it is the last one.
    """
    earlier = range(week.year - 1, max(0, week.year - 1 - years), -1)
    return [IsoWeek(year, min(week.number, weeks_in(year))) for year in earlier]
