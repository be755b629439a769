"""A week's report as messages: a rich message or formatted text, and the note below."""

from __future__ import annotations

import asyncio
import math
from collections.abc import Awaitable, Callable
from enum import Enum, auto
from typing import Final, TypeVar

from telegram import Message
from telegram.error import BadRequest, ChatMigrated, EndPointNotFound, TelegramError

from bot.chat.messenger import Messenger
from bot.chat.pieces import Medium, Piece, rich_pieces, split_pieces
from bot.chat.rich_photos import photo_ids
from bot.domain.entry import ChatId, MessageId, MessageKey
from bot.services.reporting import CompiledWeek
from bot.services.thumbnails import Thumbnails

# Telegram takes its time over large messages; who gives up early sends them twice.
PATIENCE_SECONDS: Final = 60.0

# A rich message holds fifty; what is sent along has to be waited for.
_MOST_SENT: Final = 10
_Result = TypeVar("_Result")

# A chat that Telegram closes for longer (429) is come back to: others are waiting.
BRIEFLY: Final = 5.0

# The server's words, by which alone these differ from other refusals.
_SAME: Final = "message is not modified"
_EMPTY: Final = "message text is empty"
_GONE: Final = (
    "message to edit not found",
    "message can't be edited",
    "message_id_invalid",
    "chat not found",
    "there is no text in the message",
)


class Outcome(Enum):
    """What came of a change: the message shows it, it did already, or there is no such message."""

    DONE = auto()
    SAME = auto()
    GONE = auto()


class RichRefusedError(Exception):
    """The server takes no such rich message."""


class Easel:
    """Makes pieces of a week, puts them into a chat, and changes them there."""

    def __init__(self, messenger: Messenger, thumbnails: Thumbnails) -> None:
        self._messenger = messenger
        self._thumbnails = thumbnails
        self._has_rich_messages = True
        # Pictures with which a message was refused are not sent along again.
        self._refused: set[str] = set()

    async def present(
        self, week: CompiledWeek, show: Callable[[list[Piece]], Awaitable[_Result]]
    ) -> _Result:
        """What `show` gives for the report's messages, the note last, as rich as the server takes.

        Raises what it raises, but for RichRefusedError.
        """
        if self._has_rich_messages:
            for sends_files in (True, False):
                photos, media = await self._media(week, sends_files=sends_files)
                pieces = await asyncio.to_thread(rich_pieces, week, photos, media)
                if pieces is None:
                    break
                try:
                    return await show(pieces)
                except RichRefusedError:
                    if not pieces[0].sends_files:
                        break
                    self._refused |= {m.key for m in pieces[0].media if m.jpeg}
        return await show(await asyncio.to_thread(split_pieces, week))

    async def _media(
        self, week: CompiledWeek, *, sends_files: bool
    ) -> tuple[dict[str, str], dict[str, Medium]]:
        """The key of each picture that can be shown by its path, and what shows it by its key."""
        photos: dict[str, str] = {}
        media: dict[str, Medium] = {}
        others = [p for p in week.pictures if p.photo is None and p.may_show and p.sha256]
        known = await self._thumbnails.known(p.sha256 for p in others if p.sha256)
        room = _MOST_SENT if sends_files else 0
        for picture in week.pictures:
            key = picture.photo or picture.sha256
            if key is None or not picture.may_show:
                continue
            file_id = picture.photo or known.get(key, "")
            jpeg = b""
            if not file_id and room and key not in self._refused:
                jpeg = await self._thumbnails.jpeg(key) or b""
                room -= bool(jpeg)
            if file_id or jpeg:
                photos[picture.path] = key
                media[key] = Medium("", key, file_id, jpeg)
        return photos, media

    async def put(self, chat_id: ChatId, piece: Piece, *, patience: float = math.inf) -> MessageId:
        """The id of the new message. Raises RichRefusedError, and telegram.error.TelegramError."""
        if piece.saying is not None:
            return await self._messenger.say(chat_id, piece.saying, patience=patience)
        parameters = {"chat_id": chat_id, **piece.parameters}
        try:
            sent = await self._request("sendRichMessage", parameters, patience=patience)
        except BadRequest as error:
            # Refused as a whole, so nothing was shown yet.
            raise RichRefusedError(error.message) from error
        if not isinstance(sent, Message):
            raise TelegramError("sendRichMessage has not answered with a message")
        await self._learn(piece, sent)
        return MessageId(sent.message_id)

    async def change(self, key: MessageKey, piece: Piece) -> Outcome:
        """What came of it. Raises as `put` does where that is not known."""
        try:
            if piece.saying is not None:
                await self._messenger.edit_text(key, piece.saying, BRIEFLY)
            else:
                parameters = {
                    "chat_id": key.chat_id,
                    "message_id": key.message_id,
                    **piece.parameters,
                }
                sent = await self._request(
                    "editMessageText", parameters, repeatable=True, patience=BRIEFLY
                )
                if isinstance(sent, Message):
                    await self._learn(piece, sent)
        except ChatMigrated:
            # Messages of a group are out of reach once it is a supergroup.
            return Outcome.GONE
        except BadRequest as error:
            said = error.message.lower()
            if _SAME in said:
                return Outcome.SAME
            if any(words in said for words in _GONE):
                return Outcome.GONE
            if piece.saying is None:
                # A server that knows no rich messages sees no text.
                self._has_rich_messages = _EMPTY not in said
                raise RichRefusedError(said) from error
            raise
        return Outcome.DONE

    async def take_away(self, key: MessageKey) -> bool:
        """Whether the message is gone; Telegram lets bots delete for two days only."""
        try:
            await self._messenger.call(
                lambda: self._messenger.bot.delete_message(key.chat_id, key.message_id),
                repeatable=True,
            )
        except BadRequest as error:
            return "not found" in error.message.lower()
        return True

    async def _request(
        self,
        method: str,
        parameters: dict[str, object],
        *,
        repeatable: bool = False,
        patience: float = math.inf,
    ) -> object:
        request: Callable[[], Awaitable[object]] = lambda: self._messenger.bot.do_api_request(  # noqa: E731 -- typed, for the library gives Any
            method,
            api_kwargs=parameters,
            return_type=Message,
            read_timeout=PATIENCE_SECONDS,
            write_timeout=PATIENCE_SECONDS,
        )
        try:
            return await self._messenger.call(request, repeatable=repeatable, patience=patience)
        except EndPointNotFound as error:
            self._has_rich_messages = False
            raise RichRefusedError(str(error)) from error

    async def _learn(self, piece: Piece, sent: Message) -> None:
        """The pictures that were sent along need not be so again."""
        names = photo_ids(sent.api_kwargs.get("rich_message"), [m.name for m in piece.media])
        new = {m.key: names[m.name] for m in piece.media if m.jpeg and m.name in names}
        if new:
            await self._thumbnails.learn(new)
