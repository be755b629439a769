"""People who may use the bot."""

from __future__ import annotations

from datetime import datetime

from bot.storage.database import Connection
from bot.storage.instants import to_seconds


async def add_owner(connection: Connection, user_id: int, name: str, now: datetime) -> None:
    """The person owns the bot from now on."""
    await connection.execute(
        "INSERT INTO people VALUES (?, ?, 1, ?) ON CONFLICT (id) DO UPDATE SET owner = 1",
        (user_id, name, to_seconds(now)),
    )


async def owners(connection: Connection) -> frozenset[int]:
    """The user ids of the owners."""
    rows = await connection.execute_fetchall("SELECT id FROM people WHERE owner")
    return frozenset(row["id"] for row in rows)
