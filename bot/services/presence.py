"""Telegram keeps messages for a day: after a longer absence people hear what may be missing."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable
from datetime import datetime, timedelta

from bot.domain.entry import ChatId, JournalId
from bot.services.ports import ChatClosedError, Clock, Courier, NotSentError
from bot.storage import journals, presence
from bot.storage.database import Database
from bot.storage.presence import Absence

_LOG = logging.getLogger(__name__)
_KEPT = timedelta(hours=24)
# How far behind the record may be: it need not be written at each poll.
_STALE = timedelta(minutes=5)
# For what is being said when the program ends; it has five seconds for everything.
_LAST_SECONDS = 1.0


class Presence:
    """Keeps the record of when Telegram was heard, and tells of gaps in it."""

    def __init__(self, database: Database, clock: Clock, courier: Courier) -> None:
        self._database = database
        self._clock = clock
        self._courier = courier
        self._one_at_a_time = asyncio.Lock()
        self._not_before: dict[JournalId, datetime] = {}

    async def hear(self) -> None:
        """Telegram was heard just now; where that was long before, an absence is noted."""
        now = self._clock.now()
        async with self._database.snapshot() as connection:
            before = await presence.heard_at(connection)
        if before is not None and timedelta() <= now - before < _STALE:
            return
        async with self._database.atomic() as connection:
            if before is not None and now - before > _KEPT:
                await presence.note_absence(connection, before, now - _KEPT)
            await presence.set_heard(connection, now)

    async def tell(self) -> None:
        """Each journal has heard of its absences, once; where its chat does not answer, later."""
        async with self._one_at_a_time:
            async with self._database.snapshot() as connection:
                untold = await presence.untold(connection)
            now = self._clock.now()
            waiting = [one for one in untold if self._not_before.get(one.journal_id, now) <= now]
            if not waiting:
                return
            self._courier.expect(len(waiting))
            for absence in waiting:
                try:
                    async with self._database.snapshot() as connection:
                        chat_id = await journals.chat_of(connection, absence.journal_id)
                except LookupError:
                    continue
                await self._courier.turn(chat_id)
                await _finished_soon(self._tell(chat_id, absence))

    async def _tell(self, chat_id: ChatId, absence: Absence) -> None:
        async with self._database.snapshot() as connection:
            journal = await journals.find(connection, absence.journal_id)
        # It was forgotten, or its people removed, while others were told.
        if journal is None or journal.is_shut:
            return
        try:
            await self._courier.tell_absence(chat_id, journal, absence.since, absence.until)
        except ChatClosedError:
            _LOG.info("journal %d: its chat is closed to the bot", journal.id)
        except NotSentError as error:
            _LOG.warning("journal %d was not told of an absence: %s", journal.id, error)
            self._not_before[journal.id] = self._clock.now() + error.wait
            return
        except Exception:  # noqa: BLE001 -- it may have arrived, and is not worth saying twice
            _LOG.warning("journal %d may have been told of an absence", journal.id, exc_info=True)
        async with self._database.atomic() as connection:
            await presence.set_told(connection, absence)


async def _finished_soon(work: Awaitable[None]) -> None:
    """The work has ended. Where the task was cancelled meanwhile, it had a second for that.

    So what was said is noted as a rule; what was not noted is said once more by the next start.
    """
    task = asyncio.ensure_future(work)
    try:
        await asyncio.shield(task)
    except asyncio.CancelledError:
        await asyncio.wait([task], timeout=_LAST_SECONDS)
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)
        raise
