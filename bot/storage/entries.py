"""Entries: the messages that were kept."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from sqlite3 import Row

from bot.domain.entry import (
    Account,
    ChatId,
    Entry,
    EntryId,
    JournalId,
    MessageId,
    MessageKey,
    State,
)
from bot.domain.text import NO_TEXT, RichText
from bot.domain.week import IsoWeek
from bot.storage.database import Connection, new_id
from bot.storage.instants import from_seconds, to_seconds
from bot.storage.rich_text import from_spans, spans_of, spans_to_json

# `ORDER BY +message_id` below: without the sign SQLite goes through all messages of the chat in
# that order rather than sort the few that are meant.

# A new reaction makes unknown what the message shows: an older one may be on its way, and be
# recorded late or, after a kill, never.
_REACTION = "reaction_shown = iif(reaction = ?, reaction_shown, NULL), reaction = ?"


@dataclass(frozen=True, slots=True)
class NewEntry:
    """A message about to be kept."""

    journal_id: JournalId
    key: MessageKey
    media_group: str | None
    author_id: int
    author: str
    sent_at: datetime
    text: RichText
    week: IsoWeek
    state: State
    reaction: str
    asks: bool
    is_forward: bool = False
    origin: RichText = NO_TEXT
    comment_id: EntryId | None = None
    tagged_by: MessageId | None = None


async def add(connection: Connection, new: NewEntry) -> EntryId:
    """The id of the entry that the message has become."""
    cursor = await connection.execute(
        """
        INSERT INTO entries (journal_id, chat_id, message_id, media_group, author_id, author,
            sent_at, text, spans, week, state, reaction, question, is_forward, origin, comment_id,
            tagged_by)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        """,
        (
            new.journal_id,
            new.key.chat_id,
            new.key.message_id,
            new.media_group,
            new.author_id,
            new.author,
            to_seconds(new.sent_at),
            new.text.text,
            spans_to_json(new.text),
            str(new.week),
            new.state,
            new.reaction,
            "wanted" if new.asks else "none",
            new.is_forward,
            json.dumps([new.origin.text, spans_of(new.origin)]),
            new.comment_id,
            new.tagged_by,
        ),
    )
    return EntryId(new_id(cursor))


async def add_import(
    connection: Connection, journal_id: JournalId, week: IsoWeek, now: datetime
) -> EntryId:
    """The id of a new entry that stands for an imported report; no message belongs to it."""
    cursor = await connection.execute(
        """
        INSERT INTO entries (journal_id, chat_id, message_id, author_id, author, sent_at, text,
            spans, week, state, reaction, reaction_shown, imported)
        SELECT ?, 0, 1 + coalesce(max(message_id), 0), 0, '', ?, '', '[]', ?, 'placed', '', '', 1
        FROM entries WHERE chat_id = 0
        """,
        (journal_id, to_seconds(now), str(week)),
    )
    return EntryId(new_id(cursor))


async def get(connection: Connection, entry_id: EntryId) -> Entry | None:
    """The entry with that id."""
    rows = await connection.execute_fetchall("SELECT * FROM entries WHERE id = ?", (entry_id,))
    return next(map(_entry, rows), None)


async def of_message(connection: Connection, key: MessageKey) -> Entry | None:
    """The entry that a message has become."""
    rows = await connection.execute_fetchall(
        "SELECT * FROM entries WHERE chat_id = ? AND message_id = ?", (key.chat_id, key.message_id)
    )
    return next(map(_entry, rows), None)


async def let_go(connection: Connection, entry: Entry) -> None:
    """The entry is no message's that there is any more; nothing more is to be shown at it."""
    await connection.execute(
        """
        UPDATE entries SET reaction_shown = reaction, question = 'none', message_id = (
            SELECT min(0, coalesce(min(message_id), 0)) - 1 FROM entries WHERE chat_id = ?
        ) WHERE id = ?
        """,
        (entry.key.chat_id, entry.id),
    )


async def before(connection: Connection, key: MessageKey, author_id: int) -> Entry | None:
    """The entry of the author's last message in the chat before that one."""
    rows = await connection.execute_fetchall(
        "SELECT * FROM entries WHERE chat_id = ? AND author_id = ? AND message_id < ?"
        " ORDER BY message_id DESC LIMIT 1",
        (key.chat_id, author_id, key.message_id),
    )
    return next(map(_entry, rows), None)


async def tagged_by(connection: Connection, tag: MessageKey) -> list[Entry]:
    """The forwards that came with a message that was nothing but a tag, in their order."""
    rows = await connection.execute_fetchall(
        "SELECT * FROM entries WHERE chat_id = ? AND tagged_by = ? ORDER BY +message_id",
        (tag.chat_id, tag.message_id),
    )
    return [_entry(row) for row in rows]


async def tags_of(connection: Connection, ids: Iterable[EntryId]) -> list[MessageKey]:
    """The messages of the tags that came with those entries, each once."""
    rows = await connection.execute_fetchall(
        """
        SELECT DISTINCT chat_id, tagged_by FROM entries
        WHERE tagged_by IS NOT NULL AND id IN (SELECT value FROM json_each(?))
        """,
        (json.dumps(list(ids)),),
    )
    return [MessageKey(ChatId(row["chat_id"]), MessageId(row["tagged_by"])) for row in rows]


