"""The machine's clock."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from bot.adapters.clock import SystemClock


def test_now_is_aware_and_goes_forward() -> None:
    """The instant is now, in UTC."""
    clock = SystemClock()
    first = clock.now()
    assert first.tzinfo is UTC
    assert timedelta(0) <= datetime.now(UTC) - first < timedelta(minutes=1)
