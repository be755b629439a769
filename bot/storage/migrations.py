"""The schema, as numbered steps; each is done in one transaction together with its record."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.storage.database import Database
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
