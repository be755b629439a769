"""What happens while the program runs, counted for `/metrics`: numbers only, of nobody by name."""

from __future__ import annotations

import asyncio
from bisect import bisect_left
from collections import Counter
from collections.abc import Awaitable, Callable, Mapping, Sequence
from datetime import datetime
from typing import Any, Final

from bot.services.ports import Clock

Batch = Sequence[dict[str, Any]]
MessagePlace = tuple[int, int]

# Seconds. A reaction within the first is what people call at once.
BOUNDS: Final = (0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0, 60.0, 300.0)
# So many messages may wait for their reaction and be measured; older ones are let go.
_MOST_WAITING: Final = 1000
_KINDS: Final = ("message", "edited_message", "callback_query")


class Histogram:
    """How many durations were no longer than each bound, and how long they were together."""

    def __init__(self) -> None:
        self.counts = [0] * (len(BOUNDS) + 1)
        self.sum = 0.0

    def add(self, seconds: float) -> None:
        """One more."""
        self.counts[bisect_left(BOUNDS, seconds)] += 1
        self.sum += seconds


class Tally:
    """Counts since the start of the program."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self.updates: Counter[str] = Counter(dict.fromkeys((*_KINDS, "other"), 0))
        self.calls: Counter[tuple[str, str]] = Counter()
        self.stored = Histogram()
        self.acknowledged = Histogram()
        self.unstored = 0
        self.polled_at: datetime | None = None
        self._waiting: dict[MessagePlace, float] = {}

    def around(
        self, take: Callable[[Batch], Awaitable[None]]
    ) -> Callable[[Batch], Awaitable[None]]:
        """The same, and what it takes is counted."""

        async def counted(batch: Batch) -> None:
            if not batch:
                await take(batch)
                return
            began = asyncio.get_running_loop().time()
            for update in batch:
                self._receive(update, began)
            try:
                await take(batch)
            except Exception:
                self.unstored += 1
                raise
            self.stored.add(asyncio.get_running_loop().time() - began)

        return counted

    def called(self, method: str, outcome: str) -> None:
        """A call of the Bot API has ended, with that status or without an answer (`failed`)."""
        self.calls[method, outcome] += 1

    def polled(self) -> None:
        """Telegram has answered the question for updates."""
        self.polled_at = self._clock.now()

    def reacted(self, place: MessagePlace) -> None:
        """The message in that chat has got its reaction; only its first one counts."""
        began = self._waiting.pop(place, None)
        if began is not None:
            self.acknowledged.add(asyncio.get_running_loop().time() - began)

    def _receive(self, update: Mapping[str, Any], at: float) -> None:
        kind = next((kind for kind in _KINDS if kind in update), "other")
        self.updates[kind] += 1
        message = update.get("message")
        if not isinstance(message, Mapping):
            return
        chat = message.get("chat")
        place = (chat.get("id") if isinstance(chat, Mapping) else None, message.get("message_id"))
        match place:
            case (int(chat_id), int(message_id)):
                self._waiting.setdefault((chat_id, message_id), at)
        if len(self._waiting) > _MOST_WAITING:
            del self._waiting[next(iter(self._waiting))]
