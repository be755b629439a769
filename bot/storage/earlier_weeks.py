"""What the same week held in earlier years."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass

from bot.domain.entry import JournalId
from bot.domain.week import IsoWeek
from bot.storage.database import Connection


@dataclass(frozen=True, slots=True)
class EarlierWeek:
    """How many items a week held, and the Markdown of the first one of each section, by its key."""

    week: IsoWeek
    items: int
    firsts: dict[str, str]


async def filled(
    connection: Connection, journal_id: JournalId, candidates: Sequence[IsoWeek], most: int
) -> list[EarlierWeek]:
    """The newest of the candidates that hold items, so many at the most."""
    rows = await connection.execute_fetchall(
        """
        SELECT week, count(*) AS items FROM nodes
        WHERE journal_id = ? AND week IN (SELECT value FROM json_each(?))
            AND part = 'item' AND section IS NOT NULL AND NOT removed
        GROUP BY week ORDER BY week DESC LIMIT ?
        """,
        (journal_id, json.dumps([str(week) for week in candidates]), most),
    )
    found = [(row["week"], row["items"]) for row in rows]
    firsts: dict[str, dict[str, str]] = {week: {} for week, _ in found}
    rows = await connection.execute_fetchall(
        """
        SELECT week, section, text FROM nodes
        WHERE journal_id = ? AND week IN (SELECT value FROM json_each(?)) AND parent_id IS NULL
            AND part = 'item' AND section IS NOT NULL AND NOT removed
        ORDER BY week, position, line, id
        """,
        (journal_id, json.dumps(list(firsts))),
    )
    for row in rows:
        firsts[row["week"]].setdefault(row["section"], row["text"])
    return [EarlierWeek(IsoWeek.parse(week), items, firsts[week]) for week, items in found]
