"""Counts of items, for statistics."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from bot.domain.entry import JournalId
from bot.domain.week import IsoWeek
from bot.storage.database import Connection
from bot.storage.instants import from_seconds


@dataclass(frozen=True, slots=True)
class Count:
    """So many items of a section in a week; `sent_at` is when they came, None for imported ones."""

    week: IsoWeek
    section: str | None
    items: int
    sent_at: datetime | None = None


async def of_year(connection: Connection, journal_id: JournalId, year: int) -> list[Count]:
    """The items of the year's weeks, by entry."""
    rows = await connection.execute_fetchall(
        """
        SELECT nodes.week, nodes.section, count(*) AS items, entries.sent_at, entries.imported
        FROM nodes JOIN entries ON entries.id = nodes.entry_id
        WHERE nodes.journal_id = ? AND nodes.week BETWEEN ? AND ?
            AND nodes.part = 'item' AND NOT nodes.removed
        GROUP BY nodes.week, nodes.section, nodes.entry_id
        """,
        (journal_id, f"{year}-W01", f"{year}-W99"),
    )
    return [
        Count(
            IsoWeek.parse(row["week"]),
            row["section"],
            row["items"],
            None if row["imported"] else from_seconds(row["sent_at"]),
        )
        for row in rows
    ]


async def of_all(connection: Connection, journal_id: JournalId) -> list[Count]:
    """The items of all weeks, by week and section."""
    rows = await connection.execute_fetchall(
        "SELECT week, section, count(*) AS items FROM nodes"
        " WHERE journal_id = ? AND part = 'item' AND NOT removed GROUP BY week, section",
        (journal_id,),
    )
    return [Count(IsoWeek.parse(row["week"]), row["section"], row["items"]) for row in rows]


async def pictures_of_year(connection: Connection, journal_id: JournalId, year: int) -> int:
    """How many pictures the year's weeks have."""
    rows = await connection.execute_fetchall(
        "SELECT count(*) FROM nodes WHERE journal_id = ? AND week BETWEEN ? AND ?"
        " AND part = 'picture' AND NOT removed",
        (journal_id, f"{year}-W01", f"{year}-W99"),
    )
    [(many,)] = rows
    return int(many)
