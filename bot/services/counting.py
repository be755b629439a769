"""Statistics of a journal: counts of a year, and of all years."""

from __future__ import annotations

from dataclasses import dataclass

from bot.domain.journal import Journal
from bot.domain.stats import (
    AllStats,
    Series,
    Streak,
    Tally,
    YearStats,
    days_of,
    series_of,
    streak_of,
    weeks_so_far,
    years_shown,
)
from bot.domain.week import IsoWeek
from bot.i18n import phrases_for
from bot.services.ports import Clock
from bot.storage import counts, filled_weeks, weeks
from bot.storage.counts import Count
from bot.storage.database import Database


@dataclass(frozen=True, slots=True)
class Counted:
    """What a picture is to show, and the years beside that hold something."""

    journal: Journal
    stats: YearStats | AllStats
    before: int | None = None
    after: int | None = None
    has_more: bool = False


class Counting:
    """Counts what journals hold."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    async def year(self, journal: Journal, year: int | None) -> Counted:
        """The year's counts; this year's where None."""
        today = journal.day_of(self._clock.now())
        current = IsoWeek.of_date(today)
        year = current.year if year is None else year
        async with self._database.snapshot() as connection:
            found = await counts.of_year(connection, journal.id, year)
            every = await filled_weeks.every(connection, journal.id)
            filled = [week for week in every if week.year == year]
            messages = await weeks.messages(connection, journal.id, filled)
            pictures = await counts.pictures_of_year(connection, journal.id, year)
        tallies = [_tally(journal, count) for count in found]
        by_day, dayless = days_of(tallies)
        streak = streak_of(every, current)
        if year != current.year:
            streak = Streak(longest=streak_of(filled, max(filled, default=current)).longest)
        stats = YearStats(
            year=year,
            today=today,
            by_day=by_day,
            dayless=dayless,
            series=_series(journal, tallies),
            weeks=len(filled),
            of_weeks=weeks_so_far(every, current, year),
            messages=sum(messages.values()),
            pictures=pictures,
            streak=streak,
        )
        years = {week.year for week in every} | {current.year}
        return Counted(
            journal,
            stats,
            before=max((one for one in years if one < year), default=None),
            after=min((one for one in years if one > year), default=None),
            has_more=len(years) > 1,
        )

    async def all(self, journal: Journal) -> Counted:
        """The counts of all years."""
        today = journal.day_of(self._clock.now())
        current = IsoWeek.of_date(today)
        async with self._database.snapshot() as connection:
            found = await counts.of_all(connection, journal.id)
            every = await filled_weeks.every(connection, journal.id)
        tallies = [Tally(count.week, count.section, count.items) for count in found]
        stats = AllStats(
            years=years_shown(every, current.year),
            today=today,
            series=_series(journal, tallies),
            weeks=len(every),
            of_weeks=weeks_so_far(every, current),
            streak=streak_of(every, current),
        )
        return Counted(journal, stats, before=current.year)


def _tally(journal: Journal, count: Count) -> Tally:
    day = None if count.sent_at is None else journal.day_of(count.sent_at)
    return Tally(count.week, count.section, count.items, day)


def _series(journal: Journal, tallies: list[Tally]) -> tuple[Series, ...]:
    names = {spec.key: spec.heading for spec in journal.all_sections}
    phrases = phrases_for(journal.language)
    return series_of(tallies, names, phrases.search.not_filed, phrases.stats.others)
