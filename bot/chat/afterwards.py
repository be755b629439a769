"""What follows a commit: answers, sent beside the next poll, in order within each chat."""

from __future__ import annotations

import asyncio
import logging
from collections import deque
from collections.abc import Awaitable, Callable

from bot.domain.entry import ChatId

_LOG = logging.getLogger(__name__)
_WORKERS = 8
_HOLD_SECONDS = 3.0

Effect = Callable[[], Awaitable[None]]


class Afterwards:
    """A bounded number of workers; the effects of one chat run one after the other."""

    def __init__(self, workers: int = _WORKERS) -> None:
        self._limit = workers
        self._waiting: dict[ChatId, deque[Effect]] = {}
        self._ready: asyncio.Queue[ChatId] = asyncio.Queue()
        self._workers: list[asyncio.Task[None]] = []
        self._may_go_on = asyncio.Event()
        self._may_go_on.set()
        self._release: asyncio.TimerHandle | None = None
        self._next_hold_at = 0.0

    def hold_back(self) -> None:
        """More is waiting to be stored, which comes first: for three seconds, then both in turn."""
        loop = asyncio.get_running_loop()
        if loop.time() >= self._next_hold_at:
            self._next_hold_at = loop.time() + 2 * _HOLD_SECONDS
            self._may_go_on.clear()
            self._release = loop.call_later(_HOLD_SECONDS, self._may_go_on.set)

    def go_on(self) -> None:
        """Nothing more is waiting than what has come."""
        self._next_hold_at = 0.0
        if self._release is not None:
            self._release.cancel()
        self._may_go_on.set()

    def add(self, chat_id: ChatId, effect: Effect) -> None:
        """The effect runs once those of the same chat before it have."""
        queue = self._waiting.get(chat_id)
        if queue is not None:
            queue.append(effect)
            return
        self._waiting[chat_id] = deque([effect])
        self._ready.put_nowait(chat_id)

    def add_later(self, chat_id: ChatId, seconds: float, effect: Effect) -> None:
        """The effect is added after so many seconds; until then others of the chat go on.

        What is still to come when the program ends is not done: the database has to know of it.
        """
        asyncio.get_running_loop().call_later(seconds, self.add, chat_id, effect)

    def start(self) -> None:
        """The workers take up what waits."""
        self._workers = [
            asyncio.create_task(self._work(), name=f"afterwards-{number}")
            for number in range(self._limit)
        ]

    async def stop(self, seconds: float) -> None:
        """What waits is done, as far as it can be in that time; then the workers end."""
        self.go_on()
        try:
            async with asyncio.timeout(seconds):
                await self._ready.join()
        except TimeoutError:
            _LOG.warning("stopped with answers unsent in %d chats", len(self._waiting))
        for worker in self._workers:
            worker.cancel()
        await asyncio.gather(*self._workers, return_exceptions=True)

    async def _work(self) -> None:
        while True:
            chat_id = await self._ready.get()
            await self._may_go_on.wait()
            queue = self._waiting[chat_id]
            try:
                await queue[0]()
            except Exception:  # noqa: BLE001 -- a failed answer must not end the worker of all others
                _LOG.exception("an answer in chat %d failed", chat_id)
            queue.popleft()
            if queue:
                self._ready.put_nowait(chat_id)
            else:
                del self._waiting[chat_id]
            self._ready.task_done()
