"""People who may use the bot."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from bot.storage.database import Connection
from bot.storage.instants import from_seconds, to_seconds


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody by Telegram's user id."""

    id: int
    name: str
    is_owner: bool
    since: datetime


async def add_owner(connection: Connection, user_id: int, name: str, now: datetime) -> None:
    """The person owns the bot from now on."""
    await connection.execute(
        "INSERT INTO people VALUES (?, ?, 1, ?) ON CONFLICT (id) DO UPDATE SET owner = 1",
        (user_id, name, to_seconds(now)),
    )


async def add_member(connection: Connection, user_id: int, name: str, now: datetime) -> None:
    """The person may use the bot from now on; an owner stays one."""
    await connection.execute(
        "INSERT INTO people VALUES (?, ?, 0, ?)"
        " ON CONFLICT (id) DO UPDATE SET name = excluded.name",
        (user_id, name, to_seconds(now)),
    )


async def owners(connection: Connection) -> frozenset[int]:
    """The user ids of the owners."""
    rows = await connection.execute_fetchall("SELECT id FROM people WHERE owner")
    return frozenset(row["id"] for row in rows)


async def is_known(connection: Connection, user_id: int) -> bool:
    """Whether the person may use the bot."""
    rows = await connection.execute_fetchall("SELECT 1 FROM people WHERE id = ?", (user_id,))
    return any(rows)


async def every(connection: Connection) -> list[Person]:
    """All of them, owners first."""
    rows = await connection.execute_fetchall("SELECT * FROM people ORDER BY owner DESC, since, id")
    return [
        Person(row["id"], row["name"], bool(row["owner"]), from_seconds(row["since"]))
        for row in rows
    ]


async def remove(connection: Connection, user_id: int) -> bool:
    """Whether the person could use the bot until now."""
    cursor = await connection.execute("DELETE FROM people WHERE id = ?", (user_id,))
    return cursor.rowcount == 1
