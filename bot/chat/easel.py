"""A week's report as messages: a rich message or formatted text, and the note below."""

from __future__ import annotations

import hashlib
import json
import math
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from enum import Enum, auto
from typing import Final

from telegram import Message
from telegram.constants import MessageLimit
from telegram.error import BadRequest, ChatMigrated, EndPointNotFound, TelegramError

from bot.chat.entities import to_entities
from bot.chat.messenger import NO_PREVIEW, Messenger, keyboard
from bot.chat.views import Saying
from bot.chat.week_views import week_note
from bot.domain.entry import ChatId, MessageId, MessageKey
from bot.services.reporting import CompiledWeek

# Telegram takes its time over large messages; who gives up early sends them twice.
PATIENCE_SECONDS: Final = 60.0

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


@dataclass(frozen=True, slots=True)
class Piece:
    """One message: a rich one as the Bot API takes it (JSON), or a saying."""

    saying: Saying | None = None
    rich: str = ""

    @property
    def fingerprint(self) -> str:
        """What is the same for pieces that look the same."""
        return hashlib.sha256(self._source.encode("utf-8", "surrogatepass")).hexdigest()[:32]

    @property
    def _source(self) -> str:
        if self.saying is None:
            return self.rich
        markup = keyboard(self.saying.rows)
        return f"{self.saying.text!r} {'' if markup is None else markup.to_json()}"


class Easel:
    """Makes pieces of a week, puts them into a chat, and changes them there."""

    def __init__(self, messenger: Messenger) -> None:
        self._messenger = messenger
        self._has_rich_messages = True

    def pieces(self, week: CompiledWeek, *, rich: bool = True) -> list[Piece]:
        """The report's messages in their order, the note last; rich only where wished."""
        note = Piece(week_note(week))
        whole = self._rich(week) if rich and self._has_rich_messages else None
        if whole is not None:
            return [whole, note]
        # Imported here, as below: the Markdown parser costs start and idle memory.
        from bot.domain.preview import preview

        texts = preview(
            week.markdown,
            limit=MessageLimit.MAX_TEXT_LENGTH,
            most_spans=MessageLimit.MESSAGE_ENTITIES,
        )
        return [*(Piece(Saying(text)) for text in texts), note]

    async def put(self, chat_id: ChatId, piece: Piece, *, patience: float = math.inf) -> MessageId:
        """The id of the new message. Raises RichRefusedError, and telegram.error.TelegramError."""
        if piece.saying is not None:
            return await self._messenger.say(chat_id, piece.saying, patience=patience)
        parameters = {"chat_id": chat_id, "rich_message": piece.rich}
        try:
            sent = await self._request("sendRichMessage", parameters, patience=patience)
        except BadRequest as error:
            # Refused as a whole, so nothing was shown yet.
            raise RichRefusedError(error.message) from error
        if not isinstance(sent, Message):
            raise TelegramError("sendRichMessage has not answered with a message")
        return MessageId(sent.message_id)

    async def change(self, key: MessageKey, piece: Piece) -> Outcome:
        """What came of it. Raises as `put` does where that is not known."""
        try:
            if piece.saying is not None:
                await self._say_instead(key, piece.saying)
            else:
                parameters = {
                    "chat_id": key.chat_id,
                    "message_id": key.message_id,
                    "rich_message": piece.rich,
                }
                await self._request("editMessageText", parameters, repeatable=True)
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

    async def _say_instead(self, key: MessageKey, saying: Saying) -> None:
        await self._messenger.call(
            lambda: self._messenger.bot.edit_message_text(
                saying.text.text,
                key.chat_id,
                key.message_id,
                entities=to_entities(saying.text),
                reply_markup=keyboard(saying.rows),
                link_preview_options=NO_PREVIEW,
            ),
            repeatable=True,
        )

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
        )
        try:
            return await self._messenger.call(request, repeatable=repeatable, patience=patience)
        except EndPointNotFound as error:
            self._has_rich_messages = False
            raise RichRefusedError(str(error)) from error

    def _rich(self, week: CompiledWeek) -> Piece | None:
        from bot.domain.preview.rich_document import rich_markdown

        photos = {p.path: p.photo for p in week.pictures if p.photo is not None}
        others = [p.path for p in week.pictures if p.photo is None]
        document = rich_markdown(week.markdown, photos, others)
        if document is None:
            return None
        media = [
            {"id": name, "media": {"type": "photo", "media": file_id}}
            for name, file_id in document.media
        ]
        rich = {"markdown": document.markdown, **({"media": media} if media else {})}
        return Piece(rich=json.dumps(rich))
