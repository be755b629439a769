"""Whether the bot is well: it hears Telegram, and its database answers."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from bot.storage import entries
from bot.storage.database import Database

_PATIENCE_SECONDS: Final = 2.0


@dataclass(frozen=True, slots=True)
class Condition:
    """What is well."""

    telegram: bool
    database: bool

    @property
    def is_ready(self) -> bool:
        """Whether messages are received and stored."""
        return self.telegram and self.database


class Health:
    """Looks at the bot, as often as it is asked, with next to no work."""

    def __init__(self, database: Database, hears: Callable[[], bool]) -> None:
        self._database = database
        self._hears = hears

    async def look(self) -> Condition:
        """How it is now, within two seconds."""
        return Condition(telegram=self._hears(), database=await self._answers())

    async def _answers(self) -> bool:
        try:
            async with asyncio.timeout(_PATIENCE_SECONDS), self._database.snapshot() as connection:
                await entries.newest(connection)
        except (TimeoutError, sqlite3.Error, ValueError):
            # The library says ValueError of a connection that is closed.
            return False
        return True
