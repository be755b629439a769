"""Brings a week's report to a chat: the preview, the note under it, the file."""

from __future__ import annotations

import asyncio
import logging
import math
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime, timedelta

from telegram import InputFile, Message
from telegram.constants import FileSizeLimit
from telegram.error import Forbidden, RetryAfter, TelegramError

from bot.chat.board import Board
from bot.chat.easel import PATIENCE_SECONDS
from bot.chat.messenger import Messenger, is_certainly_unsent, keyboard, seconds_to_wait
from bot.chat.pacing import Pacer
from bot.chat.pieces import Piece
from bot.chat.reminding_views import reminder
from bot.chat.views import Saying, absence, say
from bot.chat.week_views import empty_week, file_buttons, file_offer
from bot.domain.entry import ChatId, MessageId, MessageKey
from bot.domain.journal import Journal
from bot.domain.week import IsoWeek
from bot.i18n import phrases_for
from bot.services.memory import Memory
from bot.services.packing import NamedFile, pack_week
from bot.services.ports import ChatClosedError, NotSentError, PictureShelf
from bot.services.previewing import ShownPiece
from bot.services.reporting import CompiledWeek

_LOG = logging.getLogger(__name__)

# A chat that Telegram closes for longer (429) must not keep the drafts of others waiting.
_LONGEST_WAIT = 5.0


