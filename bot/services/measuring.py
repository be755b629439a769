"""How much there is to do and how fast the database says so, as `/metrics` tells it."""

from __future__ import annotations

import asyncio
import sqlite3
from dataclasses import dataclass
from typing import Final

from bot.services.health import Health
from bot.services.ports import Clock
from bot.storage import gauges
from bot.storage.database import Database
from bot.storage.gauges import Stock

_PATIENCE_SECONDS: Final = 2.0


@dataclass(frozen=True, slots=True)
class Measured:
    """One look; `stock` is None where the database has not answered in time."""

    hears_telegram: bool
    stock: Stock | None
    database_seconds: float


class Measuring:
    """Looks when it is asked."""

    def __init__(self, database: Database, clock: Clock, health: Health) -> None:
        self._database = database
        self._clock = clock
        self._health = health

    async def look(self) -> Measured:
        """How it is now, within two seconds."""
        loop = asyncio.get_running_loop()
        began = loop.time()
        stock = await self._stock()
        return Measured(self._health.hears_telegram(), stock, loop.time() - began)

    async def _stock(self) -> Stock | None:
        try:
            async with asyncio.timeout(_PATIENCE_SECONDS), self._database.snapshot() as connection:
                return await gauges.stock(connection, self._clock.now())
        except (TimeoutError, sqlite3.Error, ValueError):
            # The library says ValueError of a connection that is closed.
            return None
