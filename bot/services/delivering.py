"""Sunday: the drafts that are due reach their chats, each once.

Telegram has no idempotency key, so every step is claimed before it is sent and completed
after. A claim that was never completed is in doubt: it may have arrived.
"""

from __future__ import annotations

import asyncio
import logging
import sqlite3
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta

from bot.domain.entry import ChatId, JournalId
from bot.domain.journal import Journal
from bot.domain.schedule import due_weeks, next_instant
from bot.domain.week import IsoWeek
from bot.services.chores import end_all
from bot.services.ports import ChatClosedError, Clock, Courier, NotSentError
from bot.services.reporting import CompiledWeek, Reporting
from bot.storage import journals, ledger
from bot.storage.database import Database
from bot.storage.ledger import DRAFT, Claim, Step

_LOG = logging.getLogger(__name__)
_AT_ONCE = 40
# More than can be sent from one knock to the next; looking at all of them would take its time.
_MOST_UNDER_WAY = 1000
_FIRST_PAUSE = timedelta(seconds=20)
_LONGEST_PAUSE = timedelta(hours=1)


class Delivering:
    """Sends what is due."""

    def __init__(
        self, database: Database, clock: Clock, reporting: Reporting, courier: Courier
    ) -> None:
        self._database = database
        self._clock = clock
        self._reporting = reporting
        self._courier = courier
        self._room = asyncio.Semaphore(_AT_ONCE)
        self._under_way: dict[JournalId, asyncio.Task[None]] = {}
        self._failures: dict[JournalId, int] = {}

    async def begin_due(self) -> None:
        """Every draft that is due by now is on its way, of very many those due longest.

        A journal whose draft is on its way already is left to that, so that an open claim is
        always one of an earlier try; nobody waits for a chat that takes its time.
        """
        # These may still be told to be due though they are done by the time that this is known.
        known = set(self._under_way)
        async with self._database.snapshot() as connection:
            most = _MOST_UNDER_WAY - len(known)
            due = await journals.due(connection, self._clock.now(), known, most)
        known |= self._under_way.keys()
        waiting = [journal for journal in due if journal.id not in known]
        if waiting:
            self._courier.expect(len(self._under_way) + len(waiting))
        for journal in waiting:
            self._begin(journal)

    async def deliver_due(self) -> None:
        """Every draft that is due by now has been sent, or stays due; of very many so many."""
        await self.begin_due()
        await asyncio.gather(*self._under_way.values())

    async def stop(self) -> None:
        """Nothing is on its way any more; what is in the middle of a step stays in doubt."""
        await end_all(list(self._under_way.values()))

    def _begin(self, journal: Journal) -> None:
        task = asyncio.create_task(self._take_up(journal), name=f"draft of {journal.id}")
        self._under_way[journal.id] = task
        task.add_done_callback(lambda _: self._under_way.pop(journal.id))

    async def _take_up(self, journal: Journal) -> None:
        try:
            async with self._room:
                await self._try(journal)
        except sqlite3.Error as error:
            _LOG.error("a draft waits, because the database is at fault: %s", error)

    async def _try(self, journal: Journal) -> None:
        async with self._database.snapshot() as connection:
            due_at = await journals.due_at(connection, journal.id)
        try:
            await self._deliver_journal(journal)
            self._failures.pop(journal.id, None)
        except ChatClosedError:
            _LOG.warning("journal %d: its chat is closed to the bot until it writes", journal.id)
            async with self._database.atomic() as connection:
                await journals.set_closed(connection, journal.id, due_at)
        except NotSentError as error:
            _LOG.warning("journal %d: a draft was not sent: %s", journal.id, error)
            await self._postpone(journal, max(self._pause(journal), error.wait))
        except Exception:  # noqa: BLE001 -- one journal's fault must not keep the others waiting
            _LOG.warning("journal %d: a draft is in doubt", journal.id, exc_info=True)
            await self._postpone(journal, self._pause(journal))

    def _pause(self, journal: Journal) -> timedelta:
        """Longer after each failure: an outage is outlasted, and nobody is flooded."""
        failures = self._failures[journal.id] = self._failures.get(journal.id, 0) + 1
        pause: timedelta = _FIRST_PAUSE * 3 ** min(failures - 1, 10)
        return min(pause, _LONGEST_PAUSE)

    async def _postpone(self, journal: Journal, pause: timedelta) -> None:
        async with self._database.atomic() as connection:
            await journals.set_due(connection, journal.id, self._clock.now() + pause)

    async def _deliver_journal(self, journal: Journal) -> None:
        async with self._database.snapshot() as connection:
            done = await ledger.delivered(connection, journal.id)
            chat_id = await journals.chat_of(connection, journal.id)
        due = due_weeks(self._clock.now(), journal.draft_at, journal.zone, journal.created_at, done)
        for week in due:
            compiled = await self._reporting.compile(journal, week)
            if compiled.is_empty or compiled.is_done:
                # Whoever has closed the week has its file.
                newest = week == due[-1] and not compiled.is_done
                await self._deliver_empty(chat_id, journal, week, newest=newest)
            else:
                await self._deliver(chat_id, compiled)
        async with self._database.atomic() as connection:
            done |= set(due)
            # As it is set up now: that may have changed while the drafts were on their way.
            now = await journals.get(connection, journal.id)
            following = next_instant(now.draft_at, now.zone, now.created_at, done)
            await journals.set_due(connection, journal.id, following)

    async def _deliver(self, chat_id: ChatId, week: CompiledWeek) -> None:
        # A claim is made when nothing is waited for any more but the answer: whoever is stopped
        # while drafts wait for their turn leaves none in doubt.
        await self._courier.turn(chat_id)
        preview = await self._claim(week.journal, week.week, Step.PREVIEW)
        if preview is not Claim.DONE:
            async with self._completing(week.journal, week.week, Step.PREVIEW):
                again = preview is Claim.IN_DOUBT
                await self._courier.send_preview(chat_id, week, again=again)
        await self._courier.turn(chat_id)
        file = await self._claim(week.journal, week.week, Step.FILE)
        if file is Claim.NEW:
            async with self._completing(week.journal, week.week, Step.FILE):
                await self._courier.send_file(chat_id, week)
        elif file is Claim.IN_DOUBT:
            async with self._completing(week.journal, week.week, Step.FILE):
                await self._courier.offer_file(chat_id, week.journal, week.week)

    async def _deliver_empty(
        self, chat_id: ChatId, journal: Journal, week: IsoWeek, *, newest: bool
    ) -> None:
        """One short line; of several missed weeks the empty ones are passed over in silence."""
        if newest:
            await self._courier.turn(chat_id)
        for step in DRAFT:
            claim = await self._claim(journal, week, step)
            async with self._completing(journal, week, step):
                if newest and step is Step.PREVIEW and claim is Claim.NEW:
                    await self._courier.send_empty(chat_id, journal, week)

    async def _claim(self, journal: Journal, week: IsoWeek, step: Step) -> Claim:
        async with self._database.atomic() as connection:
            return await ledger.claim(connection, journal.id, week, step, self._clock.now())

    @asynccontextmanager
    async def _completing(self, journal: Journal, week: IsoWeek, step: Step) -> AsyncIterator[None]:
        """The step is done once the block is; it is as if never begun where nothing was sent."""
        try:
            yield
        except NotSentError:
            async with self._database.atomic() as connection:
                await ledger.release(connection, journal.id, week, step)
            raise
        async with self._database.atomic() as connection:
            await ledger.complete(connection, journal.id, week, step, self._clock.now())
