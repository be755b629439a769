"""Sections that stick: where a person's next messages without a tag go."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from bot.domain.entry import JournalId
from bot.storage.database import Connection
from bot.storage.instants import from_seconds, to_seconds


@dataclass(frozen=True, slots=True)
class Sticky:
    """Messages sent from `since` on and before `until` go into the section with that key."""

    section: str
    since: datetime
    until: datetime


async def stick(
    connection: Connection, journal_id: JournalId, author_id: int, sticky: Sticky
) -> None:
    """The person's next messages go there, whatever was set before."""
    await connection.execute(
        "INSERT OR REPLACE INTO sticky VALUES (?, ?, ?, ?, ?)",
        (
            journal_id,
            author_id,
            sticky.section,
            to_seconds(sticky.since),
            to_seconds(sticky.until),
        ),
    )


async def release(connection: Connection, journal_id: JournalId, author_id: int) -> None:
    """The person's next messages go where they say."""
    await connection.execute(
        "DELETE FROM sticky WHERE journal_id = ? AND author_id = ?", (journal_id, author_id)
    )


async def at(
    connection: Connection, journal_id: JournalId, author_id: int, instant: datetime
) -> Sticky | None:
    """What sticks for a message that the person sent at that instant."""
    rows = await connection.execute_fetchall(
        "SELECT * FROM sticky WHERE journal_id = ? AND author_id = ? AND since <= ? AND ? < until",
        (journal_id, author_id, to_seconds(instant), to_seconds(instant)),
    )
    for row in rows:
        return Sticky(row["section"], from_seconds(row["since"]), from_seconds(row["until"]))
    return None
