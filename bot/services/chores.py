"""Work in the background: what the database says is to be done, so much of it at once."""

from __future__ import annotations

import asyncio
import logging
import sqlite3
from collections.abc import Awaitable, Callable, Hashable, Sequence
from typing import Generic, TypeVar

_LOG = logging.getLogger(__name__)

Chore = TypeVar("Chore", bound=Hashable)


class Chores(Generic[Chore]):
    """Does chores that wait, each as soon as there is room; one that takes long delays no other.

    `waiting` gives the first so many that are to be done by now; `do` does one, and must leave
    it done or waiting for later. `name` is for the log.
    """

    def __init__(
        self,
        name: str,
        waiting: Callable[[int], Awaitable[Sequence[Chore]]],
        do: Callable[[Chore], Awaitable[None]],
        at_once: int,
    ) -> None:
        self._name = name
        self._waiting = waiting
        self._do = do
        self._at_once = at_once
        self._wanted = asyncio.Event()
        self._under_way: dict[Chore, asyncio.Task[None]] = {}

    def wake(self) -> None:
        """There may be something to do."""
        self._wanted.set()

    async def run(self) -> None:
        """Works whenever it is woken, until cancelled."""
        try:
            while True:
                await self._wanted.wait()
                self._wanted.clear()
                await self._begin()
        finally:
            await end_all(list(self._under_way.values()))

    async def _begin(self) -> None:
        """As many are under way as there is room for."""
        # These may still be told to wait though they are done by the time that this is known.
        known = set(self._under_way)
        try:
            waiting = await self._waiting(2 * self._at_once)
        except sqlite3.Error as error:
            _LOG.error("%s wait, because the database is at fault: %s", self._name, error)
            return
        for chore in waiting:
            if len(self._under_way) >= self._at_once:
                return
            if chore not in known:
                self._under_way[chore] = asyncio.create_task(self._work(chore))

    async def _work(self, chore: Chore) -> None:
        done = False
        try:
            await self._do(chore)
            done = True
        except sqlite3.Error as error:
            _LOG.error("%s wait, because the database is at fault: %s", self._name, error)
        except Exception:  # noqa: BLE001 -- one chore's fault must not end the work on all others
            _LOG.exception("%s: one failed", self._name)
        finally:
            self._under_way.pop(chore, None)
            # What could not be done waits for the next knock, not for a loop without end.
            if done:
                self.wake()


async def end_all(tasks: Sequence[asyncio.Task[None] | asyncio.Task[bool]]) -> None:
    """The tasks have ended; one that had done so by itself is told of."""
    for task in tasks:
        task.cancel()
    for outcome in await asyncio.gather(*tasks, return_exceptions=True):
        if isinstance(outcome, Exception):
            _LOG.error("background work had ended by itself", exc_info=outcome)
