"""One Bot API call, and what most methods ask of it: the chat, the message, the reply."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

from bot.sandbox.errors import refused
from bot.sandbox.formatting import Formatted
from bot.sandbox.keyboards import inline_keyboard
from bot.sandbox.limits import CAPTION_UNITS
from bot.sandbox.params import Params, formatted
from bot.sandbox.units import index_at, offsets, units
from bot.sandbox.world import Chat, Json, Posted, World


@dataclass(frozen=True, slots=True)
class Call:
    """The world a method works on and the parameters it was called with."""

    world: World
    params: Params

    def chat(self, name: str = "chat_id") -> Chat:
        """The chat the call is about; ApiError (400, 403) where the bot cannot use it."""
        raw = self.params.values.get(name)
        if raw is None or raw == "":
            raise refused(f"{name} is empty")
        try:
            chat_id = int(raw)
        except (TypeError, ValueError):
            raise refused("chat not found") from None
        return self.world.bot_chat(chat_id)

    def message(self, chat: Chat, doing: str) -> Posted:
        """The message the call is about; `doing` ends the refusal: `message to edit not found`."""
        posted = chat.find(self.params.number("message_id"))
        if posted is None:
            raise refused(f"message to {doing} not found")
        return posted

    def keyboard(self) -> Json:
        """`{"reply_markup": …}` where the call gives an inline keyboard, else nothing."""
        markup = inline_keyboard(self.params.document("reply_markup"))
        return {"reply_markup": markup} if markup else {}

    def asks(self) -> Json | None:
        """What the call asks of the client instead of buttons: a reply, a keyboard, or none."""
        markup = self.params.document("reply_markup")
        return markup if isinstance(markup, dict) and "inline_keyboard" not in markup else None

    def caption(self) -> Json:
        """The caption and its entities as parts of a message."""
        return captioned(self.params.formatted("caption", "caption_entities"))

    def reply(self, chat: Chat) -> Json:
        """The message answered to, the quote and the topic as parts of a message.

        Raises ApiError (400) where the message is gone and the call does not allow for it.
        """
        given = Params(self._reply_wish())
        parts = self._topic(chat)
        message_id = given.number("message_id")
        if not message_id:
            return parts
        target = chat.find(message_id)
        if target is None or given.number("chat_id", chat.id) != chat.id:
            if given.flag("allow_sending_without_reply"):
                return parts
            raise refused("message to be replied not found")
        thread = target.message.get("message_thread_id")
        if thread is not None and not parts:
            parts = in_topic(thread)
        parts["reply_to_message"] = as_reply(target.message)
        if quote := given.text("quote"):
            text, entities = formatted(
                quote, given.text("quote_parse_mode"), lambda: given.document("quote_entities")
            )
            parts["quote"] = quoted(target.message, text, given.number("quote_position"))
            if parts["quote"] is None:
                raise refused("QUOTE_TEXT_INVALID")
            if entities:
                parts["quote"]["entities"] = entities
        return parts

    def _reply_wish(self) -> Json:
        """What the call says of a reply, in the present way or in the one before it."""
        given = self.params.document("reply_parameters")
        if given is None:
            old = self.params.values
            return {
                "message_id": old.get("reply_to_message_id"),
                "allow_sending_without_reply": old.get("allow_sending_without_reply"),
            }
        if not isinstance(given, dict):
            raise refused("can't parse reply parameters JSON object")
        return given

    def _topic(self, chat: Chat) -> Json:
        thread = self.params.number("message_thread_id")
        if not thread:
            return {}
        opening = chat.find(thread)
        if opening is None or "forum_topic_created" not in opening.message:
            raise refused("message thread not found")
        return in_topic(thread)


Method = Callable[[Call], Awaitable[Any]]


def captioned(caption: Formatted) -> Json:
    """A caption as parts of a message; ApiError (400) over the limit."""
    text, entities = caption
    if units(text) > CAPTION_UNITS:
        raise refused("message caption is too long")
    parts: Json = {"caption": text} if text else {}
    return parts | {"caption_entities": entities} if entities else parts


def as_reply(message: Json) -> Json:
    """A message as its answers show it: without the message it answers itself."""
    return {name: value for name, value in message.items() if name != "reply_to_message"}


def in_topic(thread: int) -> Json:
    """The parts of a message that put it into a forum topic."""
    return {"message_thread_id": thread, "is_topic_message": True}


def quoted(message: Json, quote: str, position: int = 0) -> Json | None:
    """The TextQuote of a part of a message, the place nearest after `position` (UTF-16)."""
    text = message.get("text") or message.get("caption") or ""
    places = offsets(text)
    start = text.find(quote, index_at(places, position) or 0)
    start = text.find(quote) if start < 0 else start
    if start < 0:
        return None
    return {"text": quote, "position": places[start], "is_manual": True}
