"""Pictures are fetched at once and owned; what fails is tried again."""

from __future__ import annotations

import asyncio
import logging
import sqlite3
from collections.abc import Awaitable, Callable
from datetime import timedelta

from bot.domain.entry import EntryId
from bot.services.ports import Clock, FetchError, FileSource, PictureShelf
from bot.storage import pictures
from bot.storage.database import Database
from bot.storage.pictures import StoredPicture

_LOG = logging.getLogger(__name__)
_AT_ONCE = 4
_FIRST_PAUSE = timedelta(seconds=5)
_LONGEST_PAUSE = timedelta(hours=1)

# Telegram keeps a file available for at least an hour and a file id for good: a day of tries
# outlasts any fault that is not final.
_TRIES = 30

TellMissing = Callable[[EntryId, str], Awaitable[None]]


class Fetching:
    """Brings the files of pictures to the shelf, in the background."""

    def __init__(
        self,
        database: Database,
        clock: Clock,
        source: FileSource,
        shelf: PictureShelf,
        tell_missing: TellMissing,
    ) -> None:
        self._database = database
        self._clock = clock
        self._source = source
        self._shelf = shelf
        self._tell_missing = tell_missing
        self._wanted = asyncio.Event()

    def wake(self) -> None:
        """There may be pictures to fetch."""
        self._wanted.set()

    async def run(self) -> None:
        """Fetches whenever it is woken, until cancelled."""
        while True:
            self._wanted.clear()
            try:
                while await self.fetch_waiting():
                    pass
            except sqlite3.Error as error:
                _LOG.error("pictures wait, because the database is at fault: %s", error)
            await self._wanted.wait()

    async def fetch_waiting(self) -> bool:
        """Whether there were pictures to fetch; each of them is here now, or waits again."""
        async with self._database.snapshot() as connection:
            waiting = await pictures.waiting(connection, self._clock.now(), _AT_ONCE)
        await asyncio.gather(*(self._fetch(picture) for picture in waiting))
        return bool(waiting)

    async def _fetch(self, picture: StoredPicture) -> None:
        try:
            sha256 = await self._shelf.keep(await self._source.fetch(picture.file_id))
        except (FetchError, OSError) as error:
            await self._failed(picture, error)
            return
        async with self._database.atomic() as connection:
            await pictures.set_kept(connection, picture.id, sha256)

    async def _failed(self, picture: StoredPicture, error: FetchError | OSError) -> None:
        tries = picture.tries + 1
        final = tries >= _TRIES or (isinstance(error, FetchError) and error.final)
        pause = min(_FIRST_PAUSE * 2 ** min(tries - 1, 20), _LONGEST_PAUSE)
        retry_at = None if final else self._clock.now() + pause
        _LOG.warning("picture %s: %s, try %d, next at %s", picture.name, error, tries, retry_at)
        async with self._database.atomic() as connection:
            await pictures.set_failed(connection, picture.id, str(error), retry_at)
            entry_id = await pictures.entry_of(connection, picture.id)
        if final and entry_id is not None:
            await self._tell_missing(entry_id, picture.name)
