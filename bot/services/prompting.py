"""What the bot has asked for, so that a reply finds its use after any restart."""

from __future__ import annotations

from bot.domain.entry import MessageKey
from bot.domain.owed import Prompt
from bot.domain.text import RichText
from bot.services.ports import Clock
from bot.storage import prompts
from bot.storage.database import Database

__all__ = ["Prompt", "Prompting"]


class Prompting:
    """Remembers what replies are for, and what they said."""

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

    async def set_taken(self, reply: MessageKey, said: RichText) -> None:
        """The reply was used in those words."""
        async with self._database.atomic() as connection:
            await prompts.set_taken(connection, reply, said, self._clock.now())

    async def was_taken(self, reply: MessageKey, said: RichText) -> bool:
        """Whether those were the reply's words when it was last used."""
        async with self._database.snapshot() as connection:
            return await prompts.was_taken(connection, reply, said)
