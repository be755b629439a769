"""What the bot has asked for, so that a reply finds its use after any restart."""

from __future__ import annotations

from bot.domain.entry import MessageKey
from bot.domain.owed import Prompt
from bot.services.ports import Clock
from bot.storage import prompts
from bot.storage.database import Database

__all__ = ["Prompt", "Prompting"]


class Prompting:
    """Remembers what replies are for."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    async def keep(self, key: MessageKey, prompt: Prompt) -> None:
        """A reply to that message of the bot's is for this."""
        async with self._database.atomic() as connection:
            await prompts.keep(connection, key, prompt, self._clock.now())

    async def find(self, key: MessageKey) -> Prompt | None:
        """What a reply to that message is for; None where it is a reply like any other."""
        async with self._database.snapshot() as connection:
            return await prompts.find(connection, key)
