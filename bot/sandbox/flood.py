"""Telegram's flood limits: 30 messages a second, one a second per chat, 20 a minute per group.

Source: https://core.telegram.org/bots/faq#my-bot-is-hitting-limits-how-do-i-avoid-this
"""

from __future__ import annotations

import math
from collections import defaultdict, deque

from bot.sandbox.errors import ApiError
from bot.sandbox.limits import MESSAGES_PER_GROUP_MINUTE, MESSAGES_PER_SECOND


class FloodControl:
    """Counts what the bot sends in sliding windows; times are seconds of one steady clock."""

    def __init__(self) -> None:
        self._all: deque[float] = deque()
        self._chats: dict[int, float] = {}
        self._groups: defaultdict[int, deque[float]] = defaultdict(deque)

    def admit(self, chat_id: int, *, is_group: bool, at: float) -> None:
        """Count one message; ApiError (429) with the seconds to wait where it is one too many."""
        group = self._groups[chat_id]
        _forget(self._all, at - 1)
        _forget(group, at - 60)
        wait = self._chats.get(chat_id, at - 1) + 1 - at
        if len(self._all) >= MESSAGES_PER_SECOND:
            wait = max(wait, self._all[0] + 1 - at)
        if is_group and len(group) >= MESSAGES_PER_GROUP_MINUTE:
            wait = max(wait, group[0] + 60 - at)
        if wait > 0:
            seconds = math.ceil(wait)
            raise ApiError(429, f"retry after {seconds}", retry_after=seconds)
        self._all.append(at)
        self._chats[chat_id] = at
        group.append(at)


def _forget(times: deque[float], before: float) -> None:
    while times and times[0] <= before:
        times.popleft()
