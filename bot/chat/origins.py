"""Where a forwarded message comes from.

Source: https://core.telegram.org/bots/api#messageorigin
"""

from __future__ import annotations

from telegram import (
    Chat,
    Message,
    MessageOriginChannel,
    MessageOriginChat,
    MessageOriginHiddenUser,
    MessageOriginUser,
)

from bot.chat.wording import linked, name
from bot.domain.text import RichText

_TELEGRAM = "https://t.me"


def origin_of(message: Message) -> RichText:
    """Who or what the message was forwarded from, as a link where Telegram has one.

    Empty where it was not forwarded, or came from its sender or from this bot.
    """
    match message.forward_origin:
        case MessageOriginUser(sender_user=user):
            is_own = message.from_user is not None and user.id == message.from_user.id
            is_bots = user.is_bot and user.id == message.get_bot().id
            return RichText() if is_own or is_bots else RichText(name(user.full_name))
        case MessageOriginHiddenUser(sender_user_name=hidden):
            # Whoever hides their account in forwards does so in their own ones as well.
            is_own = message.from_user is not None and hidden == message.from_user.full_name
            return RichText() if is_own else RichText(name(hidden))
        case MessageOriginChat(sender_chat=chat):
            is_own = message.sender_chat is not None and chat.id == message.sender_chat.id
            return RichText() if is_own else linked(title_of(chat), _address(chat))
        case MessageOriginChannel(chat=chat, message_id=number):
            return linked(title_of(chat), f"{_address(chat) or _private(chat)}/{number}")
    return RichText()


def story_address(chat: Chat, story_id: int) -> str:
    """The story's address; empty where the chat has no public name."""
    address = _address(chat)
    return f"{address}/s/{story_id}" if address else ""


def title_of(chat: Chat) -> str:
    """The chat's title, or its person's name, on one line."""
    return name(chat.effective_name) or name(chat.username)


def _address(chat: Chat) -> str:
    return f"{_TELEGRAM}/{chat.username}" if chat.username else ""


def _private(chat: Chat) -> str:
    """Where those who are in the channel find it; the Bot API puts -100 before its number."""
    return f"{_TELEGRAM}/c/{str(chat.id).removeprefix('-100')}"
