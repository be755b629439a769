"""The one-time link by which a bot that nobody owns yet gets its owner."""

from __future__ import annotations

import hmac
import secrets
from datetime import datetime, timedelta
from typing import Final

from bot.services.ports import Clock

_LASTS: Final = timedelta(minutes=15)


class OwnerLink:
    """Its code holds 128 bits, works for 15 minutes, and is kept in memory only."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._code = ""
        self._expires_at: datetime | None = None

    @property
    def works(self) -> bool:
        """Whether there is a code that has not expired."""
        return self._expires_at is not None and self._clock.now() < self._expires_at

    def renew(self) -> str:
        """A new code; the one before works no more."""
        self._code = secrets.token_urlsafe(16)
        self._expires_at = self._clock.now() + _LASTS
        return self._code

    def opens(self, code: str) -> bool:
        """Whether it is that code, compared in the same time whatever is wrong with it."""
        # People may send anything, halves of characters too.
        same = hmac.compare_digest(self._code.encode(), code.encode(errors="replace"))
        return same and self.works
