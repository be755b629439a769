"""What was deleted in a week and can be put back: messages, and single lines of them."""

from __future__ import annotations

from dataclasses import dataclass

from bot.domain.entry import EntryId, JournalId, NodeId
from bot.domain.week import IsoWeek
from bot.storage.database import Connection

MOST = 50
"""How many are looked for."""


@dataclass(frozen=True, slots=True)
class Deleted:
    """A message, or a line where `node_id` is given, with what it said in Markdown."""

    entry_id: EntryId
    node_id: NodeId | None
    text: str
    label: str


async def of_week(connection: Connection, journal_id: JournalId, week: IsoWeek) -> list[Deleted]:
    """What was deleted by itself, the newest first; not what went along with something else."""
    rows = await connection.execute_fetchall(
        """
        SELECT nodes.entry_id, iif(nodes.removed = 3, nodes.id, NULL) AS node_id, nodes.text,
            coalesce(pictures.label, '') AS label
        FROM nodes JOIN entries ON entries.id = nodes.entry_id
        LEFT JOIN pictures ON pictures.id = nodes.picture_id
        WHERE nodes.journal_id = ?1 AND nodes.week = ?2 AND (
            nodes.removed = 3 AND nodes.removed_with = nodes.id
            OR nodes.removed = 2 AND nodes.removed_with = nodes.entry_id
                AND entries.state = 'removed' AND NOT entries.imported
        )
        GROUP BY nodes.entry_id, node_id HAVING nodes.line = min(nodes.line)
        ORDER BY entries.sent_at DESC, entries.message_id DESC, nodes.line LIMIT ?3
        """,
        (journal_id, str(week), MOST),
    )
    return [
        Deleted(
            EntryId(row["entry_id"]),
            None if row["node_id"] is None else NodeId(row["node_id"]),
            row["text"],
            row["label"],
        )
        for row in rows
    ]
