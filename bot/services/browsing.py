"""The weeks there are, page by page."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto
from typing import Final

from bot.domain.journal import Journal
from bot.domain.week import IsoWeek
from bot.storage import filled_weeks, weeks
from bot.storage.database import Database

PAGE: Final = 9


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
    """A page of the list, newest first; `number` counts from 0, and there are `pages`."""

    weeks: tuple[WeekEntry, ...]
    number: int
    pages: int


class Browsing:
    """Lists the weeks of a journal."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def page(self, journal: Journal, number: int) -> WeekPage:
        """That page of the list, or the last one there is."""
        async with self._database.snapshot() as connection:
            found = await filled_weeks.every(connection, journal.id)
            items = await weeks.items(connection, journal.id)
            messages = await weeks.messages(connection, journal.id)
            drafted = await weeks.drafted(connection, journal.id)
            done = await weeks.done(connection, journal.id)
        pages = max(1, -(-len(found) // PAGE))
        number = min(number, pages - 1)
        shown = found[number * PAGE : (number + 1) * PAGE]

        def stage(week: IsoWeek) -> Stage:
            if week in done:
                return Stage.DONE
            return Stage.DRAFTED if week in drafted else Stage.OPEN

        listed = (
            WeekEntry(week, items.get(week, 0), messages.get(week, 0), stage(week))
            for week in shown
        )
        return WeekPage(tuple(listed), number, pages)
