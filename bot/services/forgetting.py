"""A journal and all that it holds, forgotten."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable

from bot.domain.journal import Journal
from bot.services.ports import FilePlaces
from bot.storage import forgetting, recording
from bot.storage.database import Database
from bot.storage.forgetting import Holdings

__all__ = ["Forgetting", "Holdings"]


class Forgetting:
    """Forgets journals."""

    def __init__(self, database: Database, places: FilePlaces) -> None:
        self._database = database
        self._places = places

    async def holdings(self, journal: Journal) -> Holdings:
        """What would be forgotten."""
        async with self._database.snapshot() as connection:
            return await forgetting.holdings(connection, journal.id)

    async def forget(self, journal: Journal) -> frozenset[str]:
        """The files (SHA-256) that nobody needs any more; nothing else of the journal is left.

        They are for `clean`, once this is committed.
        """
        async with self._database.atomic() as connection:
            # What forgets cannot be taken back, and so is not written down.
            await recording.end(connection)
            return frozenset(await forgetting.forget(connection, journal.id))

    async def clean(self, files: Iterable[str]) -> None:
        """The files are gone, and what was deleted is in no file of the database's."""
        await asyncio.to_thread(self._remove, list(files))
        await self._database.scrub()

    def _remove(self, files: Iterable[str]) -> None:
        for sha256 in files:
            self._places.path_of(sha256).unlink(missing_ok=True)
