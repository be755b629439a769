"""Fetches files from Telegram."""

from __future__ import annotations

from telegram import Bot
from telegram.error import BadRequest, TelegramError

from bot.services.ports import FetchError


class TelegramFiles:
    """Files by their id, through getFile (20 MB at most)."""

    def __init__(self, bot: Bot) -> None:
        self._bot = bot

    async def fetch(self, file_id: str) -> bytes:
        """The file's content. Raises FetchError; the error never holds the file's address."""
        try:
            file = await self._bot.get_file(file_id)
            return bytes(await file.download_as_bytearray())
        except BadRequest as error:
            # "file is too big", "wrong file_id": no other try will have another answer.
            raise FetchError(error.message, final=True) from None
        except TelegramError as error:
            raise FetchError(type(error).__name__, final=False) from None
