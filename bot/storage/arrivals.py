"""How lines were at an earlier time, as far as something was done to them since."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Final

from bot.domain.entry import JournalId, NodeId
from bot.storage.changes import Value
from bot.storage.database import Connection
from bot.storage.instants import to_seconds

NEW: Final = ""
"""The name under which a line is told of that was not there at all."""

# A line that a file brought is new with the entry that stands for the file.
_SELECT = """
    SELECT cells.row, cells.name, cells.old
    FROM changes JOIN change_cells AS cells ON cells.change_id = changes.id
    JOIN nodes ON nodes.id = cells.row
    WHERE changes.journal_id = ? AND changes.made_at > ? AND cells.made_in = 'nodes'
        AND cells.name IN ('', 'week', 'section', 'part', 'removed')
        AND NOT (cells.name = '' AND EXISTS (
            SELECT 1 FROM change_cells AS of_entry
            JOIN entries ON entries.id = of_entry.row AND imported
            WHERE of_entry.row = nodes.entry_id AND of_entry.made_in = 'entries'
                AND of_entry.name = '' AND of_entry.change_id = cells.change_id
        ))
    ORDER BY cells.id
"""


async def before(
    connection: Connection, journal_id: JournalId, instant: datetime
) -> Mapping[NodeId, Mapping[str, Value]]:
    """Of each line that was put, moved or removed later than that: where it was before.

    What a file has brought is not told of as new: whoever sends it back has it before him.
    """
    found: dict[NodeId, dict[str, Value]] = {}
    rows = await connection.execute_fetchall(_SELECT, (journal_id, to_seconds(instant)))
    for row in rows:
        found.setdefault(NodeId(row["row"]), {}).setdefault(row["name"], row["old"])
    return found
