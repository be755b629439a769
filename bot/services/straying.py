"""Untagged messages of groups that may belong to a tagged one, kept whole until it turns up."""

from __future__ import annotations

from dataclasses import replace

from bot.services.bodies import from_body, to_body
from bot.services.commenting import ONE_GO
from bot.services.incoming import Incoming
from bot.storage import strays
from bot.storage.database import Connection
from bot.storage.strays import Stray


async def keep_stray(connection: Connection, incoming: Incoming) -> None:
    """The message is there for the one that it may turn out to belong to.

    That is kept of a part of an album and of a forward; other messages are just talk.
    """
    if incoming.media_group is None and not incoming.is_forward:
        return
    group = incoming.media_group or ""
    body = to_body(incoming)
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
    earlier = [_incoming(stray) for stray in taken if stray.key.message_id < number]
    return earlier, [_incoming(stray) for stray in taken if stray.key.message_id > number]


def _incoming(stray: Stray) -> Incoming:
    incoming = from_body(stray.body, stray.key, stray.sent_at)
    # Messages that were kept by an earlier version have these only beside the body.
    return replace(incoming, author_id=stray.author_id, media_group=stray.media_group or None)
