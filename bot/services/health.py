"""Whether the bot is well: it hears Telegram, and its database answers."""

from __future__ import annotations

import asyncio
import math
import sqlite3
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from bot.storage import entries
from bot.storage.database import Database

_PATIENCE_SECONDS: Final = 2.0
# Whoever asks more often than that is told the same again.
_FRESH_SECONDS: Final = 1.0


@dataclass(frozen=True, slots=True)
class Condition:
    """What is well.

    The database is, where it answers and what came last could be stored; on a full disk it is
    `readable` still.
    """

    telegram: bool
    database: bool
    readable: bool

    @property
    def is_ready(self) -> bool:
        """Whether messages are received and stored."""
        return self.telegram and self.database


class Health:
    """Looks at the bot with next to no work, however often it is asked.

    `hears` tells whether Telegram is heard, `stores` whether what came last could be stored.
    """

    def __init__(
        self, database: Database, hears: Callable[[], bool], stores: Callable[[], bool]
    ) -> None:
        self._database = database
        self._hears = hears
        self._stores = stores
        self._looking = asyncio.Lock()
        self._looked_at = -math.inf
        self._is_readable = False

    async def look(self) -> Condition:
        """How it is now, within two seconds; what the database says may be a second old."""
        async with self._looking:
            now = asyncio.get_running_loop().time()
            if now - self._looked_at >= _FRESH_SECONDS:
                self._is_readable = await self._answers()
                self._looked_at = now
        return Condition(
            telegram=self._hears(),
            database=self._is_readable and self._stores(),
            readable=self._is_readable,
        )

    def hears_telegram(self) -> bool:
        """Whether Telegram is heard."""
        return self._hears()

    async def _answers(self) -> bool:
        try:
            async with asyncio.timeout(_PATIENCE_SECONDS), self._database.snapshot() as connection:
                await entries.newest(connection)
        except (TimeoutError, sqlite3.Error, ValueError):
            # The library says ValueError of a connection that is closed.
            return False
        return True
