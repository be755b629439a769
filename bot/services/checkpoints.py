"""What is stored moves from the log into the database between what is being stored."""

from __future__ import annotations

import asyncio
import logging
import sqlite3
from typing import Final

from bot.storage.database import Database

_LOG = logging.getLogger(__name__)
# One message changes some 20 pages; SQLite's own measure are a thousand.
_COMMITS: Final = 32


class Checkpoints:
    """Has the log emptied now and then, after a commit, so that nobody waits for it in one."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._commits = 0
        self._wanted = asyncio.Event()
        database.watch(self._count)

    def _count(self) -> None:
        self._commits += 1
        if self._commits >= _COMMITS:
            self._wanted.set()

    async def run(self) -> None:
        """Works after so many commits, until cancelled."""
        while True:
            await self._wanted.wait()
            self._wanted.clear()
            self._commits = 0
            try:
                await self._database.checkpoint()
            except sqlite3.Error as error:
                _LOG.warning("the database's log was not emptied, it will be later: %s", error)
