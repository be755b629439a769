"""Pictures that Telegram does not know as photos yet, made small for previews."""

from __future__ import annotations

import logging
from collections import OrderedDict
from collections.abc import Iterable, Mapping
from typing import Final

from bot.services.ports import PictureShelf, PictureShrinker
from bot.storage import photo_ids
from bot.storage.database import Database

_LOG = logging.getLogger(__name__)
_MOST_KEPT: Final = 16


class Thumbnails:
    """Small JPEGs by the SHA-256 of their pictures, and Telegram's ids of those once sent."""

    def __init__(self, database: Database, shelf: PictureShelf, shrinker: PictureShrinker) -> None:
        self._database = database
        self._shelf = shelf
        self._shrinker = shrinker
        self._made: OrderedDict[str, bytes | None] = OrderedDict()

    async def known(self, pictures: Iterable[str]) -> Mapping[str, str]:
        """Telegram's file ids of those that were sent before."""
        async with self._database.snapshot() as connection:
            return await photo_ids.of(connection, pictures)

    async def learn(self, ids: Mapping[str, str]) -> None:
        """Telegram has these now."""
        async with self._database.atomic() as connection:
            await photo_ids.keep(connection, ids)

    async def jpeg(self, sha256: str) -> bytes | None:
        """The picture as a small JPEG; None where it cannot be shown as one."""
        if sha256 not in self._made:
            try:
                made = await self._shrinker.shrink(await self._shelf.read(sha256))
            except OSError as error:
                _LOG.error("a picture cannot be read: %s", error)
                return None
            self._made[sha256] = made
            while len(self._made) > _MOST_KEPT:
                self._made.popitem(last=False)
        self._made.move_to_end(sha256)
        return self._made[sha256]
