"""Before the draft, people hear once what is still untagged or missing, where they wish to."""

from __future__ import annotations

import asyncio
import logging
import sqlite3
from datetime import datetime, timedelta

from bot.domain.entry import ChatId, JournalId
from bot.domain.journal import Journal
from bot.domain.schedule import draft_instant, next_reminder, week_of_draft
from bot.services.ports import ChatClosedError, Clock, Courier, NotSentError
from bot.services.reporting import CompiledWeek, Reporting
from bot.storage import journals, ledger, reminders
from bot.storage.database import Database, finished
from bot.storage.ledger import Claim, Step

_LOG = logging.getLogger(__name__)
_PAUSE = timedelta(minutes=1)
# For what is set up so that no reminder ever comes.
_A_DAY = timedelta(days=1)


def lacks_something(week: CompiledWeek) -> bool:
    """Whether there is anything to remind of."""
    return bool(week.untagged or week.empty_sections or not week.has_summary)


class Reminding:
    """Sends the reminders that are due."""

    def __init__(
        self, database: Database, clock: Clock, reporting: Reporting, courier: Courier
    ) -> None:
        self._database = database
        self._clock = clock
        self._reporting = reporting
        self._courier = courier
        self._one_at_a_time = asyncio.Lock()
        self._wanted = asyncio.Event()

    def wake(self) -> None:
        """Reminders may be due."""
        self._wanted.set()

    async def run(self) -> None:
        """Sends what is due whenever it is woken, until cancelled."""
        while True:
            await self._wanted.wait()
            self._wanted.clear()
            try:
                await self.remind_due()
            except sqlite3.Error as error:
                _LOG.error("reminders wait, because the database is at fault: %s", error)

    async def remind_due(self) -> None:
        """Every reminder that is due by now has been sent, put off, or let go.

        One that was missed until its draft is due is let go: the draft says the same.
        """
        async with self._one_at_a_time:
            async with self._database.snapshot() as connection:
                due = await reminders.due(connection, self._clock.now())
            for journal_id, due_at in due:
                # What was said is noted, also where the program is asked to end meanwhile.
                await finished(self._try(journal_id, due_at))

    async def _try(self, journal_id: JournalId, due_at: datetime | None) -> None:
        try:
            await self._take_up(journal_id, due_at)
        except sqlite3.Error:
            raise
        except Exception:  # noqa: BLE001 -- one journal's fault must not keep the others waiting
            _LOG.warning("journal %d cannot be reminded", journal_id, exc_info=True)
            async with self._database.atomic() as connection:
                await reminders.set_next(connection, journal_id, self._clock.now() + _A_DAY)

    async def _take_up(self, journal_id: JournalId, due_at: datetime | None) -> None:
        async with self._database.snapshot() as connection:
            journal = await journals.get(connection, journal_id)
        put_off_until = None
        if due_at is not None:
            put_off_until = await self._remind(journal, due_at)
        now = self._clock.now()
        async with self._database.atomic() as connection:
            # As it is set up now: that may have changed while the reminder was on its way.
            journal = await journals.get(connection, journal_id)
            following = put_off_until
            if following is None and journal.remind_at is not None:
                following = next_reminder(now, journal.remind_at, journal.draft_at, journal.zone)
            await reminders.set_next(connection, journal.id, following or now + _A_DAY)

    async def _remind(self, journal: Journal, due_at: datetime) -> datetime | None:
        """When to try again; None where the reminder is settled."""
        week = week_of_draft(due_at, journal.draft_at, journal.zone)
        if self._clock.now() >= draft_instant(week, journal.draft_at, journal.zone):
            return None
        compiled = await self._reporting.compile(journal, week)
        if compiled.is_done or not lacks_something(compiled):
            return None
        async with self._database.snapshot() as connection:
            chat_id = await journals.chat_of(connection, journal.id)
        try:
            await self._send(chat_id, compiled)
        except ChatClosedError:
            _LOG.info("journal %d: its chat is closed to the bot", journal.id)
        except NotSentError as error:
            _LOG.warning("journal %d was not reminded yet: %s", journal.id, error)
            return self._clock.now() + max(_PAUSE, error.wait)
        except Exception:  # noqa: BLE001 -- in doubt, and one journal's fault is not the others'
            _LOG.warning("journal %d may have been reminded", journal.id, exc_info=True)
        return None

    async def _send(self, chat_id: ChatId, week: CompiledWeek) -> None:
        """The reminder is sent unless it was before, for certain or in doubt.

        One in doubt has most likely arrived, and the draft will say the same: a second one would
        only be a nuisance.
        """
        await self._courier.turn(chat_id)
        key = (week.journal.id, week.week, Step.REMINDER)
        async with self._database.atomic() as connection:
            if await ledger.claim(connection, *key, self._clock.now()) is not Claim.NEW:
                return
        try:
            await self._courier.send_reminder(chat_id, week)
        except NotSentError:
            async with self._database.atomic() as connection:
                await ledger.release(connection, *key)
            raise
        async with self._database.atomic() as connection:
            await ledger.complete(connection, *key, self._clock.now())