class TelegramCourier:
    """Sends reports; the bot's messages about a week are remembered, so that replies find it.

    With a `pacer` each message waits for its turn: for drafts, of which many are due at once.
    Nothing is begun then in a chat that Telegram wants to be left alone for a while.
    """

    def __init__(
        self,
        messenger: Messenger,
        board: Board,
        memory: Memory,
        shelf: PictureShelf,
        pacer: Pacer | None = None,
    ) -> None:
        self._pacer = pacer
        self._messenger = messenger
        self._board = board
        self._memory = memory
        self._shelf = shelf

    def expect(self, drafts: int) -> None:
        """So many chats are about to be sent a draft."""
        if self._pacer is not None:
            self._pacer.expect(drafts)

    async def turn(self, chat_id: ChatId) -> None:
        """It is the chat's turn: what is sent to it next goes out without waiting for one."""
        if self._pacer is not None:
            await self._pacer.keep_turn(chat_id)

    async def send_preview(
        self, chat_id: ChatId, week: CompiledWeek, *, again: bool = False
    ) -> None:
        """The report as it will look, and the accounts with their buttons under it.

        From then on these messages are kept true.
        """

        async def put(piece: Piece, sent: set[str]) -> ShownPiece:
            await self._turn(chat_id)
            patience = self._patience(begun=again or bool(sent))
            message_id = await self._board.easel.put(chat_id, piece, patience=patience)
            sent.add(piece.fingerprint)
            await self._remember(chat_id, message_id, week.week)
            return ShownPiece(message_id, piece.fingerprint)

        async with certainly() as sent:
            if again:
                words = phrases_for(week.journal.language).again
                await self._turn(chat_id)
                await self._messenger.say(chat_id, say(words), patience=self._patience())

            async def put_report(pieces: list[Piece]) -> tuple[list[ShownPiece], Piece]:
                *report, note = pieces
                return [await put(piece, sent) for piece in report], note

            shown, note = await self._board.easel.present(week, put_report)
        try:
            shown.append(await put(note, sent))
        except TelegramError as error:
            # The report itself is there; it would be worse to send it again for these lines.
            _LOG.warning("chat %d has a preview without its accounts: %s", chat_id, error)
            shown.append(ShownPiece(None, note.fingerprint))
        await self._board.previewing.shown(chat_id, week, shown)

    async def send_file(self, chat_id: ChatId, week: CompiledWeek, *, bare: bool = False) -> None:
        """The report as `2023-W40.md`, or with its pictures as `2023-W40.zip`."""
        pictures = [] if bare else [picture async for picture in self._pictures(week)]
        limit = FileSizeLimit.FILESIZE_UPLOAD
        files = await asyncio.to_thread(
            pack_week, str(week.week), week.document, pictures, limit=limit
        )
        phrases = phrases_for(week.journal.language)
        async with certainly() as sent:
            if len(files) > 1:
                await self._turn(chat_id)
                words = say(phrases.files_too_large)
                await self._messenger.say(chat_id, words, patience=self._patience())
            for file in files:
                message = await self._send_document(chat_id, week, file, begun=len(files) > 1)
                sent.add(file.name)
                await self._remember(chat_id, MessageId(message.message_id), week.week)
        await self._board.finishing.sent(week)

    async def send_reminder(self, chat_id: ChatId, week: CompiledWeek) -> None:
        """One message: what is still untagged or missing, with buttons for it."""
        async with certainly():
            await self._turn(chat_id)
            saying = reminder(week)
            message_id = await self._messenger.say(chat_id, saying, patience=self._patience())
        await self._memory.remember_reminder(MessageKey(chat_id, message_id), week.week)

    async def offer_file(self, chat_id: ChatId, journal: Journal, week: IsoWeek) -> None:
        """One line with a button that fetches the file."""
        async with certainly():
            await self._say(chat_id, week, file_offer(journal, week))

    async def tell_absence(
        self, chat_id: ChatId, journal: Journal, since: datetime, until: datetime
    ) -> None:
        """One sentence: what was sent between the two instants may not have arrived."""
        async with certainly():
            await self._turn(chat_id)
            words = absence(journal, since, until)
            await self._messenger.say(chat_id, words, patience=self._patience())

    async def send_empty(
        self,
        chat_id: ChatId,
        journal: Journal,
        week: IsoWeek,
        neighbours: tuple[IsoWeek, ...] = (),
    ) -> None:
        """One short line about a week without entries."""
        async with certainly():
            await self._say(chat_id, week, empty_week(journal, week, neighbours))

    async def _send_document(
        self, chat_id: ChatId, week: CompiledWeek, file: NamedFile, *, begun: bool
    ) -> Message:
        await self._turn(chat_id)
        buttons = file_buttons(week) if file.name.endswith(".zip") else ()
        return await self._messenger.call(
            lambda: self._messenger.bot.send_document(
                chat_id,
                InputFile(file.content, file.name),
                reply_markup=keyboard(buttons),
                read_timeout=PATIENCE_SECONDS,
                write_timeout=PATIENCE_SECONDS,
            ),
            patience=self._patience(begun=begun),
        )

    async def _pictures(self, week: CompiledWeek) -> AsyncIterator[NamedFile]:
        for picture in week.pictures:
            if picture.sha256 is not None:
                try:
                    content = await self._shelf.read(picture.sha256)
                except OSError as error:
                    # The report is worth having without it.
                    _LOG.error("file %s cannot be read: %s", picture.sha256, error)
                    continue
                yield NamedFile(picture.path, content)

    async def _turn(self, chat_id: ChatId) -> None:
        if self._pacer is not None:
            await self._pacer.turn(chat_id)

    def _patience(self, *, begun: bool = False) -> float:
        """What has been begun is finished, however long Telegram makes it wait."""
        return math.inf if begun or self._pacer is None else _LONGEST_WAIT

    async def _say(self, chat_id: ChatId, week: IsoWeek, saying: Saying) -> None:
        await self._turn(chat_id)
        message_id = await self._messenger.say(chat_id, saying, patience=self._patience())
        await self._remember(chat_id, message_id, week)

    async def _remember(self, chat_id: ChatId, message_id: MessageId, week: IsoWeek) -> None:
        await self._memory.remember_week(MessageKey(chat_id, message_id), week)


@asynccontextmanager
async def certainly() -> AsyncIterator[set[str]]:
    """Faults after which nothing was sent for certain get their name; others stay in doubt.

    What has been sent is put into the set that it gives: from then on nothing is certain.
    """
    sent: set[str] = set()
    try:
        yield sent
    except TelegramError as error:
        if sent or not is_certainly_unsent(error):
            raise
        if isinstance(error, Forbidden):
            raise ChatClosedError(str(error)) from error
        # Whole seconds, as the database keeps them.
        seconds = math.ceil(seconds_to_wait(error)) if isinstance(error, RetryAfter) else 0
        raise NotSentError(str(error), timedelta(seconds=seconds)) from error
