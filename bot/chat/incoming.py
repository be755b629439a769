"""Telegram's message to ours."""

from __future__ import annotations

import re

from telegram import Message
from telegram.constants import ChatType

from bot.chat.entities import rich_text
from bot.domain.entry import ChatId, MessageId, MessageKey
from bot.services.incoming import Incoming, IncomingPicture

_SUFFIXES = {
    "image/jpeg": ".jpg",
    "image/png": ".png",
    "image/webp": ".webp",
    "image/gif": ".gif",
    "image/heic": ".heic",
    "image/heif": ".heif",
    "image/avif": ".avif",
}

_SURROGATE = re.compile(r"[\ud800-\udfff]")

# An animation also carries a document, a venue also a location: the more telling kind first.
_UNKEPT = (
    "animation",
    "document",
    "voice",
    "audio",
    "video_note",
    "video",
    "sticker",
    "venue",
    "location",
    "contact",
    "poll",
)


def to_incoming(message: Message, *, edited: bool) -> Incoming:
    """The message as the use cases see it."""
    picture = _picture(message)
    text = _whole(message.text if message.text is not None else message.caption or "")
    entities = message.entities or message.caption_entities
    author = message.from_user
    reply = _reply_to(message)
    quote = message.quote.text if message.quote is not None and reply is not None else ""
    name = author.full_name if author is not None else ""
    return Incoming(
        key=key_of(message),
        sent_at=message.date,
        author_id=author.id if author is not None else 0,
        author=_whole(name),
        text=rich_text(text, entities),
        in_group=message.chat.type != ChatType.PRIVATE,
        edited=edited,
        picture=picture,
        media_group=message.media_group_id,
        reply_to=None if reply is None else key_of(reply),
        reply_to_bot=_is_from_bot(reply),
        quote=_whole(quote),
        unkept="" if picture is not None else _unkept(message),
    )


def _whole(text: str) -> str:
    """The text without halves of surrogate pairs, which nothing can store."""
    return _SURROGATE.sub("\ufffd", text)


def key_of(message: Message) -> MessageKey:
    """What names the message."""
    return MessageKey(ChatId(message.chat_id), MessageId(message.message_id))


def _reply_to(message: Message) -> Message | None:
    """What the message replies to; in a forum every message replies to its topic's first."""
    reply = message.reply_to_message
    if reply is None or reply.forum_topic_created is not None:
        return None
    if message.is_topic_message and reply.message_id == message.message_thread_id:
        return None
    return reply


def _is_from_bot(reply: Message | None) -> bool:
    if reply is None or reply.from_user is None:
        return False
    return reply.from_user.id == reply.get_bot().id


def _picture(message: Message) -> IncomingPicture | None:
    if message.photo:
        largest = message.photo[-1]
        return IncomingPicture(largest.file_id, ".jpg", is_photo=True, size=largest.file_size)
    document = message.document
    if document is None or message.animation is not None:
        return None
    suffix = _SUFFIXES.get((document.mime_type or "").lower())
    if suffix is None:
        return None
    return IncomingPicture(document.file_id, suffix, is_photo=False, size=document.file_size)


def _unkept(message: Message) -> str:
    for kind in _UNKEPT:
        if getattr(message, kind):
            return kind
    return "" if message.text is not None else "other"
