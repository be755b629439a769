"""A journal and all that it holds, forgotten."""

from __future__ import annotations

import asyncio
import logging

from bot.domain.journal import Journal
from bot.services.ports import FilePlaces
from bot.storage import forgetting, leftovers, recording
from bot.storage.database import Database
from bot.storage.forgetting import Holdings

__all__ = ["Forgetting", "Holdings"]


_LOG = logging.getLogger(__name__)


class Forgetting:
    """Forgets journals."""

    def __init__(self, database: Database, places: FilePlaces) -> None:
        self._database = database
        self._places = places
        self._one_at_a_time = asyncio.Lock()
        # Forgettings in this run, and how many there had been when the file was rebuilt last.
        self._forgotten = 0
        self._rebuilt = -1

    async def holdings(self, journal: Journal) -> Holdings:
        """What would be forgotten."""
        async with self._database.snapshot() as connection:
            return await forgetting.holdings(connection, journal.id)

    async def forget(self, journal: Journal) -> None:
        """No row of the journal is left; the rest is for `clean`, once this is committed."""
        async with self._database.atomic() as connection:
            # What forgets cannot be taken back, and so is not written down.
            await recording.end(connection)
            self._forgotten += 1
            files = await forgetting.forget(connection, journal.id)
            await leftovers.note(connection, {*files, leftovers.THE_DATABASE})

    async def clean(self) -> None:
        """Files that nobody names are gone, and what was deleted is in none of the database's.

        Also what an earlier run of the program has left of that.
        """
        async with self._one_at_a_time:
            async with self._database.snapshot() as connection:
                left = await leftovers.every(connection)
            if not left:
                return
            settled = {sha256 for sha256 in left if sha256 and await self._is_rid_of(sha256)}
            if leftovers.THE_DATABASE in left and await self._is_scrubbed():
                settled.add(leftovers.THE_DATABASE)
            async with self._database.atomic() as connection:
                if self._rebuilt != self._forgotten:
                    # Something more was forgotten meanwhile.
                    settled.discard(leftovers.THE_DATABASE)
                await leftovers.settle(connection, settled)

    async def _is_scrubbed(self) -> bool:
        """Whether what was forgotten is in no file of the database's any more.

        Another program may read it for ever, as one that copies it elsewhere does: the file is not
        rebuilt at each try.
        """
        if self._rebuilt != self._forgotten:
            forgotten = self._forgotten
            await self._database.rebuild()
            self._rebuilt = forgotten
        return await self._database.empty_log()

    async def _is_rid_of(self, sha256: str) -> bool:
        """Whether the file is gone, unless a journal names it."""
        # Nobody comes to name it meanwhile.
        async with self._database.atomic() as connection:
            if await leftovers.is_needed(connection, sha256):
                return True
            try:
                await asyncio.to_thread(self._remove, sha256)
            except OSError as error:
                _LOG.error("a file of a forgotten journal cannot be deleted: %s", error)
                return False
        return True

    def _remove(self, sha256: str) -> None:
        self._places.path_of(sha256).unlink(missing_ok=True)
