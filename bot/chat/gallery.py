"""Pictures of statistics: sent, and changed where they stand."""

from __future__ import annotations

import logging

from telegram import InputFile, InputMediaPhoto
from telegram.error import BadRequest, TelegramError

from bot.chat.entities import to_entities
from bot.chat.messenger import Messenger, keyboard
from bot.chat.stats_views import caption
from bot.chat.views import Saying
from bot.domain.entry import ChatId, MessageKey
from bot.domain.journal import Journal
from bot.services.counting import Counting
from bot.services.ports import StatsPainter

_LOG = logging.getLogger(__name__)
_PATIENCE_SECONDS = 60.0


class Gallery:
    """Shows how much was written down, as it is at that moment."""

    def __init__(self, messenger: Messenger, counting: Counting, painter: StatsPainter) -> None:
        self._messenger = messenger
        self._counting = counting
        self._painter = painter

    async def send(
        self, chat_id: ChatId, journal: Journal, year: int | None, *, dark: bool, whole: bool
    ) -> None:
        """A picture of the year, this one where None, or of all years where it is the `whole`."""
        png, saying = await self._draw(journal, year, dark=dark, whole=whole)
        await self._messenger.call(
            lambda: self._messenger.bot.send_photo(
                chat_id,
                InputFile(png, "stats.png"),
                caption=saying.text.text,
                caption_entities=to_entities(saying.text),
                reply_markup=keyboard(saying.rows),
                read_timeout=_PATIENCE_SECONDS,
                write_timeout=_PATIENCE_SECONDS,
            )
        )

    async def change(
        self, key: MessageKey, journal: Journal, year: int | None, *, dark: bool, whole: bool
    ) -> None:
        """The message shows that instead; nothing where it is gone."""
        png, saying = await self._draw(journal, year, dark=dark, whole=whole)
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
                    read_timeout=_PATIENCE_SECONDS,
                    write_timeout=_PATIENCE_SECONDS,
                ),
                repeatable=True,
            )
        except BadRequest as error:
            _LOG.debug("a picture in chat %d: %s", key.chat_id, error)
        except TelegramError as error:
            _LOG.warning("a picture in chat %d is out of date: %s", key.chat_id, error)

    async def _draw(
        self, journal: Journal, year: int | None, *, dark: bool, whole: bool
    ) -> tuple[bytes, Saying]:
        counting = self._counting
        counted = await (counting.all(journal) if whole else counting.year(journal, year))
        drawing = await self._painter.paint(counted.stats, language=journal.language, dark=dark)
        return drawing.png, caption(counted, drawing, dark=dark)
