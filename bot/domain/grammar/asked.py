"""What words that ask for a week may mean, when more than one week is possible."""

from __future__ import annotations

import calendar
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from bot.domain.grammar.calendar import latest_numbered, week_of_day, week_of_month, week_of_year
from bot.domain.week import IsoWeek, weeks_in


@dataclass(frozen=True, slots=True)
class YearlyNumber:
    """The week of that number, of which each year has one; some have no week 53."""

    number: int

    def of(self, year: int) -> IsoWeek | None:
        """That year's."""
        return week_of_year(year, self.number)

    def latest(self, today: date) -> IsoWeek | None:
        """The latest that is not in the future."""
        return latest_numbered(self.number, today)


@dataclass(frozen=True, slots=True)
class YearlyDay:
    """The week of a day that each year has, 29 February only some."""

    month: int
    day: int

    def of(self, year: int) -> IsoWeek | None:
        """That year's."""
        return week_of_day(year, self.month, self.day)

    def latest(self, today: date) -> IsoWeek | None:
        """That of the latest such day that is not in the future."""
        for year in range(today.year, today.year - 9, -1):
            if (year, self.month, self.day) <= (today.year, today.month, today.day):
                week = self.of(year)
                if week is not None:
                    return week
        return None


@dataclass(frozen=True, slots=True)
class YearlyMonthWeek:
    """The week with the `number`-th Sunday of a month that each year has."""

    month: int
    number: int

    def of(self, year: int) -> IsoWeek | None:
        """That year's."""
        return week_of_month(year, self.month, self.number)

    def latest(self, today: date) -> IsoWeek | None:
        """The latest that is not in the future."""
        present = IsoWeek.of_date(today)
        found = (self.of(year) for year in range(today.year, today.year - 2, -1))
        return next((week for week in found if week is not None and week <= present), None)


@dataclass(frozen=True, slots=True)
class Stretch:
    """All weeks from the first to the last: those of a year, or of a month of it.

    What looks like a month (`2023-10`) may also be meant as a `week`.
    """

    first: IsoWeek
    last: IsoWeek
    year: int
    week: IsoWeek | None = None


Yearly = YearlyNumber | YearlyDay | YearlyMonthWeek
Asked = IsoWeek | Yearly | Stretch


def stretch_of_year(year: int) -> Stretch | None:
    """The year's weeks, or None where no report is from that year."""
    first = week_of_year(year, 1)
    return None if first is None else Stretch(first, IsoWeek(year, weeks_in(year)), year)


def stretch_of_month(year: int, month: int, week: IsoWeek | None = None) -> Stretch | None:
    """The weeks that have days in the month, or None where there is no such month."""
    first = week_of_day(year, month, 1)
    if first is None:
        return None
    last = week_of_day(year, month, calendar.monthrange(year, month)[1])
    return None if last is None else Stretch(first, last, year, week)


def weeks_of(yearly: Yearly, years: Iterable[int]) -> list[IsoWeek]:
    """The week that each of the years has, if it has one."""
    return [week for year in years if (week := yearly.of(year)) is not None]
