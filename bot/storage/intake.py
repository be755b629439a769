"""Updates: which were handled, and those that nobody could handle."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.storage.database import Connection
from bot.storage.instants import to_seconds

# Telegram offers an update again for a day at most.
_REMEMBERED = timedelta(days=2)


@dataclass(frozen=True, slots=True)
class DeadLetter:
    """An update that could not be handled, kept whole; `body` is its JSON."""

    incident: str
    update_id: int | None
    received_at: datetime
    fault: str
    body: str


async def mark_handled(connection: Connection, update_id: int, now: datetime) -> bool:
    """Whether the update is new; it counts as handled from now on."""
    cursor = await connection.execute(
        "INSERT OR IGNORE INTO handled_updates VALUES (?, ?)", (update_id, to_seconds(now))
    )
    return cursor.rowcount == 1


async def forget_old(connection: Connection, now: datetime) -> None:
    """Updates that Telegram will not offer again are not remembered."""
    await connection.execute(
        "DELETE FROM handled_updates WHERE handled_at < ?", (to_seconds(now - _REMEMBERED),)
    )


async def bury(connection: Connection, letter: DeadLetter) -> None:
    """The update is kept whole for a later version to handle."""
    await connection.execute(
        "INSERT INTO dead_letters (incident, update_id, received_at, fault, body)"
        " VALUES (?, ?, ?, ?, ?)",
        (
            letter.incident,
            letter.update_id,
            to_seconds(letter.received_at),
            letter.fault,
            letter.body,
        ),
    )
