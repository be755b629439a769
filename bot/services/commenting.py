"""The comment that a client sends right before what it forwards."""

from __future__ import annotations

from datetime import timedelta

from bot.domain.entry import Entry, State
from bot.services.incoming import Incoming
from bot.storage import bare_tags, entries
from bot.storage.bare_tags import BareTag
from bot.storage.database import Connection

# A client sends the comment and what it forwards in one go.
ONE_GO = timedelta(seconds=1)

Comment = Entry | BareTag


async def comment_on(connection: Connection, incoming: Incoming) -> Comment | None:
    """The comment that was sent with a forward: an entry, or nothing but a tag.

    It is the same person's message right before; several forwards can share one.
    """
    if not incoming.is_forward:
        return None
    entry = await entries.before(connection, incoming.key, incoming.author_id)
    tag = await bare_tags.before(connection, incoming.key, incoming.author_id)
    if tag is not None and not _in_one_go(tag, incoming):
        tag = None
    if entry is None or not _in_one_go(entry, incoming):
        return tag
    if entry.comment_id is not None:
        return _unless_removed(await entries.get(connection, entry.comment_id))
    comes_later = tag is not None and tag.key.message_id > entry.key.message_id
    if comes_later or entry.tagged_by is not None:
        return tag
    return None if entry.is_forward else _unless_removed(entry)


def _unless_removed(comment: Entry | None) -> Entry | None:
    return None if comment is None or comment.state is State.REMOVED else comment


def _in_one_go(comment: Comment, forward: Incoming) -> bool:
    return forward.sent_at - comment.sent_at <= ONE_GO
