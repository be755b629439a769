"""The weeks of a journal that hold something, also only lines of other weeks' messages.

They are found along the indexes, from one to the next: what one costs does not depend on how many
there are.
"""

from __future__ import annotations

import json
from collections.abc import Iterable

from bot.domain.entry import JournalId
from bot.domain.week import IsoWeek
from bot.storage.database import Connection

# Each an empty string where there is none.
_LAST_BEFORE = """max(
    coalesce((SELECT max(week) FROM entries
        WHERE journal_id = ?1 AND week < {week} AND state <> 'removed'), ''),
    coalesce((SELECT max(week) FROM nodes
        WHERE journal_id = ?1 AND week < {week} AND NOT removed), '')
)"""
_BEHIND_ALL = "9999-W99"


def _descending(next_below: str) -> str:
    """The newest week before ?2, then that before each one's `next_below`, down to ?3."""
    return f"""
        WITH RECURSIVE filled(week) AS (
            SELECT {_LAST_BEFORE.format(week="?2")}
            UNION ALL
            SELECT {_LAST_BEFORE.format(week=next_below)} FROM filled WHERE week >= ?3
        )
        SELECT week FROM filled WHERE week >= ?3
    """  # noqa: S608 -- all of it is written in this module


async def every(connection: Connection, journal_id: JournalId) -> list[IsoWeek]:
    """All of them, newest first."""
    return await _found(connection, journal_id, _descending("filled.week"), _BEHIND_ALL, "0")


async def within(
    connection: Connection, journal_id: JournalId, first: IsoWeek, last: IsoWeek
) -> list[IsoWeek]:
    """Those from the first to the last of these weeks, newest first."""
    below = str(last.shifted(1))
    return await _found(connection, journal_id, _descending("filled.week"), below, str(first))


async def newest(connection: Connection, journal_id: JournalId, most: int) -> list[IsoWeek]:
    """The newest of them, so many at the most."""
    query = f"{_descending('filled.week')} LIMIT {most:d}"
    return await _found(connection, journal_id, query, _BEHIND_ALL, "0")


async def years(connection: Connection, journal_id: JournalId) -> list[int]:
    """The years that have some, newest first."""
    query = _descending("substr(filled.week, 1, 5) || 'W00'")
    return [week.year for week in await _found(connection, journal_id, query, _BEHIND_ALL, "0")]


async def among(
    connection: Connection, journal_id: JournalId, weeks: Iterable[IsoWeek]
) -> list[IsoWeek]:
    """Those of the given weeks that hold something, newest first."""
    rows = await connection.execute_fetchall(
        """
        SELECT value AS week FROM json_each(?2) WHERE
            EXISTS (SELECT 1 FROM entries
                WHERE journal_id = ?1 AND week = value AND state <> 'removed')
            OR EXISTS (SELECT 1 FROM nodes
                WHERE journal_id = ?1 AND week = value AND NOT removed)
        ORDER BY week DESC
        """,
        (journal_id, json.dumps([str(week) for week in weeks])),
    )
    return [IsoWeek.parse(row["week"]) for row in rows]


async def before(connection: Connection, journal_id: JournalId, week: IsoWeek) -> IsoWeek | None:
    """The last of them before that one."""
    query = f"{_descending('filled.week')} LIMIT 1"
    return next(iter(await _found(connection, journal_id, query, str(week), "0")), None)


async def after(connection: Connection, journal_id: JournalId, week: IsoWeek) -> IsoWeek | None:
    """The first of them after that one."""
    rows = await connection.execute_fetchall(
        """
        SELECT min(week) AS week FROM entries
            WHERE journal_id = ?1 AND week > ?2 AND state <> 'removed'
        UNION ALL SELECT min(week) FROM nodes
            WHERE journal_id = ?1 AND week > ?2 AND NOT removed
        """,
        (journal_id, str(week)),
    )
    return min((IsoWeek.parse(row["week"]) for row in rows if row["week"]), default=None)


async def _found(
    connection: Connection, journal_id: JournalId, query: str, below: str, first: str
) -> list[IsoWeek]:
    rows = await connection.execute_fetchall(query, (journal_id, below, first))
    return [IsoWeek.parse(row["week"]) for row in rows]
