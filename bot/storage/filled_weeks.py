"""The weeks of a journal that hold something."""

from __future__ import annotations

from bot.domain.entry import JournalId
from bot.domain.week import IsoWeek
from bot.storage.database import Connection


async def every(connection: Connection, journal_id: JournalId) -> list[IsoWeek]:
    """The weeks that hold something, newest first; also only lines of other weeks' messages."""
    rows = await connection.execute_fetchall(
        """
        WITH RECURSIVE outlined(week) AS (      -- from one week to the next by the index
            SELECT max(week) FROM nodes WHERE journal_id = ?1
            UNION ALL SELECT (
                SELECT max(nodes.week) FROM nodes
                WHERE journal_id = ?1 AND nodes.week < outlined.week
            ) FROM outlined WHERE week IS NOT NULL
        )
        SELECT week FROM entries WHERE journal_id = ?1 AND state <> 'removed'
        UNION SELECT week FROM outlined WHERE EXISTS (
            SELECT 1 FROM nodes
            WHERE journal_id = ?1 AND nodes.week = outlined.week AND NOT removed
        ) ORDER BY week DESC
        """,
        (journal_id,),
    )
    return [IsoWeek.parse(row["week"]) for row in rows]


_BESIDE = """
    SELECT * FROM (
        SELECT week FROM entries WHERE journal_id = ?1 AND week {than} ?2 AND state <> 'removed'
        ORDER BY week {way} LIMIT 1
    ) UNION ALL SELECT * FROM (
        SELECT week FROM nodes WHERE journal_id = ?1 AND week {than} ?2 AND NOT removed
        ORDER BY week {way} LIMIT 1
    )
"""


async def before(connection: Connection, journal_id: JournalId, week: IsoWeek) -> IsoWeek | None:
    """The last of them before that one; costs the same however many there are."""
    rows = await connection.execute_fetchall(
        _BESIDE.format(than="<", way="DESC"), (journal_id, str(week))
    )
    return max((IsoWeek.parse(row["week"]) for row in rows), default=None)


async def after(connection: Connection, journal_id: JournalId, week: IsoWeek) -> IsoWeek | None:
    """The first of them after that one; costs the same however many there are."""
    rows = await connection.execute_fetchall(
        _BESIDE.format(than=">", way="ASC"), (journal_id, str(week))
    )
    return min((IsoWeek.parse(row["week"]) for row in rows), default=None)
