"""When the next page may be asked for its title, for a journal and of a host."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from bot.storage.database import Connection
from bot.storage.instants import from_seconds, to_seconds

TURNS: Final = (
    """
    CREATE TABLE link_turns (
        key TEXT PRIMARY KEY,
        next_at INTEGER NOT NULL            -- of those that come evenly, one after another
    ) STRICT, WITHOUT ROWID
    """,
)


@dataclass(frozen=True, slots=True)
class Pace:
    """So many at once, and then one in so many seconds; nobody waits longer than `longest`."""

    key: str
    at_once: int
    seconds: int
    longest: timedelta


async def take(connection: Connection, paces: Sequence[Pace], now: datetime) -> datetime | None:
    """The first turn that all the paces leave, which is taken; None: it is too far away."""
    start = to_seconds(now)
    turns: dict[str, int] = {}
    for pace in paces:
        rows = await connection.execute_fetchall(
            "SELECT next_at FROM link_turns WHERE key = ?", (pace.key,)
        )
        turns[pace.key] = rows[0]["next_at"] if rows else start
    earliest = {pace: turns[pace.key] - (pace.at_once - 1) * pace.seconds for pace in paces}
    if any(at - start > pace.longest.total_seconds() for pace, at in earliest.items()):
        return None
    at = max(start, *earliest.values())
    await connection.executemany(
        "INSERT INTO link_turns (key, next_at) VALUES (?, ?)"
        " ON CONFLICT (key) DO UPDATE SET next_at = excluded.next_at",
        # Each counts by itself: who waits for one pace holds nobody up who has the other.
        [(pace.key, max(turns[pace.key], start) + pace.seconds) for pace in paces],
    )
    return from_seconds(at)


async def forget_old(connection: Connection, now: datetime) -> None:
    """Whose turn would be long ago may ask as if for the first time."""
    await connection.execute("DELETE FROM link_turns WHERE next_at < ?", (to_seconds(now),))
