"""The time: the only place that asks for it."""

from __future__ import annotations

from datetime import UTC, datetime


class SystemClock:
    """The clock of the machine."""

    __slots__ = ()

    def now(self) -> datetime:
        """This instant, aware, in UTC."""
        return datetime.now(UTC)
