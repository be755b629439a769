"""Fetches files from Telegram."""

from __future__ import annotations

from collections.abc import Callable

from telegram import Bot
from telegram.error import BadRequest, TelegramError

from bot.services.ports import FetchError


class TelegramFiles:
    """Files by their id, through getFile (20 MB at most).

    Why one cannot be had is stored and exported, so `hide` takes the secrets out of it.
    """

    def __init__(self, bot: Bot, hide: Callable[[str], str]) -> None:
        self._bot = bot
        self._hide = hide

    async def fetch(self, file_id: str) -> bytes:
        """The file's content. Raises FetchError; the error never holds the file's address."""
        try:
            file = await self._bot.get_file(file_id)
            return bytes(await file.download_as_bytearray())
        except BadRequest as error:
            # "file is too big", "wrong file_id": no other try will have another answer.
            raise FetchError(self._hide(error.message), final=True) from None
        except TelegramError as error:
            raise FetchError(type(error).__name__, final=False) from None
