"""What is done about things that change once they have come to rest, and put off after faults.

What is to be done, the database knows, so neither a fault nor a restart loses it.
"""

from __future__ import annotations

import asyncio
import logging
import sqlite3
from collections.abc import Awaitable, Callable, Hashable, Sequence
from dataclasses import dataclass
from typing import Final, Generic, TypeVar

from telegram.error import RetryAfter, TelegramError

from bot.chat.messenger import seconds_to_wait
from bot.services.chores import end_all

_LOG = logging.getLogger(__name__)
_TICK_SECONDS: Final = 1.0
# However fast something changes, so much later it is seen to.
_LONGEST_TICKS: Final = 8
_FIRST_PAUSE_TICKS: Final = 20
_LONGEST_PAUSE_TICKS: Final = 3600

Thing = TypeVar("Thing")


@dataclass(slots=True)
class _Waiting:
    """Something that changes: since which tick, how far, and until when it is left alone."""

    since: int
    change: int
    failures: int = 0
    not_before: int = 0


class Resting(Generic[Thing]):
    """Sees to things that have not changed for a second, or have for long.

    `stale` gives those to be seen to; `known_by` their key and their latest change; `see_to`
    must leave one seen to up to that change. `name` is for the log.
    """

    def __init__(
        self,
        name: str,
        stale: Callable[[], Awaitable[Sequence[Thing]]],
        known_by: Callable[[Thing], tuple[Hashable, int]],
        see_to: Callable[[Thing], Awaitable[object]],
    ) -> None:
        self._name = name
        self._stale = stale
        self._known_by = known_by
        self._see_to = see_to
        self._wanted = asyncio.Event()
        # What was left over by the last run of the program.
        self._wanted.set()
        self._tick = 0
        self._waiting: dict[Hashable, _Waiting] = {}
        self._under_way: dict[Hashable, asyncio.Task[None]] = {}

    def wake(self) -> None:
        """Something may have changed."""
        self._wanted.set()

    async def run(self) -> None:
        """Works whenever it is woken, until cancelled."""
        try:
            while True:
                await self._wanted.wait()
                self._wanted.clear()
                await asyncio.sleep(_TICK_SECONDS)
                self._tick += 1
                try:
                    stale = await self._stale()
                except sqlite3.Error as error:
                    _LOG.error("%s wait, because the database is at fault: %s", self._name, error)
                    continue
                self._begin(stale)
                if stale:
                    self._wanted.set()
        finally:
            await end_all(list(self._under_way.values()))

    def _begin(self, stale: Sequence[Thing]) -> None:
        """What has come to rest, or has waited for long, is under way."""
        found = [(self._known_by(thing), thing) for thing in stale]
        kept = {key for (key, _), _ in found}
        self._waiting = {key: value for key, value in self._waiting.items() if key in kept}
        for (key, change), thing in found:
            waiting = self._waiting.get(key)
            if waiting is None:
                self._waiting[key] = _Waiting(self._tick, change)
                continue
            rests = waiting.change == change
            waiting.change = change
            if key in self._under_way or self._tick < waiting.not_before:
                continue
            if rests or self._tick - waiting.since >= _LONGEST_TICKS:
                self._under_way[key] = asyncio.create_task(self._work(key, thing, waiting))

    async def _work(self, key: Hashable, thing: Thing, waiting: _Waiting) -> None:
        try:
            await self._see_to(thing)
        except (TelegramError, sqlite3.Error) as error:
            pause = min(_FIRST_PAUSE_TICKS * 2 ** min(waiting.failures, 10), _LONGEST_PAUSE_TICKS)
            if isinstance(error, RetryAfter):
                pause = max(pause, int(seconds_to_wait(error) / _TICK_SECONDS) + 1)
            waiting.failures += 1
            waiting.not_before = self._tick + pause
            _LOG.warning("%s: one is out of date: %s", self._name, error)
        except Exception:  # noqa: BLE001 -- one thing's fault must not keep all others waiting
            waiting.not_before = self._tick + _LONGEST_PAUSE_TICKS
            _LOG.exception("%s: one cannot be brought up to date", self._name)
        else:
            # What changes from now on comes to rest anew.
            self._waiting.pop(key, None)
        finally:
            self._under_way.pop(key, None)
