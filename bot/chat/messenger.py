"""Sends to Telegram, and knows what may be sent again after a fault."""

from __future__ import annotations

import asyncio
import json
import logging
import math
from collections.abc import Awaitable, Callable, Sequence
from functools import lru_cache
from typing import TypeVar

from telegram import (
    Bot,
    ForceReply,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    LinkPreviewOptions,
    ReplyParameters,
)
from telegram.constants import ReactionType
from telegram.error import (
    BadRequest,
    ChatMigrated,
    Forbidden,
    NetworkError,
    RetryAfter,
    TelegramError,
)

from bot.chat.callbacks import pack
from bot.chat.entities import to_entities
from bot.chat.requesting import UnconnectedError
from bot.chat.views import Row, Saying
from bot.domain.entry import ChatId, MessageId, MessageKey

_LOG = logging.getLogger(__name__)
_TRIES = 4
NO_PREVIEW = LinkPreviewOptions(is_disabled=True)
_UNCHANGED = "not modified"
_Result = TypeVar("_Result")


class NetworkInTransactionError(RuntimeError):
    """A message was about to be sent while the database waits: a fault of the program."""


class Messenger:
    """The calls of the Bot API that the bot makes, with their faults handled."""

    def __init__(self, bot: Bot, in_transaction: Callable[[], bool]) -> None:
        self.bot = bot
        self._in_transaction = in_transaction

    async def react(self, key: MessageKey, emoji: str) -> bool:
        """Whether the message shows the reaction (none where empty); False where refused."""
        try:
            await self.call(
                lambda: self.bot.set_message_reaction(
                    key.chat_id, key.message_id, api_kwargs={"reaction": _reaction(emoji)}
                ),
                repeatable=True,
            )
        except BadRequest as error:
            _LOG.info("reaction refused in chat %d: %s", key.chat_id, error)
            return False
        return True

    async def say(
        self,
        chat_id: ChatId,
        saying: Saying,
        reply_to: MessageId | None = None,
        *,
        repeatable: bool = False,
        patience: float = math.inf,
        quietly: bool = False,
    ) -> MessageId:
        """The id of the message sent; `repeatable` where twice is better than not at all.

        One sent `quietly` makes no sound.
        """
        reply = None
        if reply_to is not None:
            # Sent all the same where the message has been deleted meanwhile.
            reply = ReplyParameters(reply_to, allow_sending_without_reply=True)
        message = await self.call(
            lambda: self.bot.send_message(
                chat_id,
                saying.text.text,
                entities=to_entities(saying.text),
                reply_markup=_markup(saying),
                reply_parameters=reply,
                disable_notification=quietly,
                link_preview_options=NO_PREVIEW,
            ),
            repeatable=repeatable,
            patience=patience,
        )
        return MessageId(message.message_id)

    async def edit_text(self, key: MessageKey, saying: Saying, patience: float = math.inf) -> None:
        """The bot's message says this now. Raises as `call` does."""
        await self.call(
            lambda: self.bot.edit_message_text(
                saying.text.text,
                key.chat_id,
                key.message_id,
                entities=to_entities(saying.text),
                reply_markup=keyboard(saying.rows),
                link_preview_options=NO_PREVIEW,
            ),
            repeatable=True,
            patience=patience,
        )

    async def edit(self, key: MessageKey, saying: Saying, *, in_doubt: bool = True) -> bool:
        """Whether the bot's message says this now; not where it is gone.

        After a fault it may or may not: then the answer is what is given as `in_doubt`.
        """
        try:
            await self.edit_text(key, saying)
        except BadRequest as error:
            # "not modified" is what was wanted; a message deleted by hand has nothing to show.
            _LOG.debug("edit in chat %d: %s", key.chat_id, error)
            return _UNCHANGED in str(error).lower()
        except TelegramError as error:
            _LOG.warning("a message in chat %d is out of date: %s", key.chat_id, error)
            return in_doubt
        return True

    async def sees_everything(self) -> bool:
        """Whether privacy mode is off now (getMe, can_read_all_group_messages)."""
        me = await self.call(self.bot.get_me, repeatable=True)
        return bool(me.can_read_all_group_messages)

    async def answer(self, callback_query_id: str, words: str = "") -> None:
        """The pressed button rests again, with a short notice where there are words."""
        try:
            await self.call(
                lambda: self.bot.answer_callback_query(callback_query_id, words or None),
                repeatable=True,
            )
        except TelegramError as error:
            # Telegram forgets a press after a while; what it did is done all the same.
            _LOG.debug("press not answered: %s", error)

    async def call(
        self,
        request: Callable[[], Awaitable[_Result]],
        *,
        repeatable: bool = False,
        patience: float = math.inf,
    ) -> _Result:
        """The result of a request, repeated where that cannot show anything twice.

        After 429 nothing was done and the request is repeated for sure; after a fault of the
        network or a server, or an answer that cannot be read, only what is `repeatable`. Raises
        telegram.error.TelegramError, and RetryAfter at once where Telegram wants to be left alone
        for more than `patience` seconds.
        """
        if self._in_transaction():
            raise NetworkInTransactionError("no network call inside a transaction")
        for tries in range(1, _TRIES):
            try:
                return await request()
            except RetryAfter as error:
                seconds = seconds_to_wait(error)
                if seconds > patience:
                    raise
                await asyncio.sleep(seconds)
            except BadRequest:
                raise
            except TelegramError as error:
                if not is_of_the_way(error):
                    raise
                if not repeatable and not is_certainly_unsent(error):
                    raise
                await asyncio.sleep(0.5 * 2**tries)
        return await request()


def seconds_to_wait(error: RetryAfter) -> float:
    """How long Telegram wants to be left alone (429), and half a second more."""
    wait = error.retry_after
    return (wait if isinstance(wait, int) else wait.total_seconds()) + 0.5


def is_certainly_unsent(error: TelegramError) -> bool:
    """Whether the request has certainly done nothing: refused, or never connected."""
    refused = isinstance(error, BadRequest | ChatMigrated | Forbidden | RetryAfter)
    return refused or isinstance(error.__cause__, UnconnectedError)


def is_of_the_way(error: TelegramError) -> bool:
    """Whether the fault lies between here and Telegram, so that the next try may succeed.

    The library has no class of its own for an answer that is no JSON: half of one, or a page.
    """
    return isinstance(error, NetworkError) or type(error) is TelegramError


@lru_cache(maxsize=32)
def _reaction(emoji: str) -> str | None:
    """The reaction as JSON, which the library would make anew for every message."""
    return json.dumps([{"type": ReactionType.EMOJI, "emoji": emoji}]) if emoji else None


def _markup(saying: Saying) -> InlineKeyboardMarkup | ForceReply | None:
    if not saying.placeholder:
        return keyboard(saying.rows)
    # In a group only for whom the message names or answers.
    return ForceReply(selective=True, input_field_placeholder=saying.placeholder)


def keyboard(rows: Sequence[Row]) -> InlineKeyboardMarkup | None:
    """The rows as Telegram takes them."""
    if not rows:
        return None
    return InlineKeyboardMarkup(
        [
            [InlineKeyboardButton(words, callback_data=pack(button)) for words, button in row]
            for row in rows
        ]
    )
