"""The schema, as numbered steps; each is done in one transaction together with its record."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from bot.storage.database import Database
from bot.storage.integrity import read_only
from bot.storage.schema import MIGRATIONS


@dataclass(frozen=True, slots=True)
class Migration:
    """One step: what it does, in words and in statements."""

    description: str
    statements: Sequence[str]


class NewerDatabaseError(Exception):
    """The database was written by a newer version of the program."""

    def __init__(self, found: int, known: int) -> None:
        super().__init__(
            f"weeknotes.db: has schema {found}, this version knows {known}: "
            "start the newer version again, or restore the backup made before the upgrade"
        )


def known_schema() -> int:
    """How many steps of the schema this version of the program knows."""
    return len(MIGRATIONS)


def schema_of(path: Path) -> int | None:
    """How many steps a database has been through: 0 for a new one, None for none of ours.

    Blocking. Raises sqlite3.Error where it is no database or cannot be read.
    """
    with closing(read_only(path)) as connection:
        tables = connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")
        names = {name for (name,) in tables}
        if not names:
            return 0
        if "migrations" not in names:
            return None
        [present] = connection.execute("SELECT coalesce(max(number), 0) FROM migrations").fetchone()
    # Many programs have a table of that name; ours stands alone only before the first step.
    is_ours = "journals" in names if present else names == {"migrations"}
    return int(present) if is_ours else None


async def migrate(database: Database, now: datetime) -> list[str]:
    """The descriptions of the steps that were still to do, done now.

    Raises NewerDatabaseError and changes nothing where the database is ahead of the program.
    """
    async with database.atomic() as connection:
        await connection.execute(
            "CREATE TABLE IF NOT EXISTS migrations"
            " (number INTEGER PRIMARY KEY, description TEXT NOT NULL, applied_at INTEGER NOT NULL)"
        )
    async with database.snapshot() as connection:
        rows = await connection.execute_fetchall("SELECT coalesce(max(number), 0) FROM migrations")
        [(present,)] = rows
    steps = [Migration(*step) for step in MIGRATIONS]
    if present > len(steps):
        raise NewerDatabaseError(present, len(steps))
    for number, step in enumerate(steps[present:], present + 1):
        async with database.atomic() as connection:
            for statement in step.statements:
                await connection.execute(statement)
            await connection.execute(
                "INSERT INTO migrations VALUES (?, ?, ?)",
                (number, step.description, int(now.timestamp())),
            )
    return [step.description for step in steps[present:]]
