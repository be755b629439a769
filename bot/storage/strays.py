"""Messages that are no entries by themselves, kept for a while because another may need them.

A bare tag may belong to the forward that follows it, a part of an album in a group to the part
that carries the tag.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from sqlite3 import Row

from bot.domain.entry import ChatId, EntryId, MessageId, MessageKey
from bot.storage.database import Connection
from bot.storage.instants import from_seconds, to_seconds

# Telegram offers an update for a day; what was not needed by then never will be.
_REMEMBERED = timedelta(days=2)


@dataclass(frozen=True, slots=True)
class Stray:
    """A message; `body` is all of it as JSON, `entry_id` the entry that has needed it."""

    key: MessageKey
    author_id: int
    media_group: str | None
    sent_at: datetime
    body: str
    entry_id: EntryId | None = None


async def keep(connection: Connection, stray: Stray) -> None:
    """The message is kept, in its last version."""
    await connection.execute(
        """
        INSERT INTO strays VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT (chat_id, message_id)
        DO UPDATE SET body = excluded.body
        """,
        (
            stray.key.chat_id,
            stray.key.message_id,
            stray.author_id,
            stray.media_group,
            to_seconds(stray.sent_at),
            stray.body,
            stray.entry_id,
        ),
    )


async def get(connection: Connection, key: MessageKey) -> Stray | None:
    """The stray that the message is."""
    rows = await connection.execute_fetchall(
        "SELECT * FROM strays WHERE chat_id = ? AND message_id = ?", (key.chat_id, key.message_id)
    )
    return next(map(_stray, rows), None)


async def before(connection: Connection, key: MessageKey, author_id: int) -> Stray | None:
    """The author's last stray in the chat before that message."""
    rows = await connection.execute_fetchall(
        "SELECT * FROM strays WHERE chat_id = ? AND author_id = ? AND message_id < ?"
        " ORDER BY message_id DESC LIMIT 1",
        (key.chat_id, author_id, key.message_id),
    )
    return next(map(_stray, rows), None)


async def of_media_group(connection: Connection, chat_id: ChatId, group: str) -> list[Stray]:
    """The parts of an album that nobody has needed yet, in their order."""
    rows = await connection.execute_fetchall(
        "SELECT * FROM strays WHERE chat_id = ? AND media_group = ? AND entry_id IS NULL"
        " ORDER BY message_id",
        (chat_id, group),
    )
    return [_stray(row) for row in rows]


async def use(connection: Connection, key: MessageKey, entry_id: EntryId) -> None:
    """That entry has needed the stray."""
    await connection.execute(
        "UPDATE strays SET entry_id = ? WHERE chat_id = ? AND message_id = ?",
        (entry_id, key.chat_id, key.message_id),
    )


async def drop(connection: Connection, key: MessageKey) -> None:
    """The message is no stray any more."""
    await connection.execute(
        "DELETE FROM strays WHERE chat_id = ? AND message_id = ?", (key.chat_id, key.message_id)
    )


async def forget_old(connection: Connection, now: datetime) -> None:
    """Strays that nobody has needed are not remembered."""
    await connection.execute(
        "DELETE FROM strays WHERE sent_at < ? AND entry_id IS NULL",
        (to_seconds(now - _REMEMBERED),),
    )


def _stray(row: Row) -> Stray:
    entry_id = row["entry_id"]
    return Stray(
        key=MessageKey(ChatId(row["chat_id"]), MessageId(row["message_id"])),
        author_id=row["author_id"],
        media_group=row["media_group"],
        sent_at=from_seconds(row["sent_at"]),
        body=row["body"],
        entry_id=None if entry_id is None else EntryId(entry_id),
    )
