"""Brings a week's report to a chat: the preview, the note under it, the file."""

from __future__ import annotations

import asyncio
import json
import logging
import math
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime, timedelta

from telegram import InputFile, Message
from telegram.constants import FileSizeLimit, MessageLimit
from telegram.error import BadRequest, EndPointNotFound, Forbidden, RetryAfter, TelegramError

from bot.chat.messenger import Messenger, is_certainly_unsent, keyboard, seconds_to_wait
from bot.chat.pacing import Pacer
from bot.chat.views import Saying, absence, empty_week, file_buttons, file_offer, say, week_note
from bot.domain.entry import ChatId, MessageId, MessageKey
from bot.domain.journal import Journal
from bot.domain.week import IsoWeek
from bot.i18n import phrases_for
from bot.services.memory import Memory
from bot.services.packing import NamedFile, pack_week
from bot.services.ports import ChatClosedError, NotSentError, PictureShelf
from bot.services.reporting import CompiledWeek

_LOG = logging.getLogger(__name__)

# Telegram takes its time over large messages; who gives up early sends them twice.
_PATIENCE_SECONDS = 60.0
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
        memory: Memory,
        shelf: PictureShelf,
        pacer: Pacer | None = None,
    ) -> None:
        self._pacer = pacer
        self._messenger = messenger
        self._memory = memory
        self._shelf = shelf
        self._has_rich_messages = True

    def expect(self, drafts: int) -> None:
        """So many chats are about to be sent a draft."""
        if self._pacer is not None:
            self._pacer.expect(drafts)

    async def turn(self, chat_id: ChatId) -> None:
        """It is the chat's turn: what is sent to it next goes out without waiting for one."""
        if self._pacer is not None:
            await self._pacer.keep_turn(chat_id)

    async def send_preview(
        self,
        chat_id: ChatId,
        week: CompiledWeek,
        *,
        again: bool = False,
        neighbours: tuple[IsoWeek, ...] = (),
    ) -> None:
        """The report as it will look, and the accounts with their buttons under it."""
        async with _certainly() as sent:
            if again:
                words = phrases_for(week.journal.language).again
                await self._turn(chat_id)
                await self._messenger.say(chat_id, say(words), patience=self._patience())
            if not await self._send_rich(chat_id, week, begun=again):
                await self._send_split(chat_id, week, sent, begun=again)
        try:
            await self._say(chat_id, week.week, week_note(week, neighbours), begun=True)
        except TelegramError as error:
            # The report itself is there; it would be worse to send it again for these lines.
            _LOG.warning("chat %d has a preview without its accounts: %s", chat_id, error)

    async def send_file(self, chat_id: ChatId, week: CompiledWeek, *, bare: bool = False) -> None:
        """The report as `2023-W40.md`, or with its pictures as `2023-W40.zip`."""
        pictures = [] if bare else [picture async for picture in self._pictures(week)]
        limit = FileSizeLimit.FILESIZE_UPLOAD
        files = await asyncio.to_thread(
            pack_week, str(week.week), week.document, pictures, limit=limit
        )
        phrases = phrases_for(week.journal.language)
        async with _certainly() as sent:
            if len(files) > 1:
                await self._turn(chat_id)
                words = say(phrases.files_too_large)
                await self._messenger.say(chat_id, words, patience=self._patience())
            for file in files:
                message = await self._send_document(chat_id, week, file, begun=len(files) > 1)
                sent.add(file.name)
                await self._remember(chat_id, MessageId(message.message_id), week.week)

    async def offer_file(self, chat_id: ChatId, journal: Journal, week: IsoWeek) -> None:
        """One line with a button that fetches the file."""
        async with _certainly():
            await self._say(chat_id, week, file_offer(journal, week))

    async def tell_absence(
        self, chat_id: ChatId, journal: Journal, since: datetime, until: datetime
    ) -> None:
        """One sentence: what was sent between the two instants may not have arrived."""
        async with _certainly():
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
        async with _certainly():
            await self._say(chat_id, week, empty_week(journal, week, neighbours))

    async def _send_rich(self, chat_id: ChatId, week: CompiledWeek, *, begun: bool) -> bool:
        """Whether the server took the report as a rich message (Bot API 10.1)."""
        # Imported here, as below: the Markdown parser costs start and idle memory.
        from bot.domain.preview.rich_document import rich_markdown

        photos = {p.path: p.photo for p in week.pictures if p.photo is not None}
        others = [p.path for p in week.pictures if p.photo is None]
        document = None
        if self._has_rich_messages:
            document = rich_markdown(week.markdown, photos, others)
        if document is None:
            return False
        media = [
            {"id": name, "media": {"type": "photo", "media": file_id}}
            for name, file_id in document.media
        ]
        await self._turn(chat_id)
        rich = {"markdown": document.markdown, **({"media": media} if media else {})}
        try:
            sent: object = await self._messenger.call(
                lambda: self._messenger.bot.do_api_request(
                    "sendRichMessage",
                    api_kwargs={"chat_id": chat_id, "rich_message": json.dumps(rich)},
                    return_type=Message,
                    read_timeout=_PATIENCE_SECONDS,
                ),
                patience=self._patience(begun=begun),
            )
        except EndPointNotFound:
            self._has_rich_messages = False
            return False
        except BadRequest:
            # Refused as a whole, so nothing was shown yet.
            return False
        if isinstance(sent, Message):
            await self._remember(chat_id, MessageId(sent.message_id), week.week)
        return True

    async def _send_split(
        self, chat_id: ChatId, week: CompiledWeek, sent: set[str], *, begun: bool
    ) -> None:
        from bot.domain.preview import preview

        for text in preview(
            week.markdown,
            limit=MessageLimit.MAX_TEXT_LENGTH,
            most_spans=MessageLimit.MESSAGE_ENTITIES,
        ):
            await self._say(chat_id, week.week, Saying(text), begun=begun or bool(sent))
            sent.add(text.text)

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
                read_timeout=_PATIENCE_SECONDS,
                write_timeout=_PATIENCE_SECONDS,
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
                    _LOG.error("picture %s cannot be read: %s", picture.path, error)
                    continue
                yield NamedFile(picture.path, content)

    async def _turn(self, chat_id: ChatId) -> None:
        if self._pacer is not None:
            await self._pacer.turn(chat_id)

    def _patience(self, *, begun: bool = False) -> float:
        """What has been begun is finished, however long Telegram makes it wait."""
        return math.inf if begun or self._pacer is None else _LONGEST_WAIT

    async def _say(
        self, chat_id: ChatId, week: IsoWeek, saying: Saying, *, begun: bool = False
    ) -> None:
        await self._turn(chat_id)
        patience = self._patience(begun=begun)
        message_id = await self._messenger.say(chat_id, saying, patience=patience)
        await self._remember(chat_id, message_id, week)

    async def _remember(self, chat_id: ChatId, message_id: MessageId, week: IsoWeek) -> None:
        await self._memory.remember_week(MessageKey(chat_id, message_id), week)


@asynccontextmanager
async def _certainly() -> AsyncIterator[set[str]]:
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
