"""Untagged parts of albums in groups, kept whole until a tagged part turns up, or none does."""

from __future__ import annotations

import json
from typing import Any

from bot.domain.entry import MessageKey
from bot.services.incoming import Incoming, IncomingFile
from bot.storage import strays
from bot.storage.database import Connection
from bot.storage.rich_text import from_spans, spans_of
from bot.storage.strays import Stray


async def keep_stray(connection: Connection, incoming: Incoming) -> None:
    """The part is there for the one that carries the tag; other messages are just talk."""
    if incoming.media_group is not None:
        body = json.dumps(_to_json(incoming))
        stray = Stray(
            incoming.key, incoming.media_group, incoming.author_id, incoming.sent_at, body
        )
        await strays.keep(connection, stray)


async def take_strays(connection: Connection, incoming: Incoming) -> list[Incoming]:
    """The other parts of the message's album that were kept, in their order."""
    if incoming.media_group is None:
        return []
    taken = await strays.take(connection, incoming.key.chat_id, incoming.media_group)
    return [_from_json(stray) for stray in taken if stray.key != incoming.key]


def _to_json(incoming: Incoming) -> dict[str, Any]:
    """All that makes an entry of the message later; what it replied to is found by its key."""
    file, reply = incoming.file, incoming.reply_to
    return {
        "author": incoming.author,
        "text": [incoming.text.text, spans_of(incoming.text)],
        "origin": [incoming.origin.text, spans_of(incoming.origin)],
        "in_group": incoming.in_group,
        "is_forward": incoming.is_forward,
        "reply_to": None if reply is None else [reply.chat_id, reply.message_id],
        "quote": incoming.quote,
        "unkept": incoming.unkept,
        "file": None
        if file is None
        else {name: getattr(file, name) for name in IncomingFile.__slots__},
    }


def _from_json(stray: Stray) -> Incoming:
    body = json.loads(stray.body)
    return Incoming(
        key=stray.key,
        sent_at=stray.sent_at,
        author_id=stray.author_id,
        author=body["author"],
        text=from_spans(*body["text"]),
        in_group=body["in_group"],
        file=None if body["file"] is None else IncomingFile(**body["file"]),
        media_group=stray.media_group,
        reply_to=None if body["reply_to"] is None else MessageKey(*body["reply_to"]),
        quote=body["quote"],
        is_forward=body["is_forward"],
        origin=from_spans(*body["origin"]),
        unkept=body["unkept"],
    )
