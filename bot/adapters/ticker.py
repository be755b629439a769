"""Knocks at regular times. What is due then, others know."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from apscheduler.schedulers.asyncio import AsyncIOScheduler


class Ticker:
    """Calls what it was given every so many seconds, never twice at once."""

    def __init__(self) -> None:
        # The scheduler's own zone does not matter for intervals; UTC spares it a search for one.
        self._scheduler = AsyncIOScheduler(timezone="UTC")

    def every(self, seconds: float, knock: Callable[[], Awaitable[None]]) -> None:
        """The knock comes every so many seconds; one that is late comes once, not several times."""
        self._scheduler.add_job(
            knock,
            "interval",
            seconds=seconds,
            coalesce=True,
            max_instances=1,
            misfire_grace_time=None,
        )

    def start(self) -> None:
        """The knocks begin."""
        self._scheduler.start()

    def stop(self) -> None:
        """No more knocks."""
        if self._scheduler.running:
            self._scheduler.shutdown(wait=False)
