"""Turns for messages that many chats are due at once, so that Telegram takes all of them.

Source: https://core.telegram.org/bots/faq#my-bot-is-hitting-limits-how-do-i-avoid-this
"""

from __future__ import annotations

import asyncio
from typing import Final

from telegram.constants import FloodLimit

from bot.domain.entry import ChatId

# What people are waiting for meanwhile has the rest.
_PER_SECOND: Final = FloodLimit.MESSAGES_PER_SECOND * 2 / 3
_CHAT_SECONDS: Final = 1 / FloodLimit.MESSAGES_PER_SECOND_PER_CHAT
# What so few chats are sent is a burst that Telegram lets pass.
_FEW_CHATS: Final = 3


class Pacer:
    """Gives turns at two thirds of the messages a second that Telegram takes over all chats.

    Where more than a few chats are to be sent something, each has at most one a second as well.
    """

    def __init__(self) -> None:
        self._next_at = 0.0
        self._spaces_chats = False
        self._seen: set[ChatId] = set()
        self._kept: set[ChatId] = set()

    def expect(self, chats: int) -> None:
        """So many chats are about to be sent something."""
        self._spaces_chats = chats > _FEW_CHATS
        self._seen.clear()

    async def keep_turn(self, chat_id: ChatId) -> None:
        """It is the chat's turn, and stays so: its next turn comes without waiting."""
        if chat_id not in self._kept:
            await self.turn(chat_id)
            self._kept.add(chat_id)

    async def turn(self, chat_id: ChatId) -> None:
        """It is the chat's turn to be sent one message; turns come in the order of the calls."""
        if chat_id in self._kept:
            self._kept.remove(chat_id)
            return
        if self._spaces_chats and chat_id in self._seen:
            # Its last message has just been taken, however long ago its turn was.
            await asyncio.sleep(_CHAT_SECONDS)
        self._seen.add(chat_id)
        now = asyncio.get_running_loop().time()
        at = max(now, self._next_at)
        self._next_at = at + 1 / _PER_SECOND
        await asyncio.sleep(at - now)
