"""Pictures and other files are fetched at once and owned; what fails is tried again."""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable, Sequence
from datetime import timedelta
from enum import StrEnum
from pathlib import PurePosixPath

from bot.domain.entry import EntryId
from bot.services.chores import Chores
from bot.services.ports import (
    Clock,
    FetchError,
    FileSource,
    Location,
    PictureInspector,
    PictureShelf,
)
from bot.storage import leftovers, pictures
from bot.storage.database import Database
from bot.storage.pictures import KeptFile, StoredPicture

_LOG = logging.getLogger(__name__)
_AT_ONCE = 4
_FIRST_PAUSE = timedelta(seconds=5)
_LONGEST_PAUSE = timedelta(hours=1)

# Telegram keeps a file available for at least an hour and a file id for good: a day of tries
# outlasts any fault that is not final.
_TRIES = 30


class FileNews(StrEnum):
    """What a person has to know of a file that they sent."""

    MISSING = "missing"
    LOCATION_STUCK = "location stuck"


Tell = Callable[[EntryId, FileNews, str], Awaitable[None]]


class Fetching:
    """Brings files to the shelf, in the background."""

    def __init__(
        self,
        database: Database,
        clock: Clock,
        source: FileSource,
        shelf: PictureShelf,
        inspector: PictureInspector,
        tell: Tell,
    ) -> None:
        self._database = database
        self._clock = clock
        self._source = source
        self._shelf = shelf
        self._inspector = inspector
        self._tell = tell
        self._chores = Chores("files", self._waiting, self._fetch, _AT_ONCE)

    def wake(self) -> None:
        """There may be files to fetch."""
        self._chores.wake()

    async def run(self) -> None:
        """Fetches whenever it is woken, until cancelled."""
        await self._chores.run()

    async def _waiting(self, limit: int) -> Sequence[StoredPicture]:
        # After every batch of messages, and hardly ever is there one.
        async with self._database.snapshot(swiftly=True) as connection:
            return await pictures.waiting(connection, self._clock.now(), limit)

    async def _fetch(self, picture: StoredPicture) -> None:
        try:
            content = await self._source.fetch(picture.file_id)
            kept, content = await self._keep(picture, content)
        except (FetchError, OSError) as error:
            await self._failed(picture, error)
            return
        async with self._database.atomic() as connection:
            if not await pictures.set_kept(connection, picture.id, kept):
                # Its journal was forgotten meanwhile.
                await leftovers.note(connection, [kept.sha256])
                return
        # It may have been cleaned away before it was named here.
        await self._shelf.keep(content)
        if kept.location == Location.STUCK:
            _LOG.warning("file %s still tells where it was taken", kept.name)
            await self._tell_sender(picture, FileNews.LOCATION_STUCK, kept.name)

    async def _keep(self, picture: StoredPicture, content: bytes) -> tuple[KeptFile, bytes]:
        """The file on the shelf, named after what it really is, and its content. Raises OSError."""
        found = None
        if picture.is_picture:
            found = await self._inspector.inspect(content, keep_location=picture.keeps_location)
        if found is None:
            sha256 = await self._shelf.keep(content)
            return KeptFile(sha256, picture.name, None, Location.NONE), content
        sha256 = await self._shelf.keep(found.content)
        name = str(PurePosixPath(picture.name).with_suffix(found.suffix))
        kept = KeptFile(sha256, name, (found.width, found.height), found.location)
        return kept, found.content

    async def _failed(self, picture: StoredPicture, error: FetchError | OSError) -> None:
        tries = picture.tries + 1
        final = tries >= _TRIES or (isinstance(error, FetchError) and error.final)
        pause = min(_FIRST_PAUSE * 2 ** min(tries - 1, 20), _LONGEST_PAUSE)
        retry_at = None if final else self._clock.now() + pause
        _LOG.warning("file %s: %s, try %d, next at %s", picture.name, error, tries, retry_at)
        async with self._database.atomic() as connection:
            await pictures.set_failed(connection, picture.id, str(error), retry_at)
        if final:
            await self._tell_sender(picture, FileNews.MISSING, picture.name)

    async def _tell_sender(self, picture: StoredPicture, news: FileNews, name: str) -> None:
        # All lines are searched for the file, so only where there is something to tell.
        async with self._database.snapshot() as connection:
            entry_id = await pictures.entry_of(connection, picture.id)
        if entry_id is not None:
            await self._tell(entry_id, news, name)
