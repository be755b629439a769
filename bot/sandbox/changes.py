"""What has happened in the chats, numbered, for a page or a test that follows it."""

from __future__ import annotations

import asyncio
from typing import Any


class ChangeLog:
    """Every change since the start; the number of the last one is the world's event number."""

    def __init__(self) -> None:
        self._changes: list[dict[str, Any]] = []
        self._waiting: set[asyncio.Future[None]] = set()

    @property
    def event(self) -> int:
        """The number of the last change, 0 before the first."""
        return len(self._changes)

    def add(self, kind: str, chat_id: int, message_id: int | None, **more: Any) -> int:
        """Record a change and return its number."""
        event = len(self._changes) + 1
        self._changes.append(
            {"event": event, "kind": kind, "chat_id": chat_id, "message_id": message_id, **more}
        )
        self.release()
        return event

    async def after(self, event: int, timeout_seconds: float) -> list[dict[str, Any]]:
        """The changes with a greater number, waiting for the first of them."""
        if event >= len(self._changes) and timeout_seconds > 0:
            news: asyncio.Future[None] = asyncio.get_running_loop().create_future()
            self._waiting.add(news)
            try:
                await asyncio.wait_for(news, timeout_seconds)
            except TimeoutError:
                return []
            finally:
                self._waiting.discard(news)
        return self._changes[max(event, 0) :]

    def release(self) -> None:
        """End all waiting with what there is."""
        for news in self._waiting:
            if not news.done():
                news.set_result(None)
