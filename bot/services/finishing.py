"""Weeks that are done. What is added later is kept as ever, and the bot asks what to do with it."""

from __future__ import annotations

from dataclasses import dataclass, replace

from bot.domain.entry import ChatId, Entry, MessageKey
from bot.domain.journal import Journal
from bot.domain.week import IsoWeek
from bot.services.ports import Clock
from bot.services.reporting import CompiledWeek, Reporting
from bot.storage import entries, journals, weeks
from bot.storage.database import Connection, Database
from bot.storage.weeks import Final

__all__ = ["Final", "Finishing", "LateNews"]


@dataclass(frozen=True, slots=True)
class LateNews:
    """A done week as it stands now, and the entries that have come since its file was sent.

    `chat_id` is where the journal's people hear of it.
    """

    week: CompiledWeek
    entries: tuple[Entry, ...]
    chat_id: ChatId


class Finishing:
    """Closes weeks and opens them again."""

    def __init__(self, database: Database, clock: Clock, reporting: Reporting) -> None:
        self._database = database
        self._clock = clock
        self._reporting = reporting

    async def finish(self, journal: Journal, week: IsoWeek) -> CompiledWeek:
        """The week is done; given as its file is to be sent. Once more, it changes nothing."""
        async with self._database.atomic() as connection:
            if not await weeks.is_done(connection, journal.id, week):
                await weeks.set_done(connection, journal.id, week, self._clock.now())
            now = await self._reporting.compile(journal, week)
            await _set_final(connection, now)
            return replace(now, sent=now.fingerprint)

    async def reopen(self, journal: Journal, week: IsoWeek) -> bool:
        """Whether the week was done; it is open now."""
        async with self._database.atomic() as connection:
            was_done = await weeks.is_done(connection, journal.id, week)
            if was_done:
                await weeks.set_done(connection, journal.id, week, None)
            return was_done

    async def sent(self, week: CompiledWeek) -> None:
        """The file of the week as it was compiled has reached a chat."""
        async with self._database.atomic() as connection:
            if await weeks.is_done(connection, week.journal.id, week.week):
                await _set_final(connection, week)

    async def changed(self) -> list[Final]:
        """The files of done weeks that have changed since they were looked at."""
        async with self._database.snapshot() as connection:
            return await weeks.changed(connection)

    async def news(self, final: Final) -> LateNews:
        """What is new in a done week."""
        async with self._database.snapshot() as connection:
            journal = await journals.get(connection, final.journal_id)
            chat_id = await journals.chat_of(connection, final.journal_id)
            late = await entries.late(connection, final.journal_id, final.week, final.last_entry)
        return LateNews(await self._reporting.compile(journal, final.week), tuple(late), chat_id)

    async def question_of(self, journal: Journal, week: IsoWeek) -> MessageKey | None:
        """The bot's open question about what came late."""
        async with self._database.snapshot() as connection:
            final = await weeks.final_of(connection, journal.id, week)
        return None if final is None else final.question

    async def set_looked_at(self, final: Final, number: int, question: MessageKey | None) -> None:
        """The week was looked at up to that change, and that is what is asked now."""
        async with self._database.atomic() as connection:
            await weeks.set_looked_at(connection, final, number, question)

    async def set_answered(self, journal: Journal, week: IsoWeek) -> None:
        """What was asked about the week is settled."""
        async with self._database.atomic() as connection:
            final = await weeks.final_of(connection, journal.id, week)
            if final is not None:
                await weeks.set_looked_at(connection, final, final.number, None)


async def _set_final(connection: Connection, week: CompiledWeek) -> None:
    await weeks.set_final(
        connection, week.journal.id, week.week, week.fingerprint, week.last_entry, week.change
    )
