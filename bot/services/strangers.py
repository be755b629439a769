"""People whom nobody has let in."""

from __future__ import annotations

from typing import Final

from bot.domain.entry import ChatId

_MOST: Final = 10_000


class Strangers:
    """Remembers whom it has met since the program started, as far as the memory may grow."""

    def __init__(self) -> None:
        self._met: set[tuple[ChatId, int]] = set()

    def meet(self, chat_id: ChatId, user_id: int) -> bool:
        """Whether to tell the person where they are: once, and nobody any more after so many."""
        who = (chat_id, user_id)
        if who in self._met or len(self._met) >= _MOST:
            return False
        self._met.add(who)
        return True
