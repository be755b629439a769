"""What strangers are told, when there is time for it."""

from __future__ import annotations

import asyncio
import logging
from typing import Final

from telegram.error import TelegramError

from bot.chat.messenger import Messenger
from bot.chat.views import Saying
from bot.domain.entry import ChatId

_LOG = logging.getLogger(__name__)
_MOST_WAITING: Final = 1_000
_PATIENCE_SECONDS: Final = 5.0


class Doorstep:
    """Tells strangers one after the other, so that however many come, nobody else waits for them.

    What is still to be told when the program ends is not: nothing is stored about strangers.
    """

    def __init__(self, messenger: Messenger) -> None:
        self._messenger = messenger
        self._waiting: asyncio.Queue[tuple[ChatId, Saying]] = asyncio.Queue(_MOST_WAITING)

    def tell(self, chat_id: ChatId, saying: Saying) -> None:
        """The stranger is about to hear it, unless too many wait for that."""
        try:
            self._waiting.put_nowait((chat_id, saying))
        except asyncio.QueueFull:
            _LOG.info("a stranger was not told: too many wait")

    async def run(self) -> None:
        """Tells them, until cancelled."""
        while True:
            chat_id, saying = await self._waiting.get()
            try:
                await self._messenger.say(chat_id, saying, patience=_PATIENCE_SECONDS)
            except TelegramError as error:
                _LOG.info("a stranger was not told: %s", error)
            except Exception:  # noqa: BLE001 -- the next one is told all the same
                _LOG.exception("a stranger was not told")
            finally:
                self._waiting.task_done()
