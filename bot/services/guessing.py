"""Codes that open something, and how many wrong ones are looked at."""

from __future__ import annotations

from collections import Counter
from datetime import datetime, timedelta
from typing import Final

from bot.services.ports import Clock

_OF_A_PERSON: Final = 5
_OF_ALL: Final = 1000
_FORGIVEN_AFTER: Final = timedelta(hours=1)


class Guessing:
    """Counts wrong codes, of each person and of all, within an hour.

    128 bits are not guessed either way: this bounds the work, and what is remembered of it.
    """

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._wrong: Counter[int] = Counter()
        self._since: datetime | None = None

    def may_try(self, user_id: int) -> bool:
        """Whether a code of the person's is looked at now."""
        now = self._clock.now()
        # A clock that was set back does not stretch the hour.
        if self._since is None or not timedelta() <= now - self._since < _FORGIVEN_AFTER:
            self._wrong.clear()
            self._since = now
        return self._wrong[user_id] < _OF_A_PERSON and self._wrong.total() < _OF_ALL

    def was_wrong(self, user_id: int) -> None:
        """The code opened nothing."""
        self._wrong[user_id] += 1
