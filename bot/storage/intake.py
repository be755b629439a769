"""Updates: which were handled."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from bot.storage.database import Connection
from bot.storage.instants import to_seconds

REMEMBERED: Final = timedelta(days=2)
"""Telegram offers an update again for a day at most; what was not needed by then never will be."""


async def mark_handled(connection: Connection, update_id: int, now: datetime) -> bool:
    """Whether the update is new; it counts as handled from now on."""
    cursor = await connection.execute(
        "INSERT OR IGNORE INTO handled_updates VALUES (?, ?)", (update_id, to_seconds(now))
    )
    return cursor.rowcount == 1


async def unmark(connection: Connection, update_id: int) -> None:
    """Nothing is remembered of the update."""
    await connection.execute("DELETE FROM handled_updates WHERE update_id = ?", (update_id,))


async def forget_old(connection: Connection, now: datetime) -> None:
    """Updates that Telegram will not offer again are not remembered."""
    await connection.execute(
        "DELETE FROM handled_updates WHERE handled_at < ?", (to_seconds(now - REMEMBERED),)
    )
