"""Pictures of statistics: sent, and changed where they stand."""

from __future__ import annotations

import logging

from telegram import InputFile, InputMediaPhoto
from telegram.error import BadRequest, TelegramError

from bot.chat.easel import PATIENCE_SECONDS
from bot.chat.entities import to_entities
from bot.chat.messenger import Messenger, keyboard
from bot.chat.stats_views import caption
from bot.chat.views import Saying
from bot.domain.entry import ChatId, MessageKey
from bot.domain.journal import Journal
from bot.domain.owed import Stats
from bot.services.counting import Counting
from bot.services.ports import StatsPainter

_LOG = logging.getLogger(__name__)


class Gallery:
    """Shows how much was written down, as it is at that moment."""

    def __init__(self, messenger: Messenger, counting: Counting, painter: StatsPainter) -> None:
        self._messenger = messenger
        self._counting = counting
        self._painter = painter

    async def send(self, chat_id: ChatId, journal: Journal, stats: Stats) -> None:
        """The picture is in the chat."""
        png, saying = await self._draw(journal, stats)
        await self._messenger.call(
            lambda: self._messenger.bot.send_photo(
                chat_id,
                InputFile(png, "stats.png"),
                caption=saying.text.text,
                caption_entities=to_entities(saying.text),
                reply_markup=keyboard(saying.rows),
                read_timeout=PATIENCE_SECONDS,
                write_timeout=PATIENCE_SECONDS,
            )
        )

    async def change(self, key: MessageKey, journal: Journal, stats: Stats) -> None:
        """The message shows that picture instead; nothing where it is gone."""
        png, saying = await self._draw(journal, stats)
        media = InputMediaPhoto(
            InputFile(png, "stats.png", attach=True),
            caption=saying.text.text,
            caption_entities=to_entities(saying.text),
        )
        try:
            await self._messenger.call(
                lambda: self._messenger.bot.edit_message_media(
                    media,
                    key.chat_id,
                    key.message_id,
                    reply_markup=keyboard(saying.rows),
                    read_timeout=PATIENCE_SECONDS,
                    write_timeout=PATIENCE_SECONDS,
                ),
                repeatable=True,
            )
        except BadRequest as error:
            _LOG.debug("a picture in chat %d: %s", key.chat_id, error)
        except TelegramError as error:
            _LOG.warning("a picture in chat %d is out of date: %s", key.chat_id, error)

    async def _draw(self, journal: Journal, stats: Stats) -> tuple[bytes, Saying]:
        counting = self._counting
        counted = await (
            counting.all(journal) if stats.whole else counting.year(journal, stats.year)
        )
        drawing = await self._painter.paint(
            counted.stats, language=journal.language, dark=stats.dark
        )
        return drawing.png, caption(counted, drawing, dark=stats.dark)
