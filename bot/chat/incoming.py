"""Telegram's message to ours, as a whole."""

from __future__ import annotations

from telegram import MaybeInaccessibleMessage, Message
from telegram.constants import ChatType

from bot.chat.attachments import attached
from bot.chat.kinds import described, is_live_location, unkept
from bot.chat.origins import origin_of, title_of
from bot.chat.wording import formatted, name, whole
from bot.domain.entry import ChatId, MessageId, MessageKey
from bot.domain.grammar.cutting import joined
from bot.domain.text import RichText
from bot.services.incoming import Incoming

__all__ = ["is_live_location", "key_of", "to_incoming"]


def to_incoming(message: Message, language: str, *, edited: bool) -> Incoming:
    """The message as the use cases see it, with labels in that language, and what it answers.

    Source: https://core.telegram.org/bots/api#message
    """
    return _read(message, language, edited=edited, takes_answered=True)


def key_of(message: MaybeInaccessibleMessage) -> MessageKey:
    """What names the message."""
    return MessageKey(ChatId(message.chat.id), MessageId(message.message_id))


def _read(message: Message, language: str, *, edited: bool, takes_answered: bool) -> Incoming:
    file = attached(message, language)
    text = _text(message, language)
    reply = _reply_to(message)
    is_bots = _is_from_bot(reply)
    answered = None
    if takes_answered and reply is not None and not is_bots:
        answered = _read(reply, language, edited=False, takes_answered=False)
    return Incoming(
        key=key_of(message),
        sent_at=message.date,
        author_id=message.from_user.id if message.from_user is not None else 0,
        author=_author(message),
        text=text,
        in_group=message.chat.type != ChatType.PRIVATE,
        edited=edited,
        file=file,
        media_group=message.media_group_id,
        reply_to=None if reply is None else key_of(reply),
        reply_to_bot=is_bots,
        answered=answered,
        answered_at=None if reply is None else reply.date,
        quote=whole(message.quote.text) if message.quote is not None and reply is not None else "",
        is_forward=message.forward_origin is not None,
        origin=origin_of(message),
        unkept=unkept(message, has_file=file is not None, has_text=bool(text)),
    )


def _text(message: Message, language: str) -> RichText:
    """The text or caption, and below it what the message is where it is more than that."""
    if message.text is not None:
        return formatted(message.text, message.entities)
    caption = formatted(message.caption or "", message.caption_entities)
    return joined([part for part in (caption, described(message, language)) if part], "\n")


def _author(message: Message) -> str:
    """Who wrote the message; whoever writes as a chat is called as they signed, or as the chat."""
    if message.sender_chat is not None:
        return name(message.author_signature) or title_of(message.sender_chat)
    return name(message.from_user.full_name) if message.from_user is not None else ""


def _reply_to(message: Message) -> Message | None:
    """What the message replies to; in a forum every message replies to its topic's first."""
    reply = message.reply_to_message
    if reply is None or reply.forum_topic_created is not None:
        return None
    if message.is_topic_message and reply.message_id == message.message_thread_id:
        return None
    return reply


def _is_from_bot(reply: Message | None) -> bool:
    author = reply.from_user if reply is not None else None
    if reply is None or author is None or not author.is_bot:
        return False
    return author.id == reply.get_bot().id
