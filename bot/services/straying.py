"""Untagged messages of groups that may belong to a tagged one, kept whole until it turns up."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import Any

from bot.domain.entry import MessageKey
from bot.services.commenting import ONE_GO
from bot.services.incoming import Incoming, IncomingFile
from bot.storage import strays
from bot.storage.database import Connection
from bot.storage.rich_text import from_spans, spans_of
from bot.storage.strays import Stray


async def keep_stray(connection: Connection, incoming: Incoming) -> None:
    """The message is there for the one that it may turn out to belong to.

    That is kept of a part of an album and of a forward; other messages are just talk.
    """
    if incoming.media_group is None and not incoming.is_forward:
        return
    group = incoming.media_group or ""
    body = json.dumps(_to_json(incoming))
    stray = Stray(incoming.key, group, incoming.author_id, incoming.sent_at, body)
    await strays.keep(connection, stray)


async def take_strays(
    connection: Connection, incoming: Incoming
) -> tuple[list[Incoming], list[Incoming]]:
    """What was kept and belongs to the message, in its order: before the message and after it.

    These are the other parts of its album, and forwards that were sent in one go with it.
    """
    if not incoming.in_group:
        # In a private chat every message is meant for the bot.
        return [], []
    taken: list[Stray] = []
    if incoming.media_group is not None:
        taken = await strays.take(connection, incoming.key.chat_id, incoming.media_group)
    elif not incoming.is_forward:
        until = incoming.sent_at + ONE_GO
        taken = await strays.take_after(connection, incoming.key, incoming.author_id, until)
    number = incoming.key.message_id
    earlier = [_from_json(stray) for stray in taken if stray.key.message_id < number]
    return earlier, [_from_json(stray) for stray in taken if stray.key.message_id > number]


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
        "file": None if file is None else asdict(file),
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
