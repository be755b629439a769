"""What the database says of an installation, for who looks at it from outside and changes nothing.

It can be asked while the bot runs, and while another version of it does.
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from bot.domain.entry import JournalId
from bot.storage.database import Connection, Database
from bot.storage.instants import from_seconds
from bot.storage.integrity import read_only


@dataclass(frozen=True, slots=True)
class AwaitedFile:
    """A file that is not here; `retry_at` is None where it was given up."""

    name: str
    tries: int
    retry_at: datetime | None
    fault: str | None


@asynccontextmanager
async def looking_at(path: Path) -> AsyncIterator[Database]:
    """The database at the path, as one that cannot be written to. Raises sqlite3.Error."""
    connection = await Connection.open(lambda: read_only(path))
    try:
        yield Database(connection, connection, path)
    finally:
        await connection.close()


async def kept_files(connection: Connection) -> dict[str, list[str]]:
    """The names under which journals and imported weeks know each file, by its SHA-256."""
    rows = await connection.execute_fetchall(
        """
        SELECT sha256, name FROM pictures WHERE sha256 IS NOT NULL
        UNION ALL SELECT sha256, week || ' ' || path FROM attachments
        ORDER BY 2
        """
    )
    found: dict[str, list[str]] = {}
    for row in rows:
        found.setdefault(row["sha256"], []).append(row["name"])
    return found


async def awaited_files(connection: Connection) -> list[AwaitedFile]:
    """The files that are not here yet, or never will be."""
    rows = await connection.execute_fetchall(
        "SELECT name, tries, retry_at, fault FROM pictures WHERE sha256 IS NULL ORDER BY id"
    )
    return [
        AwaitedFile(row["name"], row["tries"], _instant(row["retry_at"]), row["fault"])
        for row in rows
    ]


async def due_instants(connection: Connection) -> dict[JournalId, datetime | None]:
    """When the next draft of each journal is due, or is to be tried again."""
    rows = await connection.execute_fetchall("SELECT id, next_due_at FROM journals ORDER BY id")
    return {JournalId(row["id"]): _instant(row["next_due_at"]) for row in rows}


def _instant(seconds: int | None) -> datetime | None:
    return None if seconds is None else from_seconds(seconds)
