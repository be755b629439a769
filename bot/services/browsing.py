"""The weeks there are, year by year, and which of them are meant."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import Enum, auto
from typing import Final

from bot.domain.grammar.asked import Stretch, Yearly, weeks_of
from bot.domain.journal import Journal
from bot.domain.week import IsoWeek
from bot.storage import filled_weeks, weeks
from bot.storage.database import Database

PAGE: Final = 13
"""A quarter of a year."""


class Stage(Enum):
    """How far a week has come."""

    OPEN = auto()
    DRAFTED = auto()
    DONE = auto()


@dataclass(frozen=True, slots=True)
class WeekEntry:
    """A week with how many items and messages it holds, and how far it has come."""

    week: IsoWeek
    items: int
    messages: int
    stage: Stage


@dataclass(frozen=True, slots=True)
class WeekPage:
    """A page of the weeks of a year, newest first.

    `number` counts from 0, and the year has `pages`, and `of_year` weeks in all. `years` are those
    that have weeks, newest first.
    """

    weeks: tuple[WeekEntry, ...]
    year: int
    years: tuple[int, ...]
    of_year: int
    number: int
    pages: int


@dataclass(frozen=True, slots=True)
class Meant:
    """The week that is meant, and those that could be meant as well, newest first."""

    week: IsoWeek
    others: tuple[IsoWeek, ...] = ()


class Browsing:
    """Lists the weeks of a journal."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def page(self, journal: Journal, year: int | None, number: int, today: date) -> WeekPage:
        """That page of the year, or the last one it has.

        Without a year it is the newest one, but none of the future that a slip has put there.

        What it costs depends on the weeks that it shows, not on how many there are.
        """
        async with self._database.snapshot() as connection:
            years = await filled_weeks.years(connection, journal.id)
            if not years:
                return WeekPage((), 0, (), 0, 0, 1)
            present = today.isocalendar().year
            shown_year = year or next((known for known in years if known <= present), years[-1])
            first, last = IsoWeek(shown_year, 1), IsoWeek(shown_year + 1, 1).shifted(-1)
            found = await filled_weeks.within(connection, journal.id, first, last)
            pages = max(1, -(-len(found) // PAGE))
            number = min(number, pages - 1)
            shown = found[number * PAGE : (number + 1) * PAGE]
            items = await weeks.items(connection, journal.id, shown)
            messages = await weeks.messages(connection, journal.id, shown)
            drafted = await weeks.drafted(connection, journal.id, shown)
            done = await weeks.done(connection, journal.id, shown)

        def stage(week: IsoWeek) -> Stage:
            if week in done:
                return Stage.DONE
            return Stage.DRAFTED if week in drafted else Stage.OPEN

        listed = (
            WeekEntry(week, items.get(week, 0), messages.get(week, 0), stage(week))
            for week in shown
        )
        return WeekPage(tuple(listed), shown_year, tuple(years), len(found), number, pages)

    async def meant(self, journal: Journal, yearly: Yearly, today: date) -> Meant | None:
        """Of what each year has one of, the latest that holds something and is not in the future.

        Where none does, the latest that is not in the future; None where no year has any.
        """
        present = IsoWeek.of_date(today)
        async with self._database.snapshot() as connection:
            years = await filled_weeks.years(connection, journal.id)
            # A day may belong to a week of the year beside its own.
            possible = weeks_of(yearly, {year + by for year in years for by in (-1, 0, 1)})
            found = await filled_weeks.among(connection, journal.id, possible)
        week = next((week for week in found if week <= present), None) or yearly.latest(today)
        if week is None:
            return None
        return Meant(week, tuple(other for other in found if other != week))

    async def within(self, journal: Journal, stretch: Stretch) -> list[IsoWeek]:
        """The weeks of a stretch that hold something, newest first."""
        async with self._database.snapshot() as connection:
            return await filled_weeks.within(connection, journal.id, stretch.first, stretch.last)

    async def newest(self, journal: Journal, most: int) -> list[IsoWeek]:
        """The newest weeks that hold something."""
        async with self._database.snapshot() as connection:
            return await filled_weeks.newest(connection, journal.id, most)
