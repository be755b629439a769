"""Updates that come on several connections at once, taken in the order of their numbers."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from dataclasses import dataclass
from typing import Any, Final

from bot.chat.receiving import Take
from bot.services.intake import number_of

# One that has overtaken another waits for it so long, and only for what can be on its way:
# Telegram has at most a hundred deliveries open (Bot API, setWebhook).
_GAP_SECONDS: Final = 0.25
_WIDEST_GAP: Final = 100


@dataclass(eq=False, slots=True)
class _Delivery:
    """An update that somebody waits with for its outcome; no number: it is no update really."""

    update: dict[str, Any]
    number: int | None
    outcome: asyncio.Future[Exception | None]


class Sequencing:
    """Hands on what has come, one batch at a time, the lowest number first."""

    def __init__(self, take: Take) -> None:
        self._take = take
        self._waiting: list[_Delivery] = []
        self._newest: int | None = None
        self._one_at_a_time = asyncio.Lock()
        self._came = asyncio.Event()

    async def take(self, update: dict[str, Any]) -> None:
        """The update is stored, perhaps together with others. Raises what taking them raised."""
        outcome: asyncio.Future[Exception | None] = asyncio.get_running_loop().create_future()
        self._waiting.append(_Delivery(update, number_of(update), outcome))
        self._came.set()
        async with self._one_at_a_time:
            while not outcome.done():
                await self._take_first()
        error = outcome.result()
        if error is not None:
            raise error

    async def _take_first(self) -> None:
        with suppress(TimeoutError):
            async with asyncio.timeout(_GAP_SECONDS):
                while self._lacks_one():
                    self._came.clear()
                    await self._came.wait()
        batch = self._batch()
        # What a cancel leaves unknown is not confirmed.
        error: Exception | None = ConnectionAbortedError("stopped meanwhile")
        try:
            error = await self._store([delivery.update for delivery in batch])
        finally:
            for delivery in batch:
                delivery.outcome.set_result(error)
        newest = batch[-1].number
        if error is None and newest is not None and self._is_newer(newest):
            self._newest = newest

    def _batch(self) -> list[_Delivery]:
        """The lowest, with those that follow without a gap; they wait no longer."""
        self._waiting.sort(key=_place)
        end = 1
        while end < len(self._waiting) and _follows(self._waiting[end - 1], self._waiting[end]):
            end += 1
        batch, self._waiting = self._waiting[:end], self._waiting[end:]
        return batch

    async def _store(self, batch: list[dict[str, Any]]) -> Exception | None:
        try:
            await self._take(batch)
        except Exception as error:  # noqa: BLE001 -- each of those that wait raises it
            return error
        return None

    def _lacks_one(self) -> bool:
        lowest = min(self._waiting, key=_place).number
        if lowest is None or self._newest is None:
            return False
        return 1 < lowest - self._newest <= _WIDEST_GAP

    def _is_newer(self, number: int) -> bool:
        """Also where Telegram has begun a new count, as it does after a week without updates."""
        return self._newest is None or not 0 <= self._newest - number <= _WIDEST_GAP


def _place(delivery: _Delivery) -> int:
    return -1 if delivery.number is None else delivery.number


def _follows(earlier: _Delivery, later: _Delivery) -> bool:
    if earlier.number is None or later.number is None:
        return False
    return later.number - earlier.number <= 1
