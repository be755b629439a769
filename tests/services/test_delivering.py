"""A chat that closes and opens while its draft is on its way, on a real database."""

from __future__ import annotations

import sqlite3
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from unittest.mock import AsyncMock

import pytest

from bot.domain.entry import ChatId, JournalId
from bot.domain.journal import Journal
from bot.domain.week import IsoWeek
from bot.services.delivering import Delivering
from bot.services.opening import open_database
from bot.services.ports import ChatClosedError, Courier
from bot.services.reporting import Reporting
from bot.storage import journals
from bot.storage.database import Database
from tests.clock import FakeClock
from tests.storage.seeding import fill, seed

_SUNDAY = datetime(2023, 10, 8, 12, 0, tzinfo=UTC)
_JOURNAL = JournalId(1)


class _Chat:
    """A chat that is closed until somebody writes in it."""

    def __init__(self, database: Database, clock: FakeClock) -> None:
        self._database = database
        self._clock = clock
        self.tries = 0
        self.received: list[IsoWeek] = []
        self.opens_at_try = 0
        self._is_open = False
        self.courier = AsyncMock(spec=Courier)
        self.courier.send_empty.side_effect = self._take

    async def write(self) -> None:
        """Somebody writes."""
        self._is_open = True
        async with self._database.atomic() as connection:
            await journals.set_open(connection, _JOURNAL, self._clock.now())

    async def _take(self, _chat: ChatId, _journal: Journal, week: IsoWeek) -> None:
        """The refusal may cross what somebody writes."""
        self.tries += 1
        was_open = self._is_open
        if self.tries == self.opens_at_try:
            await self.write()
        if not was_open:
            raise ChatClosedError("bot was blocked by the user")
        self.received.append(week)


@asynccontextmanager
async def _delivering(folder: Path, clock: FakeClock) -> AsyncIterator[tuple[Delivering, _Chat]]:
    """A journal of this week whose draft is due this very second."""
    path = folder / "weeknotes.db"
    await seed(path, entries=0)
    fill(path, 0)
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("INSERT INTO chats VALUES (1001, 1, 0)")
        created, due = _SUNDAY - timedelta(days=5), _SUNDAY
        connection.execute(
            "UPDATE journals SET created_at = ?, next_due_at = ?",
            (created.timestamp(), due.timestamp()),
        )
    clock.set(_SUNDAY)
    async with await open_database(path, clock) as database:
        chat = _Chat(database, clock)
        yield Delivering(database, clock, Reporting(database), chat.courier), chat


@pytest.mark.parametrize("seconds", [0, 1, 600])
async def test_who_writes_while_a_draft_is_refused_gets_it(
    tmp_path: Path, clock: FakeClock, seconds: int
) -> None:
    """The refusal is older than what was written, in whatever second both arrive."""
    async with _delivering(tmp_path, clock) as (delivering, chat):
        clock.advance(timedelta(seconds=seconds))
        chat.opens_at_try = 1
        await delivering.deliver_due()
        assert (chat.tries, chat.received) == (1, [])
        for _ in range(2):
            await delivering.deliver_due()
        assert (chat.tries, chat.received) == (2, [IsoWeek(2023, 40)])


async def test_what_is_written_puts_off_no_draft(tmp_path: Path, clock: FakeClock) -> None:
    """However much of it there is in the second in which the draft is due."""
    async with _delivering(tmp_path, clock) as (delivering, chat):
        for _ in range(100):
            await chat.write()
        await delivering.deliver_due()
        assert chat.received == [IsoWeek(2023, 40)]


async def test_a_closed_chat_is_asked_no_more_until_somebody_writes(
    tmp_path: Path, clock: FakeClock
) -> None:
    """Then what waited comes, once."""
    async with _delivering(tmp_path, clock) as (delivering, chat):
        for _ in range(3):
            await delivering.deliver_due()
            clock.advance(timedelta(minutes=10))
        assert chat.tries == 1
        await chat.write()
        for _ in range(2):
            await delivering.deliver_due()
        assert (chat.tries, chat.received) == (2, [IsoWeek(2023, 40)])
