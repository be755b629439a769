"""Reminders: when they are due, and which of the bot's messages are some."""

from __future__ import annotations

from datetime import datetime

from bot.domain.entry import JournalId, MessageKey
from bot.storage.database import Connection
from bot.storage.instants import from_seconds, to_seconds


async def due(connection: Connection, now: datetime) -> list[tuple[JournalId, datetime | None]]:
    """The journals whose next reminder is due, with when it was; None where that is not known."""
    rows = await connection.execute_fetchall(
        "SELECT id, next_reminder_at FROM journals WHERE remind_at IS NOT NULL"
        " AND shut_at IS NULL AND coalesce(next_reminder_at, 0) <= ? ORDER BY id",
        (to_seconds(now),),
    )
    return [(JournalId(row["id"]), _instant(row["next_reminder_at"])) for row in rows]


async def set_next(connection: Connection, journal_id: JournalId, at: datetime) -> None:
    """The journal's next reminder is due at that instant."""
    await connection.execute(
        "UPDATE journals SET next_reminder_at = ? WHERE id = ?", (to_seconds(at), journal_id)
    )


async def remember(connection: Connection, key: MessageKey) -> None:
    """That message of the bot's is a reminder."""
    await connection.execute(
        "INSERT OR IGNORE INTO reminders VALUES (?, ?)", (key.chat_id, key.message_id)
    )


async def is_one(connection: Connection, key: MessageKey) -> bool:
    """Whether that message of the bot's is a reminder."""
    rows = await connection.execute_fetchall(
        "SELECT 1 FROM reminders WHERE chat_id = ? AND message_id = ?",
        (key.chat_id, key.message_id),
    )
    return any(rows)


def _instant(seconds: int | None) -> datetime | None:
    return None if seconds is None else from_seconds(seconds)
