"""Strangers are told one after the other."""

from __future__ import annotations

import asyncio
from typing import cast

from telegram.error import Forbidden

from bot.chat.doorstep import Doorstep
from bot.chat.messenger import Messenger
from bot.chat.views import Saying, say
from bot.domain.entry import ChatId


class _Messenger:
    """Says one thing at a time; one chat takes nothing, and another breaks it."""

    def __init__(self) -> None:
        self.told: list[int] = []
        self.at_once = self.most_at_once = 0

    async def say(self, chat_id: ChatId, _saying: Saying, *, patience: float) -> None:
        """Said, unless it is refused."""
        assert patience < 10
        self.at_once += 1
        self.most_at_once = max(self.most_at_once, self.at_once)
        await asyncio.sleep(0)
        self.at_once -= 1
        if chat_id == 3:
            raise Forbidden("blocked")
        if chat_id == 4:
            raise ValueError("odd")
        self.told.append(chat_id)


async def test_strangers_wait_for_each_other_only() -> None:
    """One at a time, in their order; of a crowd the first thousand; a refusal ends nothing."""
    messenger = _Messenger()
    doorstep = Doorstep(cast("Messenger", messenger))
    for number in range(1, 1_500):
        doorstep.tell(ChatId(number), say("private"))
    running = asyncio.create_task(doorstep.run())
    await asyncio.wait_for(doorstep._waiting.join(), 10)
    running.cancel()
    await asyncio.gather(running, return_exceptions=True)
    assert messenger.told == [number for number in range(1, 1_001) if number not in {3, 4}]
    assert messenger.most_at_once == 1
