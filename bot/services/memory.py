"""Which week the bot's own messages are about, so that replies to them find their place."""

from __future__ import annotations

from bot.domain.entry import MessageKey
from bot.domain.week import IsoWeek
from bot.storage import reminders, shown
from bot.storage.database import Database
from bot.storage.shown import Shown


class Memory:
    """Remembers what was shown."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def remember_week(self, key: MessageKey, week: IsoWeek) -> None:
        """That message of the bot's is about this week."""
        async with self._database.atomic() as connection:
            await shown.remember(connection, key, Shown(week=week))

    async def remember_reminder(self, key: MessageKey, week: IsoWeek) -> None:
        """That message of the bot's is a reminder about this week."""
        async with self._database.atomic() as connection:
            await shown.remember(connection, key, Shown(week=week))
            await reminders.remember(connection, key)

    async def is_reminder(self, key: MessageKey) -> bool:
        """Whether that message of the bot's is a reminder."""
        async with self._database.snapshot() as connection:
            return await reminders.is_one(connection, key)

    async def recall_week(self, key: MessageKey) -> IsoWeek | None:
        """The week that a message of the bot's is about."""
        async with self._database.snapshot() as connection:
            about = await shown.recall(connection, key)
        return None if about is None else about.week
