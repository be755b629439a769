"""Servers are spared: however many names lead to one, it is asked now and then only."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

_AT_ONCE: Final = 20
_SECONDS: Final = 3.0
_MOST_REMEMBERED: Final = 1_000


class Sparing:
    """Counts how often each address is asked: twenty times at once, then once in three seconds.

    `now` gives seconds that only grow.
    """

    def __init__(self, now: Callable[[], float]) -> None:
        self._now = now
        self._busy_until: dict[str, float] = {}

    def may_ask(self, address: str) -> bool:
        """Whether the address may be asked now, which counts."""
        now = self._now()
        until = max(now, self._busy_until.get(address, now)) + _SECONDS
        if until - now > _AT_ONCE * _SECONDS:
            return False
        self._busy_until[address] = until
        if len(self._busy_until) > _MOST_REMEMBERED:
            self._busy_until = {at: end for at, end in self._busy_until.items() if end > now}
        return True
