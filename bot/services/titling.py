"""The titles of linked pages are fetched in the background; the report never waits for them."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from datetime import timedelta

from bot.services.chores import Chores
from bot.services.ports import Clock, PageError, PageTitles
from bot.storage import links
from bot.storage.database import Database
from bot.storage.links import WaitingLink

_LOG = logging.getLogger(__name__)
_AT_ONCE = 8
# Pages that are asked in all: so many at once, and then so many in a second.
_MOST_AT_ONCE = 120
_A_SECOND = 2

# A page that is away for longer keeps its bare link.
_PAUSES = (timedelta(minutes=1), timedelta(minutes=10), timedelta(hours=1), timedelta(hours=6))


class Titling:
    """Asks pages for their titles."""

    def __init__(self, database: Database, clock: Clock, pages: PageTitles) -> None:
        self._database = database
        self._clock = clock
        self._pages = pages
        self._left = float(_MOST_AT_ONCE)
        self._counted_at = clock.now()
        self._chores = Chores("page titles", self._waiting, self._ask, _AT_ONCE)

    def wake(self) -> None:
        """There may be titles to fetch."""
        self._chores.wake()

    async def run(self) -> None:
        """Fetches whenever it is woken, until cancelled."""
        await self._chores.run()

    async def _waiting(self, limit: int) -> Sequence[WaitingLink]:
        now = self._clock.now()
        passed = (now - self._counted_at).total_seconds()
        self._left = min(self._left + max(passed, 0) * _A_SECOND, _MOST_AT_ONCE)
        self._counted_at = now
        if self._left < 1:
            # The next knock looks again.
            return []
        # After every batch of messages, and few have a link.
        async with self._database.snapshot(swiftly=True) as connection:
            return await links.waiting(connection, self._clock.now(), limit)

    async def _ask(self, link: WaitingLink) -> None:
        self._left -= 1
        try:
            title = await self._pages.title_of(link.address)
        except PageError as error:
            final = error.final or link.tries >= len(_PAUSES)
            retry_at = None if final else self._clock.now() + _PAUSES[link.tries]
            # The address is the person's own business and no matter for a log.
            _LOG.info(
                "a page has no title: %s, try %d, next at %s", error, link.tries + 1, retry_at
            )
            async with self._database.atomic() as connection:
                await links.set_failed(connection, link.address, str(error), retry_at)
            return
        async with self._database.atomic() as connection:
            await links.set_title(connection, link.address, title)
