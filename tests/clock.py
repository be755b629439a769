"""A clock that tests set."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

# A Wednesday, in 2023-W40.
START = datetime(2023, 10, 4, 12, 0, tzinfo=UTC)


class FakeClock:
    """Stands still until it is moved; also backwards."""

    def __init__(self, start: datetime = START) -> None:
        self.set(start)

    def now(self) -> datetime:
        """The instant it was set to, aware, in UTC."""
        return self._now

    def set(self, instant: datetime) -> None:
        """Moves it to an instant. Raises ValueError where that has no zone."""
        if instant.tzinfo is None:
            raise ValueError("an instant needs a zone")
        self._now = instant.astimezone(UTC)

    def advance(self, by: timedelta) -> None:
        """Moves it by a while."""
        self._now += by
