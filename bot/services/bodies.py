"""Messages that are no entries yet, as JSON: all that makes an entry of them later."""

from __future__ import annotations

import json
from dataclasses import asdict
from datetime import datetime

from bot.domain.entry import MessageKey
from bot.services.incoming import Incoming, IncomingFile
from bot.storage.instants import from_seconds, to_seconds
from bot.storage.rich_text import from_spans, spans_of


def to_body(incoming: Incoming) -> str:
    """The message as JSON, without its key and date; what it replied to is found by its key."""
    file, reply = incoming.file, incoming.reply_to
    return json.dumps(
        {
            "author_id": incoming.author_id,
            "author": incoming.author,
            "media_group": incoming.media_group,
            "text": [incoming.text.text, spans_of(incoming.text)],
            "origin": [incoming.origin.text, spans_of(incoming.origin)],
            "in_group": incoming.in_group,
            "is_forward": incoming.is_forward,
            "reply_to": None if reply is None else [reply.chat_id, reply.message_id],
            "reply_to_bot": incoming.reply_to_bot,
            "answered_at": _seconds(incoming.answered_at),
            "quote": incoming.quote,
            "unkept": incoming.unkept,
            "file": None if file is None else asdict(file),
        }
    )


def from_body(body: str, key: MessageKey, sent_at: datetime) -> Incoming:
    """The message that the JSON was made of."""
    read = json.loads(body)
    return Incoming(
        key=key,
        sent_at=sent_at,
        author_id=read.get("author_id", 0),
        author=read["author"],
        text=from_spans(*read["text"]),
        in_group=read["in_group"],
        file=None if read["file"] is None else IncomingFile(**read["file"]),
        media_group=read.get("media_group"),
        reply_to=None if read["reply_to"] is None else MessageKey(*read["reply_to"]),
        reply_to_bot=read.get("reply_to_bot", False),
        answered_at=_instant(read.get("answered_at")),
        quote=read["quote"],
        is_forward=read["is_forward"],
        origin=from_spans(*read["origin"]),
        unkept=read["unkept"],
    )


def _seconds(instant: datetime | None) -> int | None:
    return None if instant is None else to_seconds(instant)


def _instant(seconds: int | None) -> datetime | None:
    return None if seconds is None else from_seconds(seconds)
