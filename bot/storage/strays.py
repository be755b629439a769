"""Untagged parts of albums and forwards in groups: no entries, unless they turn out to be meant."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from sqlite3 import Row

from bot.domain.entry import ChatId, MessageKey
from bot.storage.database import Connection
from bot.storage.entries import key_of
from bot.storage.instants import from_seconds, to_seconds
from bot.storage.intake import REMEMBERED


@dataclass(frozen=True, slots=True)
class Stray:
    """A message, of an album or (where that is empty) a forward; `body` is it as JSON."""

    key: MessageKey
    media_group: str
    author_id: int
    sent_at: datetime
    body: str


async def keep(connection: Connection, stray: Stray) -> None:
    """The part is kept for a while, in its last version."""
    await connection.execute(
        "INSERT OR REPLACE INTO strays VALUES (?, ?, ?, ?, ?, ?)",
        (
            stray.key.chat_id,
            stray.key.message_id,
            stray.media_group,
            stray.author_id,
            to_seconds(stray.sent_at),
            stray.body,
        ),
    )


async def take(connection: Connection, chat_id: ChatId, group: str) -> list[Stray]:
    """The parts of an album in their order; they are no strays any more."""
    rows = await connection.execute_fetchall(
        "DELETE FROM strays WHERE chat_id = ? AND media_group = ? RETURNING *", (chat_id, group)
    )
    return sorted(map(_stray, rows), key=lambda stray: stray.key.message_id)


async def take_after(
    connection: Connection, key: MessageKey, author_id: int, until: datetime
) -> list[Stray]:
    """What the author forwarded to the chat after that message and by then; no strays any more."""
    rows = await connection.execute_fetchall(
        """
        DELETE FROM strays WHERE chat_id = ? AND author_id = ? AND message_id > ? AND sent_at <= ?
            AND json_extract(body, '$.is_forward')
        RETURNING *
        """,
        (key.chat_id, author_id, key.message_id, to_seconds(until)),
    )
    return sorted(map(_stray, rows), key=lambda stray: stray.key.message_id)


async def forget_old(connection: Connection, now: datetime) -> None:
    """Strays that nobody has needed are not remembered."""
    await connection.execute(
        "DELETE FROM strays WHERE sent_at < ?", (to_seconds(now - REMEMBERED),)
    )


def _stray(row: Row) -> Stray:
    return Stray(
        key=key_of(row),
        media_group=row["media_group"],
        author_id=row["author_id"],
        sent_at=from_seconds(row["sent_at"]),
        body=row["body"],
    )
