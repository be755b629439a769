"""The updates that wait for the bot, with Telegram's rules for confirming them.

Source: https://core.telegram.org/bots/api#getupdates
"""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

from bot.sandbox.errors import ApiError
from bot.sandbox.limits import UPDATE_SECONDS, UPDATES_PER_POLL

# These a bot gets only when it asks for them.
_ON_REQUEST: Final = frozenset({"chat_member", "message_reaction", "message_reaction_count"})
_FIRST_ID: Final = 100_001


@dataclass(slots=True)
class Hook:
    """Where updates are sent instead of being fetched, and how the last attempts went."""

    url: str = ""
    secret: str = ""
    max_connections: int = 40
    last_error_date: int = 0
    last_error_message: str = ""


class UpdateQueue:
    """Updates in order, each until it is confirmed or a day old; ids rise by one."""

    def __init__(self, now: Callable[[], float]) -> None:
        self._now = now
        self._pending: deque[tuple[float, dict[str, Any]]] = deque()
        self._next_id = _FIRST_ID
        self._poll: asyncio.Future[None] | None = None
        self.news = asyncio.Event()
        self.hook = Hook()
        self.allowed: tuple[str, ...] = ()
        self.confirmed_through = 0

    def __len__(self) -> int:
        self._forget_old()
        return len(self._pending)

    def put(self, kind: str, payload: dict[str, Any]) -> None:
        """Queue an update of this kind, unless the bot has not asked for the kind."""
        if kind in self.allowed if self.allowed else kind not in _ON_REQUEST:
            self.put_raw({kind: payload})

    def put_raw(self, update: dict[str, Any]) -> int:
        """Queue any object as an update and return the id it gets."""
        update_id = self._next_id
        self._next_id += 1
        self._pending.append((self._now(), {"update_id": update_id, **update}))
        self._wake()
        return update_id

    def confirm_before(self, update_id: int) -> None:
        """Forget every update below this id."""
        while self._pending and self._pending[0][1]["update_id"] < update_id:
            self.confirmed_through = self._pending.popleft()[1]["update_id"]

    def clear(self) -> None:
        """Forget all updates."""
        self.confirm_before(self._next_id)

    def first(self) -> dict[str, Any] | None:
        """The oldest update."""
        self._forget_old()
        return self._pending[0][1] if self._pending else None

    async def poll(self, offset: int, limit: int, timeout_seconds: float) -> list[dict[str, Any]]:
        """Up to `limit` updates from the offset on, waiting for the first of them.

        A negative offset counts from the end and forgets all before. A later poll ends this one
        with ApiError (409).
        """
        if self._poll is not None and not self._poll.done():
            self._poll.set_exception(
                ApiError(
                    409,
                    "terminated by other getUpdates request; "
                    "make sure that only one bot instance is running",
                )
            )
        self._forget_old()
        self.confirm_before(self._next_id + offset if offset < 0 else offset)
        if not self._pending and timeout_seconds > 0:
            self._poll = asyncio.get_running_loop().create_future()
            try:
                await asyncio.wait_for(self._poll, timeout_seconds)
            except TimeoutError:
                return []
        return [
            update
            for _, (_, update) in zip(
                range(min(limit, UPDATES_PER_POLL)), self._pending, strict=False
            )
        ]

    def release(self) -> None:
        """End the waiting poll with what there is."""
        self._wake()

    def _wake(self) -> None:
        self.news.set()
        if self._poll is not None and not self._poll.done():
            self._poll.set_result(None)

    def _forget_old(self) -> None:
        oldest = self._now() - UPDATE_SECONDS
        while self._pending and self._pending[0][0] < oldest:
            self._pending.popleft()
