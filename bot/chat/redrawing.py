"""The preview that was shown last of a week stays true: it is changed where it stands.

What is out of date, the database knows, so a fault or a restart only puts it off. This goes on
beside the acknowledgements and never in their way.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Sequence
from typing import Final

from telegram.error import TelegramError

from bot.chat.easel import BRIEFLY, Easel, Outcome
from bot.chat.pieces import Piece
from bot.chat.resting import Resting
from bot.chat.week_views import moved_up
from bot.domain.entry import ChatId, MessageKey
from bot.domain.journal import Journal
from bot.domain.week import IsoWeek
from bot.services.memory import Memory
from bot.services.previewing import Preview, Previewing, ShownPiece
from bot.services.reporting import CompiledWeek, Reporting

_LOG = logging.getLogger(__name__)
_AT_ONCE: Final = 4


class Redrawing:
    """Keeps previews true, one at a time in each chat."""

    def __init__(
        self, previewing: Previewing, reporting: Reporting, easel: Easel, memory: Memory
    ) -> None:
        self._previewing = previewing
        self._reporting = reporting
        self._easel = easel
        self._memory = memory
        self._chats: dict[ChatId, asyncio.Lock] = {}
        self._room = asyncio.Semaphore(_AT_ONCE)
        self._resting = Resting("previews", previewing.stale, lambda p: (p.id, p.now), self.redraw)

    def wake(self) -> None:
        """Something may have changed."""
        self._resting.wake()

    async def run(self) -> None:
        """Redraws what has come to rest, until cancelled."""
        await self._resting.run()

    async def redraw(self, preview: Preview) -> bool:
        """Whether something looks different now. Raises telegram.error.TelegramError."""
        async with self._chats.setdefault(preview.chat_id, asyncio.Lock()), self._room:
            journal = await self._previewing.journal_of(preview)
            current = await self._previewing.find(journal, preview.week, preview.chat_id)
            if current is None or current.id != preview.id:
                return False
            week = await self._reporting.compile(journal, preview.week)

            async def apply(pieces: list[Piece]) -> bool:
                return await self._apply(current, week, pieces)

            return await self._easel.present(week, apply)

    async def redraw_week(self, journal: Journal, week: IsoWeek, chat_id: ChatId) -> None:
        """What is shown of the week in the chat is true now, or as soon as Telegram lets it."""
        preview = await self._previewing.find(journal, week, chat_id)
        if preview is not None:
            try:
                await self.redraw(preview)
            except TelegramError as error:
                _LOG.warning("a preview in chat %d is out of date: %s", chat_id, error)

    async def _apply(self, preview: Preview, week: CompiledWeek, pieces: Sequence[Piece]) -> bool:
        """The messages show the pieces, in their order; what is too much of either is mended.

        The note under the report is the last of them: where the report has become longer, its
        message shows the next part of it, and a new one the note.
        """
        shown = list(preview.pieces)
        changed = False
        try:
            for index, piece in enumerate(pieces):
                if index < len(shown):
                    changed |= await self._change(preview.chat_id, shown, index, piece)
                    continue
                message_id = await self._easel.put(preview.chat_id, piece, patience=BRIEFLY)
                shown.append(ShownPiece(message_id, piece.fingerprint))
                changed = True
                # At once: after a kill it would be sent a second time.
                await self._previewing.set_shown(preview, shown, preview.number)
                key = MessageKey(preview.chat_id, message_id)
                await self._memory.remember_week(key, preview.week)
            while len(shown) > len(pieces):
                changed |= await self._take_away(preview.chat_id, week, shown[-1])
                shown.pop()
        except BaseException:
            await self._previewing.set_shown(preview, shown, preview.number)
            raise
        await self._previewing.set_shown(preview, shown, week.change)
        return changed

    async def _change(
        self, chat_id: ChatId, shown: list[ShownPiece], index: int, piece: Piece
    ) -> bool:
        message_id, fingerprint = shown[index].message_id, piece.fingerprint
        if message_id is None or shown[index].fingerprint == fingerprint:
            return False
        outcome = await self._easel.change(MessageKey(chat_id, message_id), piece)
        still = None if outcome is Outcome.GONE else message_id
        shown[index] = ShownPiece(still, fingerprint)
        return outcome is Outcome.DONE

    async def _take_away(self, chat_id: ChatId, week: CompiledWeek, piece: ShownPiece) -> bool:
        if piece.message_id is None:
            return False
        key = MessageKey(chat_id, piece.message_id)
        if not await self._easel.take_away(key):
            await self._easel.change(key, Piece(moved_up(week.journal)))
        return True