async def set_comment(connection: Connection, entry_id: EntryId, comment: EntryId) -> None:
    """The forward came with that comment, which was only a tag before."""
    await connection.execute(
        "UPDATE entries SET comment_id = ?, tagged_by = NULL WHERE id = ?", (comment, entry_id)
    )


async def of_media_group(connection: Connection, chat_id: ChatId, group: str) -> list[Entry]:
    """The parts of an album that are here, in their order."""
    rows = await connection.execute_fetchall(
        "SELECT * FROM entries WHERE chat_id = ? AND media_group = ? ORDER BY +message_id",
        (chat_id, group),
    )
    return [_entry(row) for row in rows]


async def with_ids(connection: Connection, ids: Iterable[EntryId]) -> list[Entry]:
    """The entries with those ids, in the order of arrival."""
    rows = await connection.execute_fetchall(
        "SELECT * FROM entries WHERE id IN (SELECT value FROM json_each(?))"
        " ORDER BY sent_at, message_id",
        (json.dumps(list(ids)),),
    )
    return [_entry(row) for row in rows]


async def revise(connection: Connection, entry_id: EntryId, text: RichText, reaction: str) -> None:
    """The message has a new version, and shows that it was taken in."""
    await connection.execute(
        f"UPDATE entries SET text = ?, spans = ?, edits = edits + 1, {_REACTION} WHERE id = ?",  # noqa: S608 -- fixed
        (text.text, spans_to_json(text), reaction, reaction, entry_id),
    )


async def set_state(
    connection: Connection, entry_id: EntryId, state: State, week: IsoWeek, reaction: str
) -> None:
    """What has become of the entry, its week, and the reaction that its message is to show."""
    await connection.execute(
        f"UPDATE entries SET state = ?, week = ?, {_REACTION} WHERE id = ?",  # noqa: S608 -- fixed
        (state, str(week), reaction, reaction, entry_id),
    )


async def untagged(connection: Connection, journal_id: JournalId, week: IsoWeek) -> list[Entry]:
    """The entries of a week that wait to be filed, in the order of arrival."""
    rows = await connection.execute_fetchall(
        "SELECT * FROM entries WHERE journal_id = ? AND week = ? AND state = 'untagged'"
        " ORDER BY sent_at, message_id",
        (journal_id, str(week)),
    )
    return [_entry(row) for row in rows]


async def newest(connection: Connection) -> int:
    """The id of the newest entry of all; 0 where there is none."""
    rows = await connection.execute_fetchall("SELECT coalesce(max(id), 0) FROM entries")
    [(number,)] = rows
    return int(number)


async def late(
    connection: Connection, journal_id: JournalId, week: IsoWeek, after: int
) -> list[Entry]:
    """The entries of a week that are newer than that one and still there, in their order."""
    rows = await connection.execute_fetchall(
        "SELECT * FROM entries WHERE journal_id = ? AND week = ? AND id > ?"
        " AND state <> 'removed' AND NOT imported ORDER BY sent_at, message_id",
        (journal_id, str(week), after),
    )
    return [_entry(row) for row in rows]


async def account(connection: Connection, journal_id: JournalId, week: IsoWeek) -> Account:
    """The messages of a week, counted by what became of them.

    An album is one message, and so is a comment with its forward: placed where any part of it
    is, else untagged where any part is.
    """
    rows = await connection.execute_fetchall(
        """
        SELECT state, count(*) AS many FROM (
            SELECT CASE WHEN max(state = 'placed') THEN 'placed'
                WHEN max(state = 'untagged') THEN 'untagged' ELSE 'removed' END AS state
            FROM entries WHERE journal_id = ? AND week = ? AND NOT imported
            GROUP BY CASE WHEN comment_id IS NULL AND media_group IS NOT NULL
                THEN chat_id || ' ' || media_group ELSE coalesce(comment_id, id) END
        ) GROUP BY state
        """,
        (journal_id, str(week)),
    )
    return Account(**{row["state"]: row["many"] for row in rows})


def _entry(row: Row) -> Entry:
    origin, origin_spans = json.loads(row["origin"])
    comment = row["comment_id"]
    return Entry(
        id=EntryId(row["id"]),
        journal_id=JournalId(row["journal_id"]),
        key=key_of(row),
        media_group=row["media_group"],
        author_id=row["author_id"],
        author=row["author"],
        sent_at=from_seconds(row["sent_at"]),
        text=from_spans(row["text"], json.loads(row["spans"])),
        week=IsoWeek.parse(row["week"]),
        state=State(row["state"]),
        edits=row["edits"],
        reaction=row["reaction"],
        is_forward=bool(row["is_forward"]),
        origin=from_spans(origin, origin_spans),
        comment_id=None if comment is None else EntryId(comment),
        tagged_by=row["tagged_by"],
    )


def key_of(row: Row) -> MessageKey:
    """What names the message of a row that has its chat and its number."""
    return MessageKey(ChatId(row["chat_id"]), MessageId(row["message_id"]))
