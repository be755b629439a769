"""Messages that may matter for the next one, kept whole though they are no entries."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

from bot.domain.entry import Entry, EntryId, MessageKey, State
from bot.services.incoming import Incoming, IncomingFile
from bot.storage import entries, strays
from bot.storage.database import Connection
from bot.storage.instants import from_seconds, to_seconds
from bot.storage.rich_text import from_spans, spans_of
from bot.storage.strays import Stray

# A client sends the comment and what it forwards in one go.
_ONE_GO = timedelta(seconds=1)

Comment = Entry | Stray
"""The message sent with a forward: an entry, or nothing but a tag."""


async def keep_stray(connection: Connection, incoming: Incoming) -> None:
    """The message is there for the next one that needs it."""
    stray = Stray(
        incoming.key,
        incoming.author_id,
        incoming.media_group,
        incoming.sent_at,
        json.dumps(_to_json(incoming)),
    )
    await strays.keep(connection, stray)


async def comment_on(connection: Connection, forward: Incoming) -> Comment | None:
    """The comment that was sent with the forward; it came right before it, from the same person.

    Several forwards can share one.
    """
    entry = await entries.before(connection, forward.key, forward.author_id)
    tag = await strays.before(connection, forward.key, forward.author_id)
    if tag is not None and (tag.media_group is not None or not _in_one_go(tag, forward)):
        tag = None
    if entry is None or not _in_one_go(entry, forward) or entry.state is State.REMOVED:
        return tag
    if entry.is_forward and entry.comment_id is not None:
        return await entries.get(connection, entry.comment_id)
    if tag is not None and (entry.is_forward or tag.key.message_id > entry.key.message_id):
        return tag
    return None if entry.is_forward else entry


def _in_one_go(comment: Comment, forward: Incoming) -> bool:
    return forward.sent_at - comment.sent_at <= _ONE_GO


def incoming_of(stray: Stray) -> Incoming:
    """The message that was kept."""
    return _from_json(stray, json.loads(stray.body))


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
        "sent_at": to_seconds(incoming.sent_at),
        "file": None
        if file is None
        else {name: getattr(file, name) for name in IncomingFile.__slots__},
    }


def _from_json(stray: Stray, body: dict[str, Any]) -> Incoming:
    return Incoming(
        key=stray.key,
        sent_at=from_seconds(body["sent_at"]),
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


async def entry_that_needed(connection: Connection, key: MessageKey) -> EntryId | None:
    """The entry that has needed the stray; None where nobody has, or it is none."""
    stray = await strays.get(connection, key)
    return None if stray is None else stray.entry_id
