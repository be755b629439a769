"""The lines of a section, over all weeks."""

from __future__ import annotations

from bot.domain.entry import JournalId
from bot.storage.database import Connection


async def count(connection: Connection, journal_id: JournalId, section: str) -> int:
    """How many there are, pictures and removed ones included, for those can come back."""
    rows = await connection.execute_fetchall(
        "SELECT count(*) AS many FROM nodes WHERE journal_id = ? AND section = ?",
        (journal_id, section),
    )
    return next((int(row["many"]) for row in rows), 0)


async def adopt(connection: Connection, journal_id: JournalId, section: str, by: str) -> None:
    """What is in the section is in that other one, in weeks where that one holds nothing yet."""
    await connection.execute(
        """
        UPDATE nodes SET section = ?3 WHERE journal_id = ?1 AND section = ?2
            AND week NOT IN (SELECT week FROM nodes WHERE journal_id = ?1 AND section = ?3)
        """,
        (journal_id, section, by),
    )
