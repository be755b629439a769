"""Carries everything of a journal into its chat."""

from __future__ import annotations

import asyncio
from pathlib import Path

from telegram import InputFile
from telegram.constants import ChatAction, FileSizeLimit
from telegram.error import TelegramError

from bot.chat.courier import certainly
from bot.chat.easel import PATIENCE_SECONDS
from bot.chat.messenger import Messenger
from bot.chat.views import say
from bot.domain.entry import ChatId
from bot.domain.journal import Journal
from bot.i18n import phrases_for
from bot.services.shipping import Shipping


class Carrying:
    """Sends exports, of each chat one at a time."""

    def __init__(self, messenger: Messenger, shipping: Shipping) -> None:
        self._messenger = messenger
        self._shipping = shipping
        self._under_way: set[ChatId] = set()

    def is_under_way(self, chat_id: ChatId) -> bool:
        """Whether the chat is being sent an export."""
        return chat_id in self._under_way

    async def carry(self, chat_id: ChatId, journal: Journal) -> None:
        """The journal's zips, or one sentence where there is nothing, or too much.

        Raises as the courier does.
        """
        self._under_way.add(chat_id)
        try:
            await self._carry(chat_id, journal)
        finally:
            self._under_way.discard(chat_id)

    async def _carry(self, chat_id: ChatId, journal: Journal) -> None:
        phrases = phrases_for(journal.language).export
        await self._show_that_it_works(chat_id)
        limit = int(FileSizeLimit.FILESIZE_UPLOAD)
        async with self._shipping.shipment(journal, limit) as shipment, certainly() as sent:
            if not shipment.parts:
                words = phrases.too_much if shipment.weeks else phrases.nothing
                await self._messenger.say(chat_id, say(words))
                return
            for number, part in enumerate(shipment.parts, 1):
                if number == 1:
                    words = phrases.caption.format(weeks=shipment.weeks)
                else:
                    words = phrases.part.format(number=number, parts=len(shipment.parts))
                await self._send(chat_id, part, words)
                sent.add(part.name)

    async def _send(self, chat_id: ChatId, part: Path, words: str) -> None:
        content = await asyncio.to_thread(part.read_bytes)
        await self._messenger.call(
            lambda: self._messenger.bot.send_document(
                chat_id,
                InputFile(content, part.name),
                caption=words,
                read_timeout=PATIENCE_SECONDS,
                write_timeout=PATIENCE_SECONDS,
            )
        )

    async def _show_that_it_works(self, chat_id: ChatId) -> None:
        try:
            await self._messenger.bot.send_chat_action(chat_id, ChatAction.UPLOAD_DOCUMENT)
        except TelegramError:
            return  # the file matters, not the sign of it
