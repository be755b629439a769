"""Work in the background is done once, and nothing that takes long delays the rest."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from sqlite3 import OperationalError

from bot.services.chores import Chores
from tests.e2e.processes import until


class _Work:
    """Numbers that wait to be done; those that `hang` take until they are released."""

    def __init__(self, *waiting: int, hang: int = 0) -> None:
        self.waiting = list(waiting)
        self.hang = hang
        self.begun: list[int] = []
        self.done: list[int] = []
        self.most = 0
        self.faults = 0
        self._under_way = 0
        self.released = asyncio.Event()

    async def first(self, limit: int) -> list[int]:
        """Those that wait, as a database tells it: what it said may be old when it is heard."""
        if self.faults:
            self.faults -= 1
            raise OperationalError("database is locked")
        found = self.waiting[:limit]
        await asyncio.sleep(0.002)
        return found

    async def do(self, number: int) -> None:
        """The number is done."""
        self.begun.append(number)
        self._under_way += 1
        self.most = max(self.most, self._under_way)
        if number < self.hang:
            await self.released.wait()
        await asyncio.sleep(0.001)
        self._under_way -= 1
        self.waiting.remove(number)
        self.done.append(number)


@asynccontextmanager
async def _working(work: _Work, at_once: int) -> AsyncIterator[Chores[int]]:
    chores = Chores("numbers", work.first, work.do, at_once)
    running = asyncio.create_task(chores.run())
    try:
        yield chores
    finally:
        running.cancel()
        with suppress(asyncio.CancelledError):
            await running


async def test_each_is_done_once_and_no_more_at_once_than_allowed() -> None:
    """However often it is woken meanwhile."""
    work = _Work(*range(60))
    async with _working(work, 4) as chores:
        chores.wake()
        while work.waiting:
            chores.wake()
            await asyncio.sleep(0.0005)
    assert sorted(work.done) == list(range(60))
    assert len(work.begun) == 60
    assert work.most == 4


async def test_one_that_hangs_delays_no_other() -> None:
    """The rest is done beside it."""
    work = _Work(*range(20), hang=3)
    async with _working(work, 4) as chores:
        chores.wake()
        await until(lambda: len(work.done) == 17)
        work.released.set()
        await until(lambda: len(work.done) == 20)


async def test_a_database_at_fault_is_asked_again_at_the_next_knock() -> None:
    """Nothing is lost and nothing ends."""
    work = _Work(1, 2)
    work.faults = 1
    async with _working(work, 4) as chores:
        chores.wake()
        await asyncio.sleep(0.01)
        assert work.done == []
        chores.wake()
        await until(lambda: len(work.done) == 2)
